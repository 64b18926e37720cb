import { runLaws } from '../run.ts';
import { networkLaws } from './network.ts';

runLaws(networkLaws);
