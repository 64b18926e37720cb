import { runLaws } from '../run.ts';
import { simplifyLaws } from './simplify.ts';

runLaws(simplifyLaws);
