import { runLaws } from '../run.ts';
import { expressionLaws } from './expression.ts';

runLaws(expressionLaws);
