/** Laws of a layer's meaning, where it cannot be told from its type: against a transcription in plain numbers. */
import type * as fc from 'fast-check';
import type { Description } from '../../../src/layer/layer.ts';
import { type Dtype, unitRoundoff } from '../../../src/scalar/dtype.ts';
import * as Key from '../../../src/tensor/key.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import { generate, type Tensor, toRows } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Of, showPath, type Tree } from '../../../src/tensor/tree.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, type Law, law, placeOf, same, type Verdict } from '../../law.ts';
import { type Bench, type LayerCase, onBench, runOf } from '../../layer/case.ts';
import { type Bounded, U32 } from '../../layer/error-expr.ts';
import type { WithError } from '../../layer/error-ops.ts';
import { bounded, boundsOf, VAGUE, vacuous } from './formats.ts';
import { runIn } from './forward.ts';
import { showSample } from './sample.ts';

/** A run of a layer as plain numbers: every array row-major, every leaf of a record under its path. */
export interface PlainRun {
  /** The shape of an example, and of what comes of it. */
  readonly input: Shape;
  readonly output: Shape;
  /** The layer as JSON: its kind and hyperparameters. */
  readonly description: Description;
  readonly params: Readonly<Record<string, readonly number[]>>;
  readonly state: Readonly<Record<string, readonly number[]>>;
  /** The examples, each as its numbers. */
  readonly x: ReadonlyArray<readonly number[]>;
  readonly training: boolean;
}

/** What a run gives, as plain numbers; what is left out is not compared. */
export interface PlainResult {
  readonly y?: ReadonlyArray<readonly number[]>;
  /** The next state. */
  readonly state?: Readonly<Record<string, readonly number[]>>;
}

/** What a layer computes, transcribed from its source in plain numbers. */
export type LayerFormula = (run: PlainRun) => PlainResult;

const numbers = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(entries<F, Tensor>(tree, of).map(([path, { data }]) => [showPath(path), Array.from(data)]));

/**
 * How far a result may be from the transcription. In f32 by what running error analysis says of every rounding; in f64
 * by as much for its roundoff, 2⁻²⁹ times smaller. The transcription may take its steps in another order and call other
 * elementary functions: that is given 64 times what f64 is, and 16 roundings of the result itself.
 */
export const allowed = (dtype: Dtype, { v, e }: Bounded): number => {
  const double = (e / U32) * unitRoundoff('f64');
  return (dtype === 'f32' ? e : double) + 64 * double + 16 * unitRoundoff('f64') * Math.abs(v);
};

const near = (
  dtype: Dtype,
  scale: number,
  expected: readonly number[],
  found: Tensor,
  bound: WithError,
  where: string,
): Verdict => {
  const wrong = Array.from(found.data).findIndex((received, i) => {
    const value = expected[i] ?? NaN;
    const e = bound.error.data[i] ?? NaN;
    // A bound that is NaN is none: an infinite one times 0.
    return !(Number.isNaN(e) || Math.abs(received - value) <= scale * allowed(dtype, { v: value, e }));
  });
  return expected.length !== found.data.length
    ? same(expected.length, found.data.length, `${where}: how many numbers`)
    : wrong < 0
      ? undefined
      : {
          expected: code(expected[wrong]),
          received: code(found.data[wrong]),
          where: `${where}${positionOf(found.shape, wrong)} in ${dtype}`,
          tolerance: `${scale * allowed(dtype, { v: expected[wrong] ?? NaN, e: bound.error.data[wrong] ?? NaN })}, by running error analysis`,
        };
};

const plain = <P extends Form, S extends Form>({ layer, params, state, x, training }: Bench<P, S>): PlainRun => ({
  input: layer.input,
  output: layer.output,
  description: layer.description,
  params: numbers(layer.parameters.tree, params),
  state: numbers(layer.state.tree, state),
  x: toRows(x),
  training,
});

const isSilent = ({ y, state }: PlainResult): boolean => y === undefined && state === undefined;

