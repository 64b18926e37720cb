import { runLaws } from '../../run.ts';
import { whereLaws } from './where.ts';

runLaws(whereLaws);
