import { runLaws } from '../run.ts';
import { cornerLaws } from './corners.ts';

runLaws(cornerLaws);
