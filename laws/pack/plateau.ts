/** The laws that every schedule obeys which watches a metric, for anybody's. */
import * as fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import type { Numbers } from '../../src/optimizer/numbers.ts';
import type { Plateau } from '../../src/optimizer/schedule/schedule.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { all, code, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { decodes, filed } from './description.ts';
import { drawn } from './drawn.ts';
import { type PackOptions, packed, runsOf } from './options.ts';

export interface PlateauOptions extends Omit<PackOptions, 'dtypes' | 'tolerance'> {
  /** The rate after each observation, transcribed: the t-th is asked at step t, after t + 1 observations. To the bit. */
  readonly expected?: (metrics: readonly number[], description: Plateau['description']) => readonly number[];
  /** How many observations in a row without improvement are borne before one reduces the rate; of a plateau whose rate
   * cannot be reduced, nothing. */
  readonly patience?: number | ((description: Plateau['description']) => number | undefined);
  /** Reads a plateau from its description. */
  readonly decode?: (description: unknown) => E.Either<Failure, Plateau>;
}

interface Watched {
  readonly plateau: Plateau;
  readonly metrics: readonly number[];
}

/** Metrics that improve, stay, worsen, and are no numbers. */
const metric = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1, 0.99, 0.9, 0.89995, 0.5, 0.2, 0, -1, 3) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
);

const show = ({ plateau, metrics }: Watched): string => code({ plateau: plateau.description, metrics });

/** Its numbers after each of the metrics, those before any first. */
const course = ({ numbers, observe }: Plateau, metrics: readonly number[]): readonly Numbers[] => {
  let last = numbers;
  return [
    last,
    ...metrics.map((seen) => {
      last = observe(last, seen);
      return last;
    }),
  ];
};

const ratesOf = (plateau: Plateau, metrics: readonly number[]): readonly number[] =>
  course(plateau, metrics).map((numbers) => plateau.at(0, numbers));

/** Observing changes none of its numbers, says the same again, and goes on alike from a file. */
const pure = ({ plateau, metrics }: Watched): Verdict => {
  const { observe } = plateau;
  const known = course(plateau, metrics);
  return all(
    ...metrics.map((seen, t): Verdict => {
      const numbers = known[t] ?? plateau.numbers;
      const [before, first] = [code(numbers), code(observe(numbers, seen))];
      const read: Numbers = JSON.parse(JSON.stringify(numbers));
      return all(
        same(before, code(numbers), `the numbers before observation ${t + 1}`),
        same(code(known[t + 1]), first, `observation ${t + 1}, asked later`),
        same(first, code(observe(numbers, seen)), `observation ${t + 1}, again`),
        same(first, code(observe(read, seen)), `observation ${t + 1}, from JSON`),
      );
    }),
    ...known.map((numbers, t) =>
      holds(
        Object.values(numbers).every(Number.isFinite),
        'finite numbers',
        code(numbers),
        `the numbers after ${t} observations`,
      ),
    ),
  );
};

/** Each better than the last by half of it and by more than any threshold. */
const improving = Array.from({ length: 30 }, (_, t) => 2 ** (40 - t));

const UNTOLD: Verdict = { excluded: 'the options tell nothing of this plateau' };

const bears = (plateau: Plateau, patience: number): Verdict => {
  const rates = ratesOf(plateau, [1, ...Array.from({ length: patience + 1 }, () => 2)]);
  const first = rates[0] ?? Number.NaN;
  return all(
    ...rates.slice(0, -1).map((rate, t) => same(first, rate, `after ${t} observations`)),
    holds(
      (rates.at(-1) ?? first) < first,
      `less than ${first}`,
      code(rates.at(-1)),
      `after ${rates.length - 1} observations`,
    ),
  );
};

