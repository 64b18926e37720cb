import { runLaws } from '../run.ts';
import { fallbackLaws } from './fallbacks.ts';

runLaws(fallbackLaws);
