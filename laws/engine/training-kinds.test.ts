import { runLaws } from '../run.ts';
import { kindLaws } from './training/kinds.ts';

runLaws(kindLaws);
