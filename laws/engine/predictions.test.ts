import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { predictionLaw } from './predictions.ts';

runLaws(lawSet('predictions', [predictionLaw]));
