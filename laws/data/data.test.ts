import { runLaws } from '../run.ts';
import { csvLaws } from './csv.ts';
import { fileLaws } from './files.ts';
import { generatorLaws } from './generators.ts';
import { isingLaws } from './ising.ts';
import { tableLaws } from './tables.ts';

runLaws(csvLaws);
runLaws(fileLaws);
runLaws(tableLaws);
runLaws(generatorLaws);
runLaws(isingLaws);
