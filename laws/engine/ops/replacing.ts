/** Results that take an input's place for the next step, where writing them there too early would show. */
import * as fc from 'fast-check';
import { compile } from '../../../src/engine/plan.ts';
import { placeOf, read, write } from '../../../src/engine/run/machine.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import * as S from '../../../src/scalar/expr.ts';
import { foldIn, fromSeed, normal } from '../../../src/tensor/key.ts';
import { equals, show, type Tensor } from '../../../src/tensor/tensor.ts';
import { type Law, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { clear, poisoned } from '../compiled.ts';

/** From a matrix and another, both kept, to what replaces them. */
type Step = <T>(ops: Ops<T>, x: T, y: T) => readonly [T, T];

const [a, b] = [S.input('a'), S.input('b')];
const mean = S.multiply(0.5, S.add(a, b));
const difference = S.subtract(a, b);
const quotient = S.divide(a, S.add(1, S.abs(b)));

/** Steps on square matrices that read an input elsewhere than where they replace it, later, or twice. */
const steps: Readonly<Record<string, Step>> = {
  'its own transpose': (ops, x, y) => [ops.map(mean, { a: x, b: ops.transpose([1, 0], x) }), y],
  'its own sums, a stage later': (ops, x, y) => [
    ops.map(quotient, { a: x, b: ops.broadcast(ops.shape(x), ops.sum([1], x)) }),
    y,
  ],
  'its own sums over columns': (ops, x, y) => [
    ops.map(quotient, { a: x, b: ops.broadcast(ops.shape(x), ops.sum([0], x)) }),
    y,
  ],
  'its first row in all rows': (ops, x, y) => [
    ops.map(quotient, { a: x, b: ops.broadcast(ops.shape(x), ops.slice(0, 0, 1, x)) }),
    y,
  ],
  'what is read again after it was replaced': (ops, x, y) => {
    const next = ops.map(mean, { a: x, b: y });
    return [next, ops.map(quotient, { a: x, b: ops.broadcast(ops.shape(x), ops.sum([1], next)) })];
  },
  'what another result reads': (ops, x, y) => [ops.map(mean, { a: x, b: y }), ops.map(difference, { a: x, b: y })],
  'what a product reads': (ops, x, y) => [
    ops.map(mean, { a: x, b: y }),
    ops.map(difference, { a: y, b: ops.matmul(x, y) }),
  ],
  'its own product': (ops, x, y) => [ops.map(mean, { a: x, b: ops.matmul(x, x) }), y],
  'one for the other': (_, x, y) => [y, x],
  'one for the other, changed': (ops, x, y) => [ops.map(difference, { a: y, b: x }), ops.map(mean, { a: x, b: x })],
  'both from both, turned': (ops, x, y) => [
    ops.map(mean, { a: y, b: ops.transpose([1, 0], x) }),
    ops.map(difference, { a: x, b: ops.transpose([1, 0], y) }),
  ],
};

const agree = (expected: Tensor, received: Tensor, where: string): Verdict =>
  equals(expected, received) ? undefined : { expected: show(expected), received: show(received), where };

const followed = (of: Step, dtype: Dtype, n: number, seed: number): Verdict => {
  const start = [0, 1].map((i) => normal([n, n], dtype)(foldIn(i)(fromSeed(seed))));
  const [x, y] = start;
  if (x === undefined || y === undefined) throw new Error('replacing: no start');
  const names = ['x', 'y'];
  const plan = compile(
    dtype,
    names.map((name) => ({ name, shape: [n, n] })),
    ({ ops, input }) =>
      of(ops, input('x', [n, n]), input('y', [n, n])).map((node, i) => ({
        name: names[i] ?? '',
        node,
        into: names[i] ?? '',
      })),
  );
  const compiled = { plan, module: new WebAssembly.Module(plan.bytes) };
  const machine = poisoned([compiled]);
  clear(machine);
  write(machine, placeOf(plan.inputs, 'x'), x);
  write(machine, placeOf(plan.inputs, 'y'), y);
  const ops = reference(dtype);
  let at: readonly [Tensor, Tensor] = [x, y];
  for (let step = 1; step <= 3; step++) {
    machine.load(compiled).run();
    at = of(ops, ...at);
    for (const [i, name] of names.entries()) {
      const wrong = agree(at[i] ?? x, read(machine, dtype, placeOf(plan.inputs, name)), `${name} after step ${step}`);
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
};

const replaces = (name: string, of: Step): Law =>
  law(
    name,
    'what replaces an input is what the reference makes of it, step after step, whatever else reads the input',
    fc.record({
      dtype: fc.constantFrom<Dtype>('f32', 'f64'),
      n: fc.integer({ min: 1, max: 21 }),
      seed: fc.nat(2 ** 31),
    }),
    ({ dtype, n, seed }) => followed(of, dtype, n, seed),
    { runs: 12 },
  );

export const replacingLaws: LawSet = lawSet(
  'replacing an input',
  Object.entries(steps).map(([name, of]) => replaces(name, of)),
);
