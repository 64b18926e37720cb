/** The laws of trials: what a point says is trained on the folds of a setup up to a budget, and goes on from a checkpoint. */
import * as E from 'fp-ts/lib/Either.js';
import { Key, type Trial } from '../../src/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { all, code, type LawSet, law, same, type Verdict } from '../law.ts';
import { difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';
import { changed, samples, setupOf } from './trial/samples.ts';

/** Trains points on a setup. */
export interface TrialSubject {
  /** A value and a checkpoint of a point and a budget, from an earlier checkpoint where there is one. */
  readonly make: (
    setup: Trial.Setup,
  ) => E.Either<
    Failure,
    (point: Trial.Settings, trial: { readonly budget: number }, checkpoint?: string) => E.Either<Failure, Trial.Ended>
  >;
  /** What each fold has learnt, of a checkpoint, in any words that say all of it. */
  readonly learnt: (checkpoint: string) => readonly string[];
}

const got = <A>(either: E.Either<Failure, A>): A => {
  if (E.isLeft(either)) throw new Error(show(either.left));
  return either.right;
};

/** A checkpoint as data, where it is JSON, so that the first difference has a path. */
const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const sameText = (expected: string, received: string, where: string): Verdict =>
  expected === received
    ? undefined
    : (difference(read(expected), read(received), where) ?? same(expected, received, where));

const alike = (expected: E.Either<Failure, Trial.Ended>, received: E.Either<Failure, Trial.Ended>): Verdict =>
  E.isLeft(expected) || E.isLeft(received)
    ? same(code(expected), code(received), 'the trial')
    : all(
        same(expected.right.value, received.right.value, 'value'),
        sameText(expected.right.state, received.right.state, 'checkpoint'),
      );

/**
 * The laws of anybody's trials: training in parts is training at once, nothing is trained twice, a trial is a function of its
 * point and budget, and validation rows have no say in what is learnt.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * import * as E from 'fp-ts/lib/Either.js';
 * // Says how much it was trained, and forgets how much that was.
 * const forgetful = laws.trial({
 *   make: () => E.right((_, { budget }) => E.right({ value: 1 / budget, state: `${budget}` })),
 *   learnt: (checkpoint) => [checkpoint, checkpoint],
 * });
 * check(forgetful).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['goes on from the checkpoint']
 * ```
 */
export const trial = ({ make, learnt }: TrialSubject, options: PackOptions = {}): LawSet => {
  const on = (setup: Trial.Setup) => got(make(setup));
  const fold = (checkpoint: string, i: number): string => learnt(checkpoint)[i] ?? 'nothing';
  return packed('trial', options, [
    law(
      'training in parts',
      'goes on from its checkpoint as if it had never stopped: value and checkpoint are those of one training',
      samples,
      ({ kind, point, seed, first, more }) => {
        const train = on(setupOf(kind, seed));
        const half = got(train(point, { budget: first }));
        return alike(train(point, { budget: first + more }), train(point, { budget: first + more }, half.state));
      },
      { runs: runsOf(options, 25), formula: 'train(n + m) = train(n + m, train(n))' },
    ),
    law(
      'goes on from the checkpoint',
      'nothing is trained twice: from a checkpoint of another key it comes to what that key comes to',
      samples,
      ({ kind, point, seed, first, more }) => {
        const setup = setupOf(kind, seed);
        const [train, other] = [on(setup), on({ ...setup, key: Key.fromSeed(seed + 1) })];
        const [half, unlike] = [got(other(point, { budget: first })), got(train(point, { budget: first }))];
        const expected = other(point, { budget: first + more });
        return all(
          same(false, half.state === unlike.state, 'one key is as another'),
          alike(expected, train(point, { budget: first + more }, half.state)),
        );
      },
      { runs: runsOf(options, 10), formula: 'trainₖ(n + m, trainⱼ(n)) = trainⱼ(n + m)' },
    ),
    law(
      'a function of point and budget',
      'what was trained before, and in which order settings are named, says nothing',
      samples,
      ({ kind, point, seed, first, more }) => {
        const train = on(setupOf(kind, seed));
        const one = train(point, { budget: first });
        train(point, { budget: first + more });
        const again = got(train(Object.fromEntries(Object.entries(point).reverse()), { budget: first }));
        return all(
          same(got(one).value, again.value, 'value'),
          ...[0, 1].map((i) => sameText(fold(got(one).state, i), fold(again.state, i), `fold ${i}`)),
        );
      },
      { runs: runsOf(options, 10), formula: 'train(x, n) = train(x, n)' },
    ),
    law(
      'validation rows are not learnt from',
      'other numbers in the validation rows of a fold, outliers among them, leave what the fold has learnt as it was',
      samples,
      ({ kind, point, seed, first }) => {
        const setup = setupOf(kind, seed);
        const outliers = changed(setup.folds[1]?.validation ?? []);
        const other = {
          ...setup,
          inputs: outliers(setup.inputs),
          ...(kind === 'regression' ? { targets: outliers(setup.targets) } : {}),
        };
        const learns = (of: Trial.Setup): string => fold(got(on(of)(point, { budget: first })).state, 1);
        return sameText(learns(setup), learns(other), 'fold 1');
      },
      { runs: runsOf(options, 15), formula: 'θ = f(training rows)' },
    ),
  ]);
};
