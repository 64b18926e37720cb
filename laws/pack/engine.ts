/** The laws of an engine. */
import * as fc from 'fast-check';
import { create, type Engine, reference } from '../../src/engine/engine.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import * as Train from '../../src/train/index.ts';
import { layers } from '../arbitrary/layers.ts';
import { sameText } from '../engine/training/runs.ts';
import { configOf, runs, showRun, startOf, told, withEngine } from '../engine/training/samples.ts';
import { all, code, type Law, type LawSet, law, lawSet, sameTensor, type Verdict } from '../law.ts';
import { casesOf } from '../layer/case.ts';
import { descent, descents, extremes, formulas, ofLayer, products, programs, type Task } from './engine/programs.ts';
import { agree, agreesOn, byReference, type Compiles, onPlans, type Tensors } from './engine/subject.ts';
import { dtypesOf, type PackOptions, packed, runsOf } from './options.ts';

export type { Compiles, Program, Tensors } from './engine/subject.ts';

const isEngine = (made: Compiles | Engine): made is Engine => 'prepare' in made;
const compilesOf = (made: Compiles | Engine): Compiles => (isEngine(made) ? onPlans(made) : made);

const BITS = 'engine(f)(x) = reference(f)(x), bit for bit';

/** Copies of inputs, to see afterwards whether they were written to. */
const copies = (inputs: Tensors): Tensors =>
  Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, { ...x, data: Float64Array.from(x.data) }]));
const unchanged = (before: Tensors, after: Tensors, where: string): Verdict =>
  all(
    ...Object.entries(before).map(([name, x]) => {
      const now = after[name];
      return now === undefined ? undefined : sameTensor(x, now, `${where}${name}`);
    }),
  );

/** The laws of single programs, each by a new engine. */
const single = (make: () => Compiles | Engine, options: PackOptions): readonly Law[] => {
  const bits = (name: string, statement: string, tasks: fc.Arbitrary<Task>, own: number): Law =>
    law(name, statement, tasks, ({ program, inputs }) => agreesOn(compilesOf(make()), program, inputs), {
      runs: runsOf(options, own),
      show: ({ shown }) => code(shown),
      formula: BITS,
    });
  return [
    bits('operations', 'a few operations of any kind give the reference’s bits', programs(options, 4), 80),
    bits('programs', 'so do many, one after another', programs(options, 20), 60),
    bits('products: every tile and edge', 'products of any size, with what follows them', products(options), 60),
    bits('formulas: every lane', 'any formula over any number of elements', formulas(options), 80),
    bits('formulas: min, max, −0 and NaN', 'the least and the greatest of every pair of corners', extremes(options), 6),
    bits(
      'layers and their gradients',
      'random networks forward and back, with their next state',
      fc
        .tuple(fc.constantFrom<Dtype>(...dtypesOf(options)), casesOf(layers))
        .map(([dtype, given]) => ofLayer(dtype, given)),
      40,
    ),
  ];
};

/** Two sets of inputs of one program: first at this many rows, then at that many. */
const batches = (options: PackOptions) =>
  fc
    .record({
      dtype: fc.constantFrom(...dtypesOf(options)),
      rows: fc.integer({ min: 2, max: 20 }),
      rest: fc.integer({ min: 1, max: 20 }),
      width: fc.integer({ min: 1, max: 9 }),
    })
    .chain(({ dtype, rows, rest, width }) =>
      fc.record({
        dtype: fc.constant(dtype),
        rows: fc.constant(rows),
        rest: fc.constant(rest),
        width: fc.constant(width),
        first: descents(dtype, rows, width),
        last: descents(dtype, rest, width),
      }),
    );

