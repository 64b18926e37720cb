/** What engines are tried on: programs of the algebra, products at every edge, formulas in every lane, layers with gradients. */
import * as fc from 'fast-check';
import { inference, training } from '../../../src/layer/context.ts';
import { repeat } from '../../../src/ops/derived.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import * as S from '../../../src/scalar/expr.ts';
import { generate } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import { named, recordOf } from '../../../src/train/predict.ts';
import { interpret, type Sample, samples } from '../../engine/ops/programs.ts';
import { type Bench, inFormat, type LayerCase, onBench } from '../../layer/case.ts';
import { wild } from '../../ops/samples.ts';
import { anything, corners, expressions } from '../../scalar/arbitrary.ts';
import { asCode } from '../../scalar/written.ts';
import { plainOf } from '../layer/sample.ts';
import { full } from '../ops/operations.ts';
import { dtypesOf, type PackOptions } from '../options.ts';
import type { Program, Tensors } from './subject.ts';

/** A program, what it is run on, and what of both is written in a failure. */
export interface Task {
  readonly program: Program;
  readonly inputs: Tensors;
  readonly shown: Readonly<Record<string, unknown>>;
}

const shapesOf = (inputs: Tensors): Program['inputs'] =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

const input = <T>(inputs: Readonly<Record<string, T>>, name: string): T => {
  const found = inputs[name];
  if (found === undefined) throw new Error(`no input ${name}`);
  return found;
};

/** A random program of the algebra; its results are some of its values. */
const ofProgram = (sample: Sample): Task => {
  const inputs = Object.fromEntries(sample.inputs.map((x, i) => [`input ${i}`, x]));
  return {
    inputs,
    shown: { ...sample },
    program: {
      dtype: sample.dtype,
      inputs: shapesOf(inputs),
      results: (ops, given) => {
        const values = interpret(
          ops,
          sample.inputs.map((_, i) => input(given, `input ${i}`)),
          sample.program,
        );
        const wanted = [values.length - 1, ...sample.results.map((i) => i % values.length)];
        return Object.fromEntries(wanted.flatMap((i) => values.slice(i, i + 1).map((value) => [`value ${i}`, value])));
      },
    },
  };
};

/** Random programs of up to so many operations. */
export const programs = (options: PackOptions, longest: number): fc.Arbitrary<Task> =>
  samples(longest, 300)
    .filter(({ dtype }) => dtypesOf(options).includes(dtype))
    .map(ofProgram);

/** A product with a bias and a kink after it, rows by k by columns. */
export const products = (options: PackOptions): fc.Arbitrary<Task> =>
  fc
    .tuple(
      fc.constantFrom(...dtypesOf(options)),
      fc.integer({ min: 1, max: 21 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 37 }),
    )
    .chain(([dtype, m, k, n]) =>
      fc.record({ a: wild(dtype, [m, k]), b: wild(dtype, [k, n]), bias: wild(dtype, [n]) }).map((inputs) => ({
        inputs,
        shown: { dtype, program: 'relu(a·b + bias)', ...inputs },
        program: {
          dtype,
          inputs: shapesOf(inputs),
          results: <T>(ops: Ops<T>, given: Readonly<Record<string, T>>) => {
            const product = ops.matmul(input(given, 'a'), input(given, 'b'));
            const y = ops.map(S.max(S.add(S.input('x'), S.input('y')), 0), {
              x: product,
              y: repeat(ops, [m, n], input(given, 'bias')),
            });
            return { product, y };
          },
        },
      })),
    );

const formula = (dtype: Dtype, expr: S.Expr<'x' | 'y'>, inputs: Tensors, shown: Task['shown'] = inputs): Task => ({
  inputs,
  shown: { dtype, formula: asCode(expr), ...shown },
  program: {
    dtype,
    inputs: shapesOf(inputs),
    results: (ops, given) => ({ y: ops.map(expr, { x: input(given, 'x'), y: input(given, 'y') }) }),
  },
});

/** Four roundings, each of which shows. */
const rounding = S.subtract(
  S.multiply(S.add(S.multiply(S.input('x'), S.input('y')), S.input('x')), S.input('y')),
  S.input('x'),
);

const lengths = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33);

