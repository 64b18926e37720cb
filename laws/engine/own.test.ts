import { runLaws } from '../run.ts';
import { ownLaws } from './own.ts';

runLaws(ownLaws);