/** The laws of one engine that does several things. */
const several = (make: () => Compiles | Engine, options: PackOptions): readonly Law[] => [
  law(
    'a smaller batch after a larger one',
    'a batch of other rows, then the first again: what was kept of one is not used for the other',
    batches(options),
    ({ dtype, rows, rest, width, first, last }) => {
      const compiles = compilesOf(make());
      const [one, other] = [descent(dtype, rows, width), descent(dtype, rest, width)];
      return all(
        agreesOn(compiles, one, first, 'the first batch: '),
        agreesOn(compiles, other, last, 'the last batch: '),
        agreesOn(compiles, one, first, 'the first batch again: '),
      );
    },
    { runs: runsOf(options, 30), formula: BITS },
  ),
  law(
    'nothing is left behind by earlier runs',
    'what a program gives does not depend on those that ran before it, also when these met ∞ and NaN',
    fc.tuple(programs(options, 6), programs(options, 6)),
    ([one, other]) => {
      const compiles = compilesOf(make());
      const [first, second] = [one, other].map(({ program }) => compiles(program));
      const spoilt = Object.fromEntries(
        Object.entries(one.inputs).map(([name, x]) => [
          name,
          {
            ...x,
            data:
              x.dtype === 'f32' ? new Float32Array(x.data.length).fill(NaN) : new Float64Array(x.data.length).fill(NaN),
          },
        ]),
      );
      if (first === undefined || second === undefined) return undefined;
      first(spoilt);
      return all(
        agree(byReference(other.program)(other.inputs), second(other.inputs), 'the second: '),
        agree(byReference(one.program)(one.inputs), first(one.inputs), 'the first: '),
        agree(byReference(other.program)(other.inputs), second(other.inputs), 'the second again: '),
        agree(byReference(one.program)(one.inputs), first(one.inputs), 'the first again: '),
      );
    },
    { runs: runsOf(options, 60), show: ([one, other]) => code({ one: one.shown, other: other.shown }), formula: BITS },
  ),
  law(
    'results and inputs are left alone',
    'a run writes neither to its inputs nor to the results of an earlier one',
    batches(options),
    ({ dtype, rows, width, first, last }) => {
      const run = compilesOf(make())(descent(dtype, rows, width));
      const given = copies(first);
      const result = run(first);
      const kept = copies(result);
      const { weight = result.weight } = last;
      run(weight === undefined ? first : { ...first, weight });
      return all(unchanged(given, first, 'input '), unchanged(kept, result, 'result '));
    },
    { runs: runsOf(options, 30), formula: 'x after f(x) = x before, y after f(x′) = y before' },
  ),
  law(
    'a state goes round',
    'results that are the next inputs, for some steps; and from any step on, twice in the same engine and in a new one',
    fc
      .tuple(batches(options), fc.nat(3), fc.nat(3))
      .map(([{ dtype, rows, width, first }, n, m]) => ({ dtype, rows, width, first, n, m })),
    ({ dtype, rows, width, first, n, m }) => {
      const program = descent(dtype, rows, width);
      const after = (run: (inputs: Tensors) => Tensors, steps: number, from: Tensors): Tensors => {
        let at = from;
        for (let i = 0; i < steps; i++) at = { ...from, ...run(at) };
        return at;
      };
      const expected = after(byReference(program), n + m, first);
      const run = compilesOf(make())(program);
      const half = after(run, n, first);
      const ends = [run, run, compilesOf(make())(program)].map((goesOn) => after(goesOn, m, half));
      return all(...ends.map((end, i) => agree(expected, end, `after ${n} + ${m} steps, way ${i + 1}: `)));
    },
    {
      runs: runsOf(options, 30),
      formula: 'sⁿ⁺ᵐ = sᵐ ∘ sⁿ',
    },
  ),
];

const whole = (make: () => Engine, options: PackOptions): LawSet =>
  lawSet('training', [
    law(
      'a training run ends in the reference’s state',
      'any network, loss, rule, schedule and batches: the same state or the same failure',
      runs().filter(({ dtype }) => dtypesOf(options).includes(dtype)),
      (of) => {
        const config = configOf(of);
        const start = startOf(config, of);
        const end = (engine: Engine): string => told(Train.fit(withEngine(config, engine))(start));
        return sameText(end(reference), end(make()), 'the state as JSON');
      },
      { runs: runsOf(options, 15), show: showRun, formula: 'fit(engine)(s) = fit(reference)(s)' },
    ),
  ]);

/**
 * The laws of someone's own engine, held to the reference, which defines what every operation gives to the last bit:
 * random programs of the algebra, products at every edge of a tile, formulas in every lane, random networks forward and
 * back, batches that get smaller, what earlier runs leave in memory, and states that go round. An engine is a function that
 * makes one: of programs (`Compiles`), or of this project's plans (`Engine`), which is then also asked to train.
 *
 * @example
 * ```ts
 * import { Ops } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * // The slowest engine: it computes when it is asked.
 * const slow: laws.Compiles = ({ dtype, results }) => (inputs) => results(Ops.reference(dtype), inputs);
 * check(laws.engine(() => slow, { runs: 2 })).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const engine = (make: () => Compiles | Engine, options: PackOptions = {}): LawSet => {
  const first = make();
  const training = isEngine(first)
    ? [
        whole(() => {
          const made = make();
          return isEngine(made) ? made : create();
        }, options),
      ]
    : [];
  return packed('engine', options, [...single(make, options), ...several(make, options)], training);
};