/**
 * The laws of a schedule that watches a metric, or of every one that an arbitrary draws: observing is a function of its
 * numbers, which are finite; no observation raises the rate, and none lowers it while the metric improves. Say how much
 * it bears, and with `expected` what rates it gives.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.plateau(Schedule.reduceOnPlateau({ initial: 1, patience: 3 }), { patience: 3 });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const plateau = (value: Plateau | fc.Arbitrary<Plateau>, options: PlateauOptions = {}): LawSet => {
  const runs = runsOf(options, 60);
  const plateaus = drawn(value);
  const watched = fc.record({ plateau: plateaus, metrics: fc.array(metric, { minLength: 1, maxLength: 30 }) });
  const showPlateau = ({ description }: Plateau): string => code(description);
  const { expected, patience, decode } = options;
  return packed('plateau', options, [
    law(
      'rates',
      'a rate is a finite number of at least 0, whatever was observed',
      watched,
      ({ plateau: of, metrics }) =>
        all(
          ...course(of, metrics).map((numbers, t) => {
            const rate = of.at(t, numbers);
            return holds(Number.isFinite(rate) && rate >= 0, 'a finite rate of at least 0', code(rate), `after ${t}`);
          }),
        ),
      { runs, show, formula: '0 ≤ η(t, s) < ∞' },
    ),
    law(
      'a function of its numbers',
      'observing changes nothing that it is given, says the same when it is asked again, and goes on alike from a file',
      watched,
      pure,
      { runs, show, formula: 'observe(JSON(s), m) = observe(s, m)' },
    ),
    law(
      'never rises',
      'at one step, no observation raises the rate',
      watched,
      ({ plateau: of, metrics }) => {
        const rates = ratesOf(of, metrics);
        return all(
          ...rates
            .slice(1)
            .map((rate, t) =>
              holds(rate <= (rates[t] ?? 0), `at most ${rates[t]}`, code(rate), `observation ${t + 1}`),
            ),
        );
      },
      { runs, show, formula: 'η(t, observe(s, m)) ≤ η(t, s)' },
    ),
    law(
      'stays while it improves',
      'as long as each metric is half of the last, and that by much, the rate is what it was',
      plateaus,
      (of) => all(...ratesOf(of, improving).map((rate, t) => same(of.at(0, of.numbers), rate, `after ${t}`))),
      { runs, show: showPlateau, formula: 'mₜ = mₜ₋₁ ÷ 2 ⇒ η = η₀' },
    ),
    ...(patience === undefined
      ? []
      : [
          law(
            'patience',
            'so many observations without improvement are borne, and the next reduces the rate',
            plateaus,
            (of) => {
              const borne = typeof patience === 'number' ? patience : patience(of.description);
              return borne === undefined ? UNTOLD : bears(of, borne);
            },
            { runs, show: showPlateau, formula: 'η(1, 2, …, 2) < η₀ after patience + 1 of them, not before' },
          ),
        ]),
    ...(expected === undefined
      ? []
      : [
          law(
            'formula',
            'the rate after each observation is what the transcription says, to the bit',
            watched,
            ({ plateau: of, metrics }) => {
              const rates = expected(metrics, of.description);
              const [, ...known] = course(of, metrics);
              return all(...known.map((numbers, t) => same(rates[t], of.at(t, numbers), `observation ${t + 1}`)));
            },
            { runs, show, formula: 'η(t, sₜ) = expected(m₁, …, mₜ)' },
          ),
        ]),
    law(
      'description',
      'the description is JSON; decoded, it is the same plateau, and an unknown field is refused',
      watched,
      ({ plateau: of, metrics }) =>
        filed(of) ??
        (decode === undefined
          ? undefined
          : decodes('a plateau', of.description, decode, of, (again) => ({
              described: again,
              verdicts: [same(code(ratesOf(of, metrics)), code(ratesOf(again, metrics)), 'the rates, decoded')],
            }))),
      { runs, show, formula: 'decode(JSON(description)) = plateau' },
    ),
  ]);
};
