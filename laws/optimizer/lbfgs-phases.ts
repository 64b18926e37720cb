/** Laws of what L-BFGS computes over parameters, on numbers so small that nothing rounds: the bits are those of the formulas. */
import * as fc from 'fast-check';
import type { DenseForm } from '../../src/layer/dense.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import type { PhaseOutput } from '../../src/optimizer/optimizer.ts';
import { scalar, type Tensor } from '../../src/tensor/tensor.ts';
import { all, holds, law, lawSet, type Verdict } from '../law.ts';
import { dot, minus } from './functions.ts';
import { declarationOf, INPUTS, numbersOf, paramsOf, read } from './problem.ts';

type Vector = readonly number[];
type Named<A> = Readonly<Record<string, A>>;

const ops = reference('f64');

/** A point: the parameters, the loss and its gradient, and what is remembered: so many pairs. */
interface Point {
  readonly memory: number;
  readonly params: Vector;
  readonly gradient: Vector;
  readonly value: number;
  readonly vectors: Named<Vector>;
  readonly curvatures: Named<number>;
  readonly step: number;
}

const points: fc.Arbitrary<Point> = fc
  .record({ memory: fc.integer({ min: 1, max: 3 }), outputs: fc.integer({ min: 1, max: 2 }) })
  .chain(({ memory, outputs }) => {
    const count = (INPUTS + 1) * outputs;
    const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: count, maxLength: count });
    const pairs = Array.from({ length: memory }, (_, i) => i);
    return fc.record({
      memory: fc.constant(memory),
      params: vector,
      gradient: vector,
      value: fc.integer({ min: -9, max: 9 }),
      vectors: fc.record({
        base: vector,
        baseGradient: vector,
        direction: vector,
        ...Object.fromEntries(pairs.flatMap((i) => [[`s${i}`, vector] as const, [`y${i}`, vector] as const])),
      }),
      // Powers of two, so that quotients are exact.
      curvatures: fc.record({
        gamma: fc.constantFrom(0.5, 1, 4),
        ...Object.fromEntries(pairs.map((i) => [`sy${i}`, fc.constantFrom(0.5, 1, 2, 4)])),
      }),
      step: fc.constantFrom(0.5, 1, 3),
    });
  });

const ran = (point: Point, phase: string, scalars: Named<number> = {}): PhaseOutput<DenseForm, Tensor> => {
  const outputs = point.params.length / (INPUTS + 1);
  const vectorOf = (x: Vector) => paramsOf('f64', outputs, x);
  const run = lbfgs({ memory: point.memory }).phases[phase];
  if (run === undefined) throw new Error(`no phase ${phase}`);
  return run<DenseForm, Tensor>({
    ops,
    declaration: declarationOf(outputs),
    scalars: Object.fromEntries(Object.entries(scalars).map(([name, x]) => [name, scalar('f64', x)])),
    vectors: Object.fromEntries(Object.entries(point.vectors).map(([name, x]) => [name, vectorOf(x)])),
    evaluation: { value: scalar('f64', point.value), gradient: vectorOf(point.gradient) },
    params: vectorOf(point.params),
  });
};

/** What a phase leaves: the parameters, all vectors, and what is read. */
interface Left {
  readonly params: Vector;
  readonly vectors: Named<Vector>;
  readonly readings: Named<number>;
}

