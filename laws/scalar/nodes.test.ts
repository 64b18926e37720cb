import { runLaws } from '../run.ts';
import { nodesLaws } from './nodes.ts';

runLaws(nodesLaws);
