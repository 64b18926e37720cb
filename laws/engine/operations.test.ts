import { runLaws } from '../run.ts';
import { operationLaws } from './ops/operations.ts';
import { placeLaws } from './ops/places.ts';

runLaws(operationLaws);
runLaws(placeLaws);
