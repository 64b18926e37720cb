import { runLaws } from '../run.ts';
import { configLaws } from './config.ts';
import { descriptionLaws } from './descriptions.ts';
import { wordLaws } from './words.ts';

runLaws(configLaws);
runLaws(descriptionLaws);
runLaws(wordLaws);