/** Random formulas of any numbers, and a formula of numbers with all their bits, over lengths on both sides of what a vector
 * holds. */
export const formulas = (options: PackOptions): fc.Arbitrary<Task> =>
  fc.tuple(fc.constantFrom(...dtypesOf(options)), lengths, fc.boolean()).chain(([dtype, n, any]) =>
    fc
      .record({
        expr: any ? expressions(anything(dtype)) : fc.constant(rounding),
        x: any ? wild(dtype, [n]) : full(dtype, n),
        y: any ? wild(dtype, [n]) : full(dtype, n),
      })
      .map(({ expr, x, y }) => formula(dtype, expr, { x, y })),
  );

/** Min and max of every pair of corners. */
export const extremes = (options: PackOptions): fc.Arbitrary<Task> =>
  fc.tuple(fc.constantFrom(...dtypesOf(options)), fc.boolean()).map(([dtype, least]) => {
    const some = corners(dtype);
    const n = some.length;
    const [x, y] = [true, false].map((first) =>
      generate(dtype, [n * n], (i) => some[first ? Math.floor(i / n) : i % n] ?? NaN),
    );
    return formula(
      dtype,
      (least ? S.min : S.max)(S.input('x'), S.input('y')),
      { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) },
      { of: 'every pair of corners' },
    );
  });

const ofBench = <P extends Form, S extends Form>(bench: Bench<P, S>): Task => {
  const { layer, params, state, x, dy, training: asked } = bench;
  const { parameters, state: states } = layer;
  const inputs = Object.fromEntries([...named('p', parameters.tree, params), ...named('s', states.tree, state)]);
  const all: Tensors = { ...inputs, x, dy };
  // What draws is asked as it is used outside training: an engine gets numbers, and draws none.
  const isTraining = asked && layer.sites === 0;
  return {
    inputs: all,
    shown: plainOf(bench),
    program: {
      dtype: x.dtype,
      inputs: shapesOf(all),
      results: <T>(ops: Ops<T>, given: Readonly<Record<string, T>>) => {
        const at = (name: string): T => input(given, name);
        const run = layer.forward<T>(
          ops,
          recordOf<P, T>('p', parameters.tree, parameters.specs, at),
          recordOf<S, T>('s', states.tree, states.specs, at),
          at('x'),
          isTraining ? training<T>(nothingDrawn) : inference<T>(),
        );
        const { dParams, dx } = run.pullback(at('dy'));
        return Object.fromEntries([
          ['y', run.y],
          ['dx', dx],
          ...named<S, T>('next', states.tree, run.state),
          ...named<P, T>('gradient', parameters.tree, dParams),
        ]);
      },
    },
  };
};

const refuse = (): never => {
  throw new Error('a layer without sites drew');
};
const nothingDrawn = { skip: () => nothingDrawn, bernoulli: refuse, normal: refuse };

/** A layer, forward and back. */
export const ofLayer = (dtype: Dtype, given: LayerCase): Task =>
  onBench(given, (bench) => ofBench(inFormat(dtype, bench)));

/** One step of gradient descent on a line through rows that are given: what goes in comes out, to go in again. */
export const descent = (dtype: Dtype, rows: number, width: number): Program => ({
  dtype,
  inputs: { weight: [width, 1], x: [rows, width], target: [rows, 1] },
  results: (ops, given) => {
    const [weight, x, target] = [input(given, 'weight'), input(given, 'x'), input(given, 'target')];
    const error = ops.map(S.subtract(S.input('a'), S.input('b')), { a: ops.matmul(x, weight), b: target });
    const gradient = ops.matmul(ops.transpose([1, 0], x), error);
    return {
      weight: ops.map(S.subtract(S.input('w'), S.multiply(0.03125, S.input('g'))), { w: weight, g: gradient }),
      cost: ops.sum([0, 1], ops.map(S.multiply(S.input('e'), S.input('e')), { e: error })),
    };
  },
});

/** The inputs of a descent. */
export const descents = (dtype: Dtype, rows: number, width: number): fc.Arbitrary<Tensors> =>
  fc.record({
    weight: wild(dtype, [width, 1]),
    x: wild(dtype, [rows, width]),
    target: wild(dtype, [rows, 1]),
  });
