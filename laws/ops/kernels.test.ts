import { runLaws } from '../run.ts';
import { kernelLaws } from './kernels.ts';

runLaws(kernelLaws);
