/** Random code that is well typed and gives one value, made by the constructors that plans are made by. */
import * as fc from 'fast-check';
import {
  type Code,
  call,
  extract,
  type Func,
  float,
  get,
  i32,
  type Local,
  laneAt,
  load,
  local,
  op,
  shuffle,
  tee,
  type ValueType,
  vectorConstant,
} from '../../../src/engine/wasm/code.ts';
import {
  laneMemoryOps,
  laneOps,
  laneResult,
  lanesOf,
  memoryOps,
  memorySignature,
  plainOps,
  plainSignature,
  type Signature,
} from './signatures.ts';

export const types: readonly ValueType[] = ['i32', 'f32', 'f64', 'v128'];
export const variables: readonly Local[] = types.flatMap((type) => [0, 1, 2].map((i) => local(type, `${type}.${i}`)));
/** A function before it has a body. */
export interface Head extends Omit<Func, 'body'> {}
export type Expressions = Readonly<Record<ValueType, fc.Arbitrary<Code>>>;

/** The ends of a variable-length integer's first bytes, and of 32 bits. */
const edges = [0, 1, 63, 64, 127, 128, 8191, 8192, 16383, 16384, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
export const offsets = fc.oneof(fc.nat(200), fc.constantFrom(...edges), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const integers = fc.oneof(
  fc.integer({ min: -200, max: 200 }),
  fc.constantFrom(...edges, -64, -65, -8192, -8193, -(2 ** 31)),
  fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
);
const vectors = fc.oneof(
  fc.float32Array({ minLength: 4, maxLength: 4 }),
  fc.float64Array({ minLength: 2, maxLength: 2 }),
  fc.int32Array({ minLength: 4, maxLength: 4 }),
);
/** In f32, doubles too: half way between two numbers of f32, or within less than the shortest decimals say of it. */
const between = fc
  .tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 2 ** -52, -(2 ** -52)))
  .map(([x, by]) => x * (1 + 2 ** -24) * (1 + by));
const constants: Expressions = {
  i32: integers.map(i32),
  f32: fc.oneof(fc.float(), fc.double(), between).map((x) => float('f32', x)),
  f64: fc.double().map((x) => float('f64', x)),
  v128: vectors.map(vectorConstant),
};

export const operandsOf = (from: Expressions, { operands }: Signature): fc.Arbitrary<readonly Code[]> =>
  fc.tuple(...operands.map((type) => from[type]));

/** What gives one value of a type, from operands that are drawn from `inner`. */
const compound = (type: ValueType, inner: Expressions, heads: readonly Head[]): readonly fc.Arbitrary<Code>[] => {
  const gives = ({ results }: Signature): boolean => results.length === 1 && results[0] === type;
  const giving = plainOps.filter((name) => gives(plainSignature(name)));
  const plains = [...new Set(giving.map((name) => `${plainSignature(name).operands}`))].map((operands) => {
    const names = giving.filter((name) => `${plainSignature(name).operands}` === operands);
    return fc
      .tuple(
        fc.constantFrom(...names),
        operandsOf(inner, names.map(plainSignature)[0] ?? { operands: [], results: [] }),
      )
      .map(([name, values]) => op(name, ...values));
  });
  const loads = fc
    .tuple(fc.constantFrom(...memoryOps.filter((name) => gives(memorySignature(name)))), inner.i32, offsets)
    .map(([name, address, offset]) => load(name, address, offset));
  const extracts = laneOps
    .filter((name) => laneResult(name) === type)
    .map((name) => fc.tuple(inner.v128, fc.nat(lanesOf(name) - 1)).map(([of, i]) => extract(name, of, i)));
  const tees = fc
    .tuple(fc.constantFrom(...variables.filter((one) => one.type === type)), inner[type])
    .map(([variable, value]) => tee(variable, value));
  const calls = heads
    .map((head) => ({ head, signature: signatureOf(head) }))
    .filter(({ signature }) => gives(signature))
    .map(({ head, signature }) => operandsOf(inner, signature).map((operands) => call(head.name, ...operands)));
  const vectorsOnly =
    type === 'v128'
      ? [
          ...laneMemoryOps
            .filter((name) => name.includes('load'))
            .map((name) =>
              fc
                .tuple(inner.i32, inner.v128, fc.nat(lanesOf(name) - 1), offsets)
                .map(([address, of, i, offset]) => laneAt(name, address, of, i, offset)),
            ),
          fc
            .tuple(inner.v128, inner.v128, fc.array(fc.nat(31), { minLength: 16, maxLength: 16 }))
            .map(([a, b, order]) => shuffle(a, b, order)),
        ]
      : [];
  return [...plains, loads, ...extracts, tees, ...calls, ...vectorsOnly];
};

export const signatureOf = ({ parameters, results }: Head): Signature => ({
  operands: parameters.map(({ type }) => type),
  results,
});

const record = (of: (type: ValueType) => fc.Arbitrary<Code>): Expressions => ({
  i32: of('i32'),
  f32: of('f32'),
  f64: of('f64'),
  v128: of('v128'),
});

export const expressions = (heads: readonly Head[], depth: number): Expressions => {
  const leaves = record((type) =>
    fc.oneof(constants[type], fc.constantFrom(...variables.filter((one) => one.type === type)).map(get)),
  );
  if (depth === 0) return leaves;
  const inner = expressions(heads, depth - 1);
  return record((type) => fc.oneof({ weight: 2, arbitrary: leaves[type] }, ...compound(type, inner, heads)));
};
