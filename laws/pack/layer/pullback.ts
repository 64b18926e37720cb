/** Laws of a layer's pullback: it is the adjoint of the derivative of `forward`, and linear. */
import type * as fc from 'fast-check';
import { multiply, total } from '../../../src/ops/derived.ts';
import { random } from '../../../src/ops/reference/random.ts';
import * as Key from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, map } from '../../../src/tensor/tree.ts';
import { normals } from '../../arbitrary/keys.ts';
import { checkJacobian, directionOf } from '../../gradient/check.ts';
import { type Objective, objectiveAt } from '../../gradient/computation.ts';
import { dot, norm } from '../../gradient/differentiable.ts';
import { byDualNumbers, byRidders, type Judge } from '../../gradient/judge.ts';
import { positionOf } from '../../law/position.ts';
import { code, type Law, law, placeOf, type Verdict } from '../../law.ts';
import { type Bench, contextOf, type LayerCase, listed, onBench, pulled, rebuilt, runOf } from '../../layer/case.ts';
import { U32 } from '../../layer/error-expr.ts';
import type { WithError } from '../../layer/error-ops.ts';
import { bounded, boundsOf } from './formats.ts';
import { gradients, type Named, sameNamed } from './named.ts';
import { showSample } from './sample.ts';

const sumOf = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0);
const flat = (tensors: readonly Tensor[]): readonly number[] => tensors.flatMap(({ data }) => Array.from(data));

/** ⟨y, dy⟩ as a function of the parameters and, where it may be moved, the input. */
const pairing = <P extends Form, S extends Form>({
  layer,
  params,
  state,
  x,
  fixed = false,
  dy,
  training,
}: Bench<P, S>): Objective => {
  const { tree } = layer.parameters;
  return ({ ops, constant, random: drawn }, points) => {
    const { y } = layer.forward(
      ops,
      rebuilt<P, Tensor, (typeof points)[number]>(tree, params, fixed ? points : points.slice(0, -1)),
      map(layer.state.tree, (t: Tensor) => constant(t), state),
      (fixed ? undefined : points.at(-1)) ?? constant(x),
      contextOf(training, drawn),
    );
    const terms = multiply(ops, y, constant(dy));
    return { value: total(ops, terms), terms };
  };
};

/** A gradient of more numbers is not searched for the one that is wrong. */
const SEARCHED = 500;

/** The places of the points, as they are written in code. */
const namesOf = <P extends Form, S extends Form>({ layer, params, fixed = false }: Bench<P, S>): readonly string[] => [
  ...entries<P, Tensor>(layer.parameters.tree, params).map(([path]) => placeOf('params', path)),
  ...(fixed ? [] : ['x']),
];

/**
 * Holds ⟨gradient, direction⟩ against a judge's derivative along a direction. The error is relative to
 * ‖gradient‖·‖direction‖; beside that, to what rounding alone makes of a difference: each of some 500 operations in a row
 * errs by u = 2⁻⁵³ of terms like those of the sum, over a step of 2⁻³, so 500·2⁻⁵³·2³ ≈ 4.4e-13 < 1e-12 of Σ|terms|.
 * What disagrees along a direction is looked for number by number.
 */
export const compared = <P extends Form, S extends Form>(
  bench: Bench<P, S>,
  judge: Judge,
  relative: number,
): Verdict => {
  const points = [...listed(bench.layer.parameters.tree, bench.params), ...(bench.fixed === true ? [] : [bench.x])];
  if (points.length === 0) return { excluded: 'there is nothing to move: no parameters, and inputs that may not be' };
  const pair = objectiveAt(pairing(bench), points, { random: random('f64', bench.key), names: namesOf(bench) });
  const direction = directionOf(pair.point.length, Key.foldIn(3)(bench.key));
  const [derivative] = judge.along(pair, direction);
  if (derivative === undefined || derivative.tag === 'excluded') return { excluded: derivative?.why ?? 'no output' };
  const run = runOf(bench);
  const gradient = flat(pulled(bench, run, bench.dy).slice(0, points.length));
  const terms = sumOf(Array.from(run.y.data, (y, i) => Math.abs(y * (bench.dy.data[i] ?? NaN))));
  const along = dot(gradient, direction);
  const tolerance = relative * norm(gradient) * norm(direction) + 1e-12 * terms;
  if (Math.abs(derivative.estimate.derivative - along) <= tolerance) return undefined;
  const { worst } = gradient.length > SEARCHED ? {} : checkJacobian(pair, [gradient], { judge });
  return {
    expected: `${worst?.expected ?? derivative.estimate.derivative} by ${judge.name}`,
    received: `${worst?.received ?? along}`,
    where: `the derivative of ⟨y, dy⟩ ${worst === undefined ? 'along a direction' : `by ${worst.where}`}`,
    tolerance: `${tolerance} along a direction = ${relative}·‖gradient‖·‖direction‖ + rounding`,
  };
};

