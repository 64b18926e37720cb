import { runLaws } from '../run.ts';
import { dataLaws } from './data.ts';

runLaws(dataLaws);