const transcribed =
  (formula: LayerFormula, dtypes: readonly Dtype[], scale: number) =>
  <P extends Form, S extends Form>(given: Bench<P, S>): Verdict => {
    // What is random in training may have a formula at inference alone.
    const bench = isSilent(formula(plain(given))) ? { ...given, training: !given.training } : given;
    const { layer } = bench;
    const expected = formula(plain(bench));
    if (isSilent(expected)) return { excluded: 'the transcription says nothing of this case' };
    const run = bounded(bench);
    const bounds = boundsOf<S>(layer.state.tree, run.state);
    if (vacuous([run.y, ...bounds])) return VAGUE;
    return all(
      ...dtypes.flatMap((dtype) => {
        const found = runIn(dtype, bench);
        const leaves = entries<S, Tensor>(layer.state.tree, found.state);
        return [
          ...(expected.y === undefined ? [] : [near(dtype, scale, expected.y.flat(), found.y, run.y, 'y')]),
          ...leaves.flatMap(([path, leaf], i) => {
            const [told, bound] = [expected.state?.[showPath(path)], bounds[i]];
            return told === undefined || bound === undefined
              ? []
              : [near(dtype, scale, told, leaf, bound, placeOf('state', path))];
          }),
        ];
      }),
    );
  };

/** How many draws a mean is taken of. */
const DRAWS = 8192;

/**
 * The mean of n draws within a range strays from its expectation by more than range·√(ln(2/1e-9)/(2n)) with probability
 * at most 1e-9 (Hoeffding 1963). The range is that of the draws seen: of two values both are seen, and of normal numbers so
 * many span 6 deviations, where 1e-9 needs 6.1 deviations/√n and the bound is 6·3.3.
 */
const onAverage = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const { layer } = bench;
  const example = size(layer.input);
  const many = generate('f64', [DRAWS, ...layer.input], (i) => bench.x.data[i % example] ?? NaN);
  const one = generate('f64', [1, ...layer.input], (i) => bench.x.data[i] ?? NaN);
  const still = runOf({ ...bench, x: one, training: false }).y;
  const rows = toRows(runOf({ ...bench, x: many, training: true }).y);
  return all(
    ...Array.from(still.data, (expected, j): Verdict => {
      const draws = rows.map((row) => row[j] ?? NaN);
      const [low, high] = [Math.min(...draws), Math.max(...draws)];
      const mean = draws.reduce((sum, y) => sum + y / DRAWS, 0);
      const tolerance =
        (high - low) * Math.sqrt(Math.log(2e9) / (2 * DRAWS)) + 1e-12 * (Math.abs(low) + Math.abs(high));
      return Math.abs(mean - expected) <= tolerance
        ? undefined
        : {
            expected: code(expected),
            received: code(mean),
            where: `the mean of y${positionOf(still.shape, j)}`,
            tolerance: `${tolerance}: chance, in ${DRAWS} draws between ${low} and ${high} (Hoeffding’s bound at 1e-9)`,
          };
    }),
  );
};

/** The law of the meaning. */
export const formulaLaw = (
  cases: fc.Arbitrary<LayerCase>,
  formula: LayerFormula,
  dtypes: readonly Dtype[],
  { runs, tolerance }: { readonly runs: number; readonly tolerance: number },
): Law =>
  law(
    'formula',
    'output and next state are those of the formula, transcribed in plain numbers, within rounding',
    cases,
    (given) => onBench(given, transcribed(formula, dtypes, tolerance)),
    { runs, show: showSample, formula: '|f(x) − transcription(x)| ≤ running error bound' },
  );

/** The law of layers whose draws cancel on average. */
export const unbiasedLaw = (cases: fc.Arbitrary<LayerCase>): Law =>
  law(
    'unbiased in training',
    `the mean of ${DRAWS} outputs in training is the output at inference: what is dropped is made up for, once`,
    cases.map((given) => ({ ...given, key: Key.foldIn(9)(given.key) })),
    (given) => onBench(given, onAverage),
    { runs: 4, show: showSample, formula: 'E f_training(x) = f_inference(x)' },
  );
