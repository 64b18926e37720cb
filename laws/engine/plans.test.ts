import { runLaws } from '../run.ts';
import { planLaws } from './plans.ts';

runLaws(planLaws);