const scaled = (x: Tensor, by: number): Tensor => generate(x.dtype, x.shape, (i) => (x.data[i] ?? NaN) * by);
const plus = (a: Tensor, b: Tensor): Tensor =>
  generate(a.dtype, a.shape, (i) => (a.data[i] ?? NaN) + (b.data[i] ?? NaN));

/** Rounding in f64 is 2⁻²⁹ of that in f32, and as much again for the bound's own terms of second order. */
const DOUBLE = 2 ** -28;

/** A gradient that was rounded once. */
const roundedOnce = (value: Tensor): WithError => ({
  value,
  error: generate('f64', value.shape, (i) => U32 * Math.abs(value.data[i] ?? NaN)),
});

/**
 * Each of the three pullbacks is as near the exact one as running error analysis says, and so is their difference. What
 * cancels on the way is in that bound, though nothing of it is left in the gradients.
 */
const additive = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const run = runOf(bench);
  const limits = bounded(bench);
  const other = normals(bench.dy.shape, Key.foldIn(4)(bench.key));
  const dys = [bench.dy, other, plus(bench.dy, other)];
  const [a = [], b = [], both = []] = dys.map((dy) => gradients(bench, run, dy));
  const errors = dys.map((dy) => {
    const { dParams, dx } = limits.pullback(roundedOnce(dy));
    return [...boundsOf<P>(bench.layer.parameters.tree, dParams), dx];
  });
  for (const [k, [place, found]] of both.entries())
    for (let i = 0; i < found.data.length; i++) {
      const sum = (a[k]?.[1].data[i] ?? NaN) + (b[k]?.[1].data[i] ?? NaN);
      const tolerance =
        DOUBLE * sumOf(errors.map((of) => of[k]?.error.data[i] ?? NaN)) +
        2 ** -52 * (Math.abs(sum) + Math.abs(found.data[i] ?? NaN));
      // A bound that is NaN is none: an infinite one times 0.
      if (!(Number.isNaN(tolerance) || Math.abs((found.data[i] ?? NaN) - sum) <= tolerance))
        return {
          expected: code(sum),
          received: code(found.data[i]),
          where: `${place}${positionOf(found.shape, i)} of pullback(a + b)`,
          tolerance: `${tolerance}, by running error analysis`,
        };
    }
  return undefined;
};

const homogeneous = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const run = runOf(bench);
  const by = 2 ** (((bench.key.words[1] >>> 3) % 21) - 10);
  const once = gradients(bench, run, bench.dy).map(([place, x]): Named => [place, scaled(x, by)]);
  return sameNamed(once, gradients(bench, run, scaled(bench.dy, by)), `, where dy is multiplied by ${by}`);
};

/** The laws of the pullback. */
export const pullbackLaws = (cases: fc.Arbitrary<LayerCase>, runs: number, tolerance: number): readonly Law[] => {
  const options = { runs, show: showSample };
  return [
    law(
      'pullback: differences',
      'along random directions, ⟨pullback(dy), direction⟩ is the derivative of ⟨y, dy⟩ by Ridders’s extrapolation in f64',
      cases,
      (given) => onBench(given, (bench) => compared(bench, byRidders, 1e-8 * tolerance)),
      { ...options, formula: '⟨pullback(dy), v⟩ = d/dt ⟨f((θ, x) + t·v), dy⟩ at t = 0' },
    ),
    law(
      'pullback: dual numbers',
      'along random directions, ⟨pullback(dy), direction⟩ is the derivative of ⟨y, dy⟩ that dual numbers carry',
      cases,
      (given) => onBench(given, (bench) => compared(bench, byDualNumbers, 1e-11 * tolerance)),
      { ...options, formula: '⟨pullback(dy), v⟩ = ε-part of ⟨f((θ, x) + ε·v), dy⟩, ε² = 0' },
    ),
    law(
      'pullback scales exactly',
      'a gradient of the output that is 2ⁿ times as great gives gradients 2ⁿ times as great, bit for bit',
      cases,
      (given) => onBench(given, homogeneous),
      { ...options, formula: 'pullback(2ⁿ·dy) = 2ⁿ·pullback(dy)' },
    ),
    law(
      'pullback adds',
      'the gradients of a sum of two are the sums of their gradients, within rounding',
      cases,
      (given) => onBench(given, additive),
      { ...options, formula: 'pullback(a + b) = pullback(a) + pullback(b)' },
    ),
  ];
};
