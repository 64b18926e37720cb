import { runLaws } from '../../run.ts';
import { metricLaws } from './metrics.ts';

runLaws(metricLaws);
