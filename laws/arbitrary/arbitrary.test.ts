import { runLaws } from '../run.ts';
import { arbitraryLaws } from './laws.ts';

runLaws(arbitraryLaws);
