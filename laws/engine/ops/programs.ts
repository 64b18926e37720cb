/**
 * Random compositions of the tensor algebra, written once over an abstract T. A program is a list of instructions that
 * refer back to earlier values; whatever an instruction says, it means something, so that every program runs and a failing
 * one shrinks by losing instructions.
 */
import * as fc from 'fast-check';
import { fill, repeat, total, transposed } from '../../../src/ops/derived.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import * as S from '../../../src/scalar/expr.ts';
import { equals, type Shape, size } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { dtypes } from '../../arbitrary/tensors.ts';
import { wild } from '../../ops/samples.ts';

/** One step of a program: what to do, to which earlier values, and how. */
export interface Instruction {
  readonly what: Kind;
  readonly a: number;
  readonly b: number;
  readonly p: number;
  readonly q: number;
}

/** The greatest number of elements that an instruction makes. */
const LARGEST = 1500;

const [x, y, z] = [S.input('x'), S.input('y'), S.input('z')];
const one: ReadonlyArray<S.Expr<'x'>> = [
  S.add(x, 1),
  S.negate(x),
  S.abs(x),
  S.max(x, 0),
  S.ifLess(x, 0, S.multiply(0.25, x), x),
  S.divide(x, S.add(1, S.abs(x))),
  S.tanh(x),
  S.exp(S.min(x, 3)),
  S.sqrt(S.abs(x)),
  S.multiply(x, 0.0625),
  S.min(S.max(x, -4), 4),
  S.floor(x),
  S.sigmoid(x),
];
const two: ReadonlyArray<S.Expr<'x' | 'y'>> = [
  S.add(x, y),
  S.subtract(x, y),
  S.multiply(x, y),
  S.divide(x, S.add(1, S.abs(y))),
  S.max(x, y),
  S.min(x, y),
  S.ifLess(x, y, S.subtract(y, x), x),
  S.subtract(x, S.multiply(0.125, y)),
  S.ifEqual(x, y, 1, S.subtract(x, S.multiply(0.5, y))),
];
const three: ReadonlyArray<S.Expr<'x' | 'y' | 'z'>> = [
  S.add(S.multiply(x, y), z),
  S.ifLess(x, y, z, S.subtract(x, y)),
  S.subtract(S.max(x, y), S.divide(z, 3)),
];

