import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { beginningLaws } from './beginnings.ts';
import { configLaws } from './config.ts';
import { contextLaws } from './contexts.ts';
import { descriptionLaws } from './descriptions.ts';
import { wordLaws } from './words.ts';

runLaws(lawSet('beginnings', beginningLaws));
runLaws(configLaws);
runLaws(lawSet('contexts', contextLaws));
runLaws(descriptionLaws);
runLaws(wordLaws);
