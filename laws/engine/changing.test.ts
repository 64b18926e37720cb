import { runLaws } from '../run.ts';
import { changingLaws } from './changing.ts';

runLaws(changingLaws);
