import { runLaws } from '../run.ts';
import { searchLaws } from './searches.ts';

runLaws(searchLaws);
