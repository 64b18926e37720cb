/** Our trials: the laws of the pack, what they come to beside the same by hand, and what they refuse. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Trial } from '../../src/index.ts';
import { fromText } from '../../src/search/trial/checkpoint.ts';
import { all, code, type Law, type LawSet, law, lawSet, same } from '../law.ts';
import { samples, setupOf } from '../pack/trial/samples.ts';
import { type TrialSubject, trial } from '../pack/trial.ts';
import { got } from './search-mistakes.ts';
import { trialMistakes } from './trial-mistakes.ts';
import { slowly, trainOf } from './trial-setups.ts';
import { byHandLaws } from './trials-by-hand.ts';

/** Our trials, on the reference, which has nothing to compile. */
export const ours: TrialSubject = {
  make: (setup) => pipe(Trial.problem(setup), E.map(slowly)),
  learnt: (checkpoint) => got(fromText(checkpoint)).folds.map((state) => JSON.stringify(state)),
};

const particular: readonly Law[] = [
  law(
    'a trial on the engine',
    'has the bits of the reference',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const [slow, fast] = [trainOf(setup), trainOf(setup, Trial.train())].map((train) =>
        train(point, { budget: first }),
      );
      return same(code(slow), code(fast));
    },
    { runs: 8 },
  ),
  law(
    'fixed settings',
    'say the same as those of a point',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const entries = Object.entries(point);
      const settings = Object.fromEntries(entries.slice(0, 2));
      const one = got(trainOf(setup)(point, { budget: first }));
      const other = got(trainOf({ ...setup, settings })(Object.fromEntries(entries.slice(2)), { budget: first }));
      return all(
        same(one.value, other.value, 'value'),
        same(code(ours.learnt(one.state)), code(ours.learnt(other.state)), 'states'),
      );
    },
    { runs: 8 },
  ),
];

/** The laws of trials. */
export const trialLaws: LawSet = lawSet('our trials', [...particular, ...byHandLaws, ...trialMistakes], [trial(ours)]);
