import { runLaws } from '../run.ts';
import { defaultLaws } from './defaults.ts';

runLaws(defaultLaws);
