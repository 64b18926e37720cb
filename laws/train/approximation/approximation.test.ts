import { runLaws } from '../../run.ts';
import { constructionLaws } from './constructions.ts';

runLaws(constructionLaws);
