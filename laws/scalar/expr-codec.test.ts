import { runLaws } from '../run.ts';
import { exprCodecLaws } from './expr-codec.ts';

runLaws(exprCodecLaws);
