import { runLaws } from '../run.ts';
import { referenceLaws } from './reference.ts';

runLaws(referenceLaws);
