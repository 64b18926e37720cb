/** What a state of training is: all that the rest of the run depends on, and nobody else's. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, holds, type Law, law, same, type Verdict } from '../../law.ts';
import { dtypesOf, type PackOptions, runsOf } from '../options.ts';
import type { Problem, Rule, Training } from './problem.ts';

const rates: Readonly<Record<Rule['kind'], Rule>> = {
  gradientDescent: { kind: 'gradientDescent', learningRate: 2 ** -6 },
  momentum: { kind: 'momentum', learningRate: 2 ** -7, momentum: 0.75 },
  adam: { kind: 'adam', learningRate: 2 ** -4, beta1: 0.75, beta2: 0.875, epsilon: 2 ** -20 },
};

const small = fc.integer({ min: -8, max: 8 }).map((n) => n / 8);
const matrix = (rows: number, columns: number): fc.Arbitrary<ReadonlyArray<readonly number[]>> =>
  fc.array(fc.array(small, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });

/** Any small problem. */
export const problems = <S>({ rules }: Training<S>, options: PackOptions): fc.Arbitrary<Problem> =>
  fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 2 })).chain(([rows, width]) =>
    fc.record({
      dtype: fc.constantFrom(...dtypesOf(options)),
      inputs: matrix(rows, 2),
      targets: fc.array(small, { minLength: rows, maxLength: rows }),
      weights: fc.tuple(matrix(2, width), matrix(width, 1)),
      batchSize: fc.integer({ min: 1, max: rows + 1 }),
      rule: fc.constantFrom(
        ...(rules ?? (['gradientDescent', 'momentum', 'adam'] as const)).map((kind) => rates[kind]),
      ),
      seed: fc.nat(2 ** 31 - 1),
    }),
  );

const bits = (expected: readonly number[], received: readonly number[], where: string): Verdict =>
  all(
    same(expected.length, received.length, `${where}: how many`),
    ...expected.map((w, i) => same(w, received[i], `${where}, weight ${i}`)),
  );

/** The state some epochs later. */
export const later = <S>({ epoch }: Training<S>, problem: Problem, epochs: number, state: S): S => {
  let at = state;
  for (let i = 0; i < epochs; i++) at = epoch(problem)(at);
  return at;
};

/** The laws of states. */
export const stateLaws = <S>(training: Training<S>, options: PackOptions): readonly Law[] => {
  const { start, epoch, weights, text, watched } = training;
  const drawn = problems(training, options);
  const runs = (own: number) => ({ runs: runsOf(options, own) });
  const show = named('problem', 'n', 'm');
  const after = (problem: Problem, epochs: number): S => later(training, problem, epochs, start(problem));
  const counts = fc.tuple(drawn, fc.nat(2), fc.nat(2));
  return [
    law(
      'a run can be had again',
      'two runs of one problem end alike, bit for bit, though another goes on between their epochs',
      fc.tuple(drawn, drawn),
      ([problem, other]) => {
        const alone = [1, 2, 3].map((n) => weights(after(problem, n)));
        let [one, another] = [start(problem), start(other)];
        return all(
          ...alone.map((expected, i) => {
            one = epoch(problem)(one);
            another = epoch(other)(another);
            return bits(expected, weights(one), `epoch ${i + 1}`);
          }),
        );
      },
      { ...runs(25), show: named('problem', 'other'), formula: 'fit(n)(start) = fit(n)(start)' },
    ),
    law(
      'a state is not written to',
      'training on from a state leaves it as it was: twice from one state ends twice alike',
      counts,
      ([problem, n, m]) => {
        const state = after(problem, n);
        const before = [...weights(state)];
        const first = weights(later(training, problem, m + 1, state));
        return all(
          bits(before, weights(state), 'the state after'),
          bits(first, weights(later(training, problem, m + 1, state)), 'the second time'),
        );
      },
      { ...runs(25), show, formula: 's after fit(n)(s) = s before' },
    ),
    ...(text === undefined
      ? []
      : [
          law(
            'n + m epochs are m after n',
            'also when the state between is written as text and read: nothing that the rest depends on is missing in it',
            counts,
            ([problem, n, m]) => {
              const { write, read } = text(problem);
              return bits(
                weights(after(problem, n + m)),
                weights(later(training, problem, m, read(write(after(problem, n))))),
                `${n} + ${m} epochs`,
              );
            },
            { ...runs(40), show, formula: 'fit(n + m) = fit(m) ∘ read ∘ write ∘ fit(n)' },
          ),
        ]),
    ...(watched === undefined
      ? []
      : [
          law(
            'a watched run is an unwatched run',
            'who watches is called, and changes nothing',
            counts,
            ([problem, n]) => {
              let calls = 0;
              const state = after(problem, n);
              const seen = watched(problem, () => {
                calls += 1;
              })(state);
              return all(
                bits(weights(epoch(problem)(state)), weights(seen), 'the end'),
                holds(calls > 0, 'at least one call', `${calls}`, 'the watcher'),
              );
            },
            { ...runs(30), show, formula: 'epoch(watch)(s) = epoch(s)' },
          ),
        ]),
  ];
};
