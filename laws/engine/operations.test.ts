import { runLaws } from '../run.ts';
import { operationLaws } from './ops/operations.ts';

runLaws(operationLaws);
