import { runLaws } from '../run.ts';
import { csvLaws } from './csv.ts';
import { tableLaws } from './tables.ts';

runLaws(csvLaws);
runLaws(tableLaws);
