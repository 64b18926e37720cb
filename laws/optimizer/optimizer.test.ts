import { runLaws } from '../run.ts';
import { optimizerLaws } from './optimizer.ts';

runLaws(optimizerLaws);
