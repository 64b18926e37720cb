/** Plans of random programs, followed kernel by kernel: what is read is there, and nothing is done for nobody. */
import * as fc from 'fast-check';
import { bytesOf } from '../../../src/engine/emit/lanes.ts';
import type { Computation } from '../../../src/engine/engine.ts';
import { lengthOf, madeBy, readBy } from '../../../src/engine/fuse/schedule.ts';
import { type Node, operandsOf, type Value } from '../../../src/engine/graph/node.ts';
import { record } from '../../../src/engine/graph/record.ts';
import { compile, type Plan } from '../../../src/engine/plan.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import * as S from '../../../src/scalar/expr.ts';
import { dtypes } from '../../arbitrary/tensors.ts';
import { all, type Law, type LawSet, law, lawSet, same, type Verdict } from '../../law.ts';
import { computationOf } from './operations.ts';
import { samples } from './programs.ts';

const planOf = ({ dtype, kept, record }: Computation): Plan => compile(dtype, kept, record);

/** A stretch of memory and what it holds. */
interface Held {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
}

const overlap = (a: Held, b: Held): boolean => a.from < b.to && b.from < a.to;

const isGiven = ({ operation: { kind } }: Value): boolean => kind === 'input' || kind === 'constant';

/**
 * What each stretch holds as the kernels run, told by the graph and the places alone. A kernel must find what it reads,
 * unharmed; what it makes must not lie on anything that it reads, but exactly in its place, nor on another result of its own.
 */
const walked = ({ dtype, schedule: { kernels, stored, values }, layout, memory, results }: Plan): Verdict => {
  const stretch = (value: Value): Held => {
    const from = layout.at(value);
    return { value, from, to: from + lengthOf(value) * bytesOf(dtype) };
  };
  const isThere = (value: Value): boolean => value.operation.kind === 'input' || stored.has(value.id);
  let held: readonly Held[] = values.filter((value) => isGiven(value) && isThere(value)).map(stretch);
  for (const [i, kernel] of kernels.entries()) {
    const where = `kernel ${i}`;
    const made = madeBy(kernel);
    const read = [...new Set(readBy(kernel).map(({ value }) => value))].filter(
      (value) => isThere(value) && !made.includes(value),
    );
    const streamed = kernel.kind === 'loop' ? [] : operandsOf(kernel.value).map(({ value }) => value);
    const lost = read.find((value) => !held.some((one) => one.value === value));
    if (lost !== undefined) return { expected: 'what is read to be there', received: `value ${lost.id} is not`, where };
    const written = made.filter(({ id }) => stored.has(id)).map(stretch);
    const beyond = written.find(({ to }) => to > memory);
    if (beyond !== undefined) return { expected: `bytes below ${memory}`, received: `${beyond.to}`, where };
    for (const [j, one] of written.entries()) {
      const other = written.slice(j + 1).find((two) => overlap(one, two));
      if (other !== undefined)
        return { expected: 'results apart', received: `${one.value.id} on ${other.value.id}`, where };
      // A product goes back and forth over its operands: nothing can be made in their places while it does.
      const under = read.find(
        (value) => overlap(one, stretch(value)) && (layout.at(value) !== one.from || streamed.includes(value)),
      );
      if (under !== undefined) return { expected: 'operands apart', received: `${one.value.id} on ${under.id}`, where };
    }
    held = [...held.filter((one) => !written.some((two) => overlap(one, two))), ...written];
  }
  const gone = [...results].find(([, { at }]) => !held.some(({ from }) => from === at));
  return gone === undefined ? undefined : { expected: `the result "${gone[0]}" at the end`, received: 'another value' };
};

const places: Law = law(
  'order and places',
  'every kernel finds what it reads where it was made, writes on nothing that is still read, and every result is there at the end',
  samples(30),
  (sample) => walked(planOf(computationOf(sample))),
  { runs: 100 },
);

/** What a plan computes: the kinds and shapes of its values. */
const kindsOf = ({ schedule: { values } }: Plan): string =>
  values
    .map(({ operation: { kind }, shape }) => `${kind} [${shape}]`)
    .toSorted()
    .join(', ');

const unasked: Law = law(
  'what nobody asks for',
  'instructions whose values are no results and are not watched are not computed',
  fc.tuple(samples(10), samples(6)),
  ([sample, { program: more }]) => {
    const computation = computationOf(sample);
    const longer: Computation = {
      ...computation,
      record: (recorder) => {
        const results = computation.record(recorder);
        computationOf({ ...sample, program: [...sample.program, ...more], watched: [] }).record(recorder);
        return results;
      },
    };
    // Not in the same order always: a copy that a result needs may have been recorded earlier.
    return same(kindsOf(planOf(computation)), kindsOf(planOf(longer)), 'what is computed');
  },
  { runs: 40 },
);

const operands: Law = law(
  'operands of a product',
  'what is computed from a product row by row is not written on the operands of the product, though it replaces one of them',
  fc.record({
    dtype: dtypes,
    n: fc.integer({ min: 2, max: 40 }),
    side: fc.constantFrom('left', 'right', 'both'),
    own: fc.boolean(),
  }),
  ({ dtype, n, side, own }) =>
    walked(
      compile(dtype, [{ name: 'x', shape: [n, n] }], ({ ops, input: given }) => {
        const [x, y] = [given('x', [n, n]), given('y', [n, n])];
        const product = ops.matmul(side === 'right' ? y : x, side === 'left' ? y : x);
        const node = ops.map(S.subtract(S.input('a'), S.input('b')), { a: own ? x : y, b: product });
        return [{ name: 'x', node, into: 'x' }];
      }),
    ),
  { runs: 20 },
);

/** What can be made of a matrix. */
const makers: Readonly<Record<string, (ops: Ops<Node>, x: Node) => Node>> = {
  map: (ops, x) => ops.map(S.add(S.input('x'), 1), { x }),
  sum: (ops, x) => ops.sum([1], x),
  max: (ops, x) => ops.max([0], x),
  pad: (ops, x) => ops.pad(0, 1, 1, x),
  concatenate: (ops, x) => ops.concatenate(1, [x, x]),
  matmul: (ops, x) => ops.matmul(x, ops.transpose([1, 0], x)),
};

const parts: Law = law(
  'recorded once',
  'the same operation on the same part of a value is recorded once, on different parts (though they look alike) twice',
  fc.record({
    make: fc.constantFrom(...Object.values(makers)),
    axis: fc.nat(1),
    at: fc.uniqueArray(fc.nat(4), { minLength: 2, maxLength: 2 }),
    length: fc.integer({ min: 2, max: 3 }),
  }),
  ({ make, axis, at: [first = 0, second = 0], length }) => {
    const { ops, input: given } = record('f32');
    const x = given('x', [7, 7]);
    const idOf = (start: number): number => make(ops, ops.slice(axis, start, start + length, x)).value.id;
    return all(
      same(idOf(first), idOf(first), 'the same part'),
      same(false, idOf(first) === idOf(second), 'other parts are one value'),
    );
  },
  { runs: 60 },
);

export const placeLaws: LawSet = lawSet('plans of programs', [places, operands, unasked, parts]);
