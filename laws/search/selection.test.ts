import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { coverageLaws } from './coverage.ts';
import { errorLaws } from './errors.ts';
import { foldsByThePack } from './foldings.ts';
import { foldLaws } from './folds.ts';
import { intervalLaws } from './intervals.ts';
import { foldMistakes } from './mistakes.ts';

runLaws(
  lawSet('model selection', [], [foldLaws, errorLaws, intervalLaws, coverageLaws, foldMistakes, ...foldsByThePack]),
);
