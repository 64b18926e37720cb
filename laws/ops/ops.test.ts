import { runLaws } from '../run.ts';
import { opsLaws } from './ops.ts';

runLaws(opsLaws);
