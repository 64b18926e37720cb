import { runLaws } from '../run.ts';
import { bernoulliLaws } from './bernoulli.ts';

runLaws(bernoulliLaws);
