import { runLaws } from '../run.ts';
import { operationLaws } from './ops/operations.ts';
import { placeLaws } from './ops/places.ts';
import { replacingLaws } from './ops/replacing.ts';

runLaws(operationLaws);
runLaws(placeLaws);
runLaws(replacingLaws);
