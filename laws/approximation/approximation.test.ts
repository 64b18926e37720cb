import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { constructiveLaws } from './constructive.ts';

runLaws(lawSet('universal approximation', [], [constructiveLaws]));