/** Numbers as they are said; a zero has no sign here. */
const said = (x: Named<Vector> | Named<number>): string =>
  JSON.stringify(Object.entries(x).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const leaves = (phase: string, expected: Left, { params, vectors, readings = {} }: PhaseOutput<DenseForm, Tensor>) => {
  const numbers = Object.fromEntries(Object.entries(vectors).map(([name, x]) => [name, numbersOf(x)]));
  const readOf = Object.fromEntries(Object.entries(readings).map(([name, x]) => [name, read(x)]));
  const equal = (what: string, a: string, b: string): Verdict => holds(a === b, `${phase}, ${what}: ${a}`, b);
  return all(
    equal('parameters', said({ x: expected.params }), said({ x: numbersOf(params) })),
    equal('vectors', said(expected.vectors), said(numbers)),
    equal('readings', said(expected.readings), said(readOf)),
  );
};

const phases = law(
  'each phase does what it says',
  'measure reads the loss, g·d, g·g, s·y, s·s and y·y with s = x − x₀ and y = g − g₀; keep takes x and g for x₀ and g₀; store does too, with s and y before the other pairs, of which the last goes; clear makes all pairs 0; propose goes to x₀ + αd, rest to x₀',
  points,
  (point) => {
    const { memory, params, gradient, value, vectors, step } = point;
    const { base = [], baseGradient = [], direction = [] } = vectors;
    const [s, y] = [minus(params, base), minus(gradient, baseGradient)];
    const here = { base: params, baseGradient: gradient };
    const pairs = (of: (side: 's' | 'y', i: number) => Vector | undefined): Named<Vector> =>
      Object.fromEntries(
        Array.from({ length: memory }, (_, i) => i).flatMap((i) => [
          [`s${i}`, of('s', i) ?? []],
          [`y${i}`, of('y', i) ?? []],
        ]),
      );
    const zero = params.map(() => 0);
    const older = (side: 's' | 'y', i: number) => (i > 0 ? vectors[`${side}${i - 1}`] : side === 's' ? s : y);
    const slopes = { slope: dot(gradient, direction), gradientSquare: dot(gradient, gradient) };
    const readings = { value, ...slopes, sy: dot(s, y), ss: dot(s, s), yy: dot(y, y) };
    return all(
      leaves('measure', { params, vectors, readings }, ran(point, 'measure')),
      leaves('keep', { params, vectors: { ...vectors, ...here }, readings: {} }, ran(point, 'keep')),
      leaves('store', { params, vectors: { ...vectors, ...here, ...pairs(older) }, readings: {} }, ran(point, 'store')),
      leaves('clear', { params, vectors: { ...vectors, ...pairs(() => zero) }, readings: {} }, ran(point, 'clear')),
      leaves(
        'propose',
        { params: base.map((x, i) => x + step * (direction[i] ?? NaN)), vectors, readings: {} },
        ran(point, 'propose', { step }),
      ),
      leaves('rest', { params: base, vectors, readings: {} }, ran(point, 'rest')),
    );
  },
  { runs: 60 },
);

/** H·x, where H is the matrix that so many pairs, the oldest last, make of γ: (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/(s·y). */
const matrixTimes = (point: Point, from: number, x: Vector): Vector => {
  const { vectors, curvatures, memory } = point;
  if (from === memory) return x.map((a) => (curvatures.gamma ?? NaN) * a);
  const [s = [], y = [], rho] = [vectors[`s${from}`], vectors[`y${from}`], 1 / (curvatures[`sy${from}`] ?? NaN)];
  const outer = (u: Vector, v: Vector, w: Vector): Vector => u.map((a, i) => (w[i] ?? NaN) - rho * a * dot(v, w));
  const inner = matrixTimes(point, from + 1, outer(y, s, x));
  return outer(s, y, inner).map((a, i) => a + rho * (s[i] ?? NaN) * dot(s, x));
};

const recursion = law(
  'the direction',
  'd = −H·g, where H is made from γ·I by the pairs, from the oldest to the newest: (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, whatever the pairs and their s·y are; its slope is g·d (Nocedal and Wright 2006, equation 7.19)',
  points,
  (point) => {
    const { params, vectors, curvatures } = point;
    const { baseGradient = [] } = vectors;
    const direction = matrixTimes(point, 0, baseGradient).map((x) => -x);
    return leaves(
      'direction',
      { params, vectors: { ...vectors, direction }, readings: { slope: dot(baseGradient, direction) } },
      ran(point, 'direction', curvatures),
    );
  },
  { runs: 60 },
);

export const lbfgsPhaseLaws = lawSet('phases', [phases, recursion]);
