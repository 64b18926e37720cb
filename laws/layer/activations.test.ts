import { runLaws } from '../run.ts';
import { activationLaws } from './activations.ts';

runLaws(activationLaws);