const pick = <A>(list: readonly A[], at: number): A => {
  const found = list[at % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Some axes of a shape: those of the bits of a number. */
const axesOf = (shape: Shape, bits: number): readonly number[] =>
  shape.map((_, axis) => axis).filter((axis) => ((bits >> axis) & 1) === 1);

/** A shape of the same size. */
const refolded = (shape: Shape, p: number, q: number): Shape => {
  const n = size(shape);
  const divisors = Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
  const first = pick(divisors, p);
  const rest = n / first;
  const second = pick(
    divisors.filter((d) => rest % d === 0),
    q,
  );
  return pick<Shape>([[n], [first, rest], [first, second, rest / second], [1, first, rest], [first, 1, rest]], p + q);
};

const permuted = (rank: number, p: number): readonly number[] => {
  const left = Array.from({ length: rank }, (_, axis) => axis);
  return Array.from({ length: rank }, (_, i) => left.splice(p % (rank - i), 1)[0] ?? 0);
};

/** What instructions are handed: the algebra, the values so far (the latest last), and the operand. */
interface At<T> extends Instruction {
  readonly ops: Ops<T>;
  readonly pool: readonly T[];
  readonly given: T;
  readonly shape: Shape;
}

/** An earlier value of the same shape as the operand, or one made from it that a loop over the same rows could use. */
const partner = <T>({ ops, pool, given, shape, b, q }: At<T>): T => {
  const alike = pool.filter((value) => equals(ops.shape(value), shape));
  const rank = shape.length;
  const made = q % 8;
  if (made < 4 && alike.length > 1) return pick(alike.toReversed(), b);
  if (rank === 0 || made === 4) return ops.scalar((q % 5) - 2);
  if (made === 5) return total(ops, given);
  const [last = 1] = shape.slice(-1);
  const lead = size(shape) / last;
  const rows = pool.filter((value) => size(ops.shape(value)) === last);
  const columns = pool.filter((value) => size(ops.shape(value)) === lead);
  if (made === 6 && rows.length > 0) return repeat(ops, shape, ops.reshape([last], pick(rows, b)));
  if (made === 7 && columns.length > 0)
    return ops.broadcast(shape, ops.reshape([...shape.slice(0, -1), 1], pick(columns, b)));
  const axes = axesOf(shape, 1 + (b % (2 ** rank - 1)));
  return ops.broadcast(shape, (q % 3 === 0 ? ops.max : ops.sum)(axes, given));
};

const multiplied = <T>({ ops, pool, given, shape, b, p }: At<T>): T => {
  const left = shape.length >= 2 ? given : ops.reshape(p % 2 === 0 ? [size(shape), 1] : [1, size(shape)], given);
  const own = ops.shape(left);
  const [lead, [m = 1, k = 1]] = [own.slice(0, -2), own.slice(-2)];
  const fits = pool.flatMap((value): readonly T[] => {
    const other = ops.shape(value);
    if (other.length === own.length && equals(other.slice(0, -2), lead))
      return [...(other.at(-2) === k ? [value] : []), ...(other.at(-1) === k ? [transposed(ops, value)] : [])];
    return other.length === 1 && other[0] === k && lead.length === 0 ? [ops.reshape([k, 1], value)] : [];
  });
  const small = fits.filter((value) => size(lead) * m * (ops.shape(value).at(-1) ?? 1) <= LARGEST);
  if (small.length > 0) return ops.matmul(left, pick(small, b));
  if (size(lead) * m * m <= LARGEST) return ops.matmul(left, transposed(ops, left));
  return size(lead) * k * k <= LARGEST ? ops.matmul(transposed(ops, left), left) : left;
};

/** What each instruction makes. */
const kinds = {
  one: <T>({ ops, given, p }: At<T>): T => ops.map(pick(one, p), { x: given }),
  two: <T>(at: At<T>): T => {
    const other = partner(at);
    return at.ops.map(pick(two, at.p), at.a % 2 === 0 ? { x: at.given, y: other } : { x: other, y: at.given });
  },
  three: <T>(at: At<T>): T =>
    at.ops.map(pick(three, at.p), {
      x: at.given,
      y: partner(at),
      z: partner({ ...at, b: at.b + 1, q: at.q + 3 }),
    }),
  reshape: <T>({ ops, given, shape, p, q }: At<T>): T => ops.reshape(refolded(shape, p, q), given),
  transpose: <T>({ ops, given, shape, p }: At<T>): T => ops.transpose(permuted(shape.length, p), given),
  broadcast: <T>({ ops, given, shape, p, q }: At<T>): T => {
    const axis = p % (shape.length + 1);
    const times = 1 + (q % 5);
    if (size(shape) * times > LARGEST) return given;
    const wide = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
    return ops.broadcast(wide.with(axis, times), ops.reshape(wide, given));
  },
  sum: <T>({ ops, given, shape, p }: At<T>): T => ops.sum(axesOf(shape, p), given),
  max: <T>({ ops, given, shape, p }: At<T>): T => ops.max(axesOf(shape, p), given),
  slice: <T>({ ops, given, shape, p, q }: At<T>): T => {
    if (shape.length === 0) return given;
    const axis = p % shape.length;
    const length = shape[axis] ?? 1;
    const start = q % length;
    return ops.slice(axis, start, start + 1 + ((p * 7 + q) % (length - start)), given);
  },
  pad: <T>({ ops, given, shape, p, q }: At<T>): T => {
    if (shape.length === 0 || size(shape) * 4 > LARGEST) return given;
    return ops.pad(p % shape.length, q % 3, (p + q) % 3, given);
  },
  concatenate: <T>({ ops, pool, given, shape, b, p }: At<T>): T => {
    if (shape.length === 0 || size(shape) * 3 > LARGEST) return given;
    const axis = p % shape.length;
    const fits = pool.filter(
      (value) =>
        ops.shape(value).length === shape.length &&
        equals(ops.shape(value).with(axis, 1), shape.with(axis, 1)) &&
        size(ops.shape(value)) * 3 <= LARGEST,
    );
    return ops.concatenate(axis, [given, pick(fits, b), ...(p % 3 === 0 ? [given] : [])]);
  },
  matmul: multiplied,
  iota: <T>({ ops, shape, p }: At<T>): T => {
    const [last = 1] = shape.slice(-1);
    const counted = ops.iota(last);
    return p % 2 === 0 || shape.length === 0 ? counted : repeat(ops, shape, counted);
  },
  fill: <T>({ ops, shape, p }: At<T>): T => fill(ops, shape, (p % 7) / 2 - 1),
  /** softmax, or the centring of a normalisation, of the last axes. */
  rows: <T>({ ops, given, shape, p }: At<T>): T => {
    if (shape.length === 0) return given;
    const axes = p % 3 === 0 ? [0] : [shape.length - 1];
    const shifted = ops.map(S.exp(S.subtract(x, y)), { x: given, y: ops.broadcast(shape, ops.max(axes, given)) });
    return ops.map(S.divide(x, y), { x: shifted, y: ops.broadcast(shape, ops.sum(axes, shifted)) });
  },
  /** What batch norm does: two sums over one axis, the second of what the first gave. */
  centred: <T>({ ops, given, shape, p }: At<T>): T => {
    if (shape.length === 0) return given;
    const axes = p % 2 === 0 ? [0] : [shape.length - 1];
    const off = ops.map(S.subtract(x, S.divide(y, 8)), {
      x: given,
      y: ops.broadcast(shape, ops.sum(axes, given)),
    });
    const spread = ops.sum(axes, ops.map(S.multiply(x, x), { x: off }));
    return ops.map(S.divide(x, S.sqrt(S.add(y, 1))), { x: off, y: ops.broadcast(shape, spread) });
  },
  /** A dense layer with its bias, where the operand is a matrix. */
  dense: <T>(at: At<T>): T => {
    const product = multiplied(at);
    const shape = at.ops.shape(product);
    return at.ops.map(S.max(S.add(x, y), 0), {
      x: product,
      y: repeat(at.ops, shape, at.ops.map(S.multiply(x, 0.5), { x: at.ops.iota(shape.at(-1) ?? 1) })),
    });
  },
} satisfies Readonly<Record<string, <T>(at: At<T>) => T>>;

export type Kind = keyof typeof kinds;

/** The values of a program: its inputs, then what each instruction makes. */
export const interpret = <T>(ops: Ops<T>, inputs: readonly T[], program: readonly Instruction[]): readonly T[] => {
  const pool: T[] = [...inputs];
  for (const instruction of program) {
    const given = pool[pool.length - 1 - (instruction.a % pool.length)];
    if (given === undefined) throw new Error('a program without inputs');
    const shape = ops.shape(given);
    pool.push(kinds[instruction.what]({ ...instruction, ops, pool, given, shape }));
  }
  return pool;
};

/** A program and what it is run on. */
export interface Sample {
  readonly dtype: Dtype;
  readonly inputs: readonly Tensor[];
  readonly program: readonly Instruction[];
  /** Of each input, whether the plan keeps it from step to step and puts back the last value of its shape. */
  readonly kept: readonly boolean[];
  /** Which values are results, beside the last. */
  readonly results: readonly number[];
  /** Which values are watched. */
  readonly watched: readonly number[];
}

const lengths = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 19, 31, 32, 33, 40, 67);

const shapes = (largest: number): fc.Arbitrary<Shape> =>
  fc
    .oneof(
      { weight: 1, arbitrary: fc.array(lengths, { maxLength: 1 }) },
      { weight: 4, arbitrary: fc.array(lengths, { minLength: 2, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.array(lengths, { minLength: 3, maxLength: 4 }) },
    )
    .filter((shape) => size(shape) <= largest);

const nat = fc.nat(63);
const instructions: fc.Arbitrary<Instruction> = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Kind>('one', 'two', 'three') },
    { weight: 2, arbitrary: fc.constantFrom<Kind>('sum', 'max', 'rows', 'centred', 'matmul', 'dense') },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Kind>(
        'reshape',
        'transpose',
        'broadcast',
        'slice',
        'pad',
        'concatenate',
        'iota',
        'fill',
      ),
    },
  ),
  a: fc.oneof({ weight: 3, arbitrary: fc.nat(1) }, { weight: 2, arbitrary: nat }),
  b: nat,
  p: nat,
  q: nat,
});

/** Programs of up to so many instructions on up to three inputs. */
export const samples = (longest: number, largest = 700): fc.Arbitrary<Sample> =>
  fc.tuple(dtypes, fc.array(shapes(largest), { minLength: 1, maxLength: 3 })).chain(([dtype, all]) =>
    fc.record({
      dtype: fc.constant(dtype),
      inputs: fc.tuple(...all.map((shape) => wild(dtype, shape))),
      program: fc.array(instructions, { minLength: 1, maxLength: longest }),
      kept: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      results: fc.array(nat, { maxLength: 3 }),
      watched: fc.array(nat, { maxLength: 2 }),
    }),
  );
