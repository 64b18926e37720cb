/** Products by a BLAS of the system: exact on small whole numbers, and within rounding of the reference on others. */
import * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import type { Operand, Product } from '../../src/engine/emit/product.ts';
import type { Blas } from '../../src/native/blas.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Dtype, unitRoundoff } from '../../src/scalar/dtype.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

interface Sample {
  readonly product: Product;
  readonly a: Tensor;
  readonly b: Tensor;
  /** Bytes before each of a, b and c, and behind them. */
  readonly gap: number;
}

const bytesOf = (dtype: Dtype): 4 | 8 => (dtype === 'f32' ? 4 : 8);

/** Rows or columns dense, the others further apart than they must be. */
const operands = (rows: number, columns: number): fc.Arbitrary<Operand> =>
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }))
    .map(([byRows, more]) =>
      byRows ? { row: Math.max(1, columns + more), column: 1 } : { row: 1, column: Math.max(1, rows + more) },
    );

const lengths = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 70 }));

const samples = (numbers: fc.Arbitrary<number>): fc.Arbitrary<Sample> =>
  fc.tuple(dtypes, lengths, lengths, lengths, fc.nat(8)).chain(([dtype, m, k, n, gap]) => {
    // As many numbers as a few, repeated in another order: drawing each would take most of the time.
    const tensor = (rows: number, columns: number): fc.Arbitrary<Tensor> =>
      fc
        .tuple(fc.array(numbers, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 997 }))
        .map(([some, step]) =>
          generate(dtype, [rows, columns], (i) => some[(i * step + Math.floor(i / some.length)) % some.length] ?? NaN),
        );
    return fc
      .tuple(operands(m, k), operands(k, n), tensor(m, k), tensor(k, n))
      .map(([a, b, x, y]) => ({ product: { dtype, m, k, n, a, b }, a: x, b: y, gap: gap * bytesOf(dtype) }));
  });

const show = ({ product: { dtype, m, k, n, a, b }, gap }: Sample): string =>
  `[${m}, ${k}]·[${k}, ${n}] in ${dtype}, strides ${a.row}, ${a.column} and ${b.row}, ${b.column}, ${gap} bytes between`;

const POISON = 0xff;

interface Outcome {
  readonly c: readonly number[];
  /** What was written outside c. */
  readonly elsewhere: Verdict;
}

/** The product in a memory of NaN. */
const multiplied = (blas: Blas, { product, a, b, gap }: Sample): Outcome => {
  const { dtype, m, k, n } = product;
  const bytes = bytesOf(dtype);
  const extent = (rows: number, columns: number, { row, column }: Operand): number =>
    bytes * (Math.max(0, rows - 1) * row + Math.max(0, columns - 1) * column + 1);
  const at = { a: gap, b: 0, c: 0 };
  at.b = at.a + extent(m, k, product.a) + gap;
  at.c = at.b + extent(k, n, product.b) + gap;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((at.c + m * n * bytes + gap) / 65536) });
  const raw = new Uint8Array(memory.buffer).fill(POISON);
  const floats = dtype === 'f32' ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const put = (from: number, columns: number, { row, column }: Operand, x: Tensor): void => {
    for (let i = 0; i < x.data.length; i++)
      floats[from / bytes + Math.floor(i / columns) * row + (i % columns) * column] = x.data[i] ?? NaN;
  };
  put(at.a, k, product.a, a);
  put(at.b, n, product.b, b);
  const before = raw.slice();
  const bound = blas.product(product);
  if (O.isNone(bound)) throw new Error('a product that BLAS does not know');
  bound.value(at)(memory.buffer)();
  const end = at.c + m * n * bytes;
  const stray = raw.findIndex((byte, i) => (i < at.c || i >= end) && byte !== before[i]);
  return {
    c: [...floats.subarray(at.c / bytes, end / bytes)],
    elsewhere: holds(
      stray < 0,
      'nothing written but the result',
      `byte ${stray} written, the result at ${at.c}–${end}`,
    ),
  };
};

const norm = (numbers: ArrayLike<number>): number => Math.sqrt(Array.from(numbers).reduce((sum, x) => sum + x * x, 0));

const exact = (blas: Blas): Law =>
  law(
    'whole numbers',
    'a product of small whole numbers is that of the reference, wherever its operands lie, and only it is written',
    samples(fc.integer({ min: -64, max: 64 })),
    (sample) => {
      const { c, elsewhere } = multiplied(blas, sample);
      // |Σ| ≤ 70·64² < 2²⁴: every partial sum is exact in either format. An empty sum may be of either sign.
      const expected = reference(sample.product.dtype).matmul(sample.a, sample.b).data;
      return all(elsewhere, ...c.map((x, i) => same((expected[i] ?? NaN) + 0, x + 0, `element ${i}`)));
    },
    { runs: 300, show },
  );

const rounded = (blas: Blas): Law =>
  law(
    'rounding',
    '‖C − C′‖ ≤ 2γₖ‖A‖‖B‖ in the Frobenius norm, C′ being the reference',
    // Products of these neither overflow nor underflow in f32, where the bound would not hold.
    samples(fc.double({ min: 2 ** -20, max: 2 ** 20, noNaN: true }).chain((x) => fc.constantFrom(x, -x))),
    (sample) => {
      const { dtype, k } = sample.product;
      const { c, elsewhere } = multiplied(blas, sample);
      const expected = reference(dtype).matmul(sample.a, sample.b).data;
      // Each side errs by at most γₖ|A||B| in every element, whatever its order and with fused operations or without
      // (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.5), and ‖|A||B|‖ ≤ ‖A‖‖B‖. The norms
      // here have an error of some 1e-12 of themselves, which one more in k covers, unless k = 0, where all is 0.
      const u = unitRoundoff(dtype);
      const gamma = k === 0 ? 0 : ((k + 1) * u) / (1 - (k + 1) * u);
      const bound = 2 * gamma * norm(sample.a.data) * norm(sample.b.data);
      const error = norm(c.map((x, i) => x - (expected[i] ?? NaN)));
      return all(elsewhere, holds(error <= bound, `at most ${bound}`, `${error}`));
    },
    { runs: 300, show },
  );

const refused = (blas: Blas): Law => {
  const memory = new WebAssembly.Memory({ initial: 1 }).buffer;
  const dense: Product = { dtype: 'f32', m: 2, k: 3, n: 4, a: { row: 3, column: 1 }, b: { row: 4, column: 1 } };
  const bind = (product: Product, a: number, b: number, c: number) => () => {
    const bound = blas.product(product);
    if (O.isSome(bound)) bound.value({ a, b, c })(memory);
  };
  const grown = () => {
    const small = new WebAssembly.Memory({ initial: 1 });
    const bound = blas.product(dense);
    if (O.isNone(bound)) return;
    const run = bound.value({ a: 0, b: 64, c: 128 })(small.buffer);
    small.grow(1);
    run();
  };
  return lawOf(
    'refusals',
    'nothing outside the memory is touched: an error names what would be',
    [
      { make: bind(dense, 65536 - 20, 0, 64), names: ['a of', '65516–65540', '65536'] },
      { make: bind(dense, 0, 65536 - 44, 64), names: ['b of', '65536'] },
      { make: bind(dense, 0, 64, 65536 - 28), names: ['c of', '65536'] },
      { make: bind(dense, -4, 64, 128), names: ['a of'] },
      { make: bind(dense, 2, 64, 128), names: ['a of'] },
      { make: grown, names: ['grown'] },
    ],
    ({ make, names }) => {
      const message = ((): string => {
        try {
          make();
          return 'nothing thrown';
        } catch (error) {
          return `${error}`;
        }
      })();
      return holds(
        message.includes('Blas: ') && names.every((name) => message.includes(name)),
        names.join(', '),
        message,
      );
    },
  );
};

const unknown = (blas: Blas): Law =>
  lawOf(
    'operands that BLAS does not know',
    'are none: neither rows nor columns dense, or rows that overlap',
    [
      { a: { row: 8, column: 2 }, known: false },
      { a: { row: 0, column: 1 }, known: false },
      { a: { row: 1, column: 0 }, known: false },
      { a: { row: 1, column: 1 }, known: false },
      { a: { row: 3, column: 1 }, known: true },
      { a: { row: 1, column: 2 }, known: true },
    ],
    ({ a, known }) => {
      const product = { dtype: 'f64', m: 2, k: 3, n: 4, a, b: { row: 4, column: 1 } } as const;
      return same(known, O.isSome(blas.product(product)), `strides ${a.row}, ${a.column}`);
    },
  );

/** The laws of an open library. */
export const blasLaws = (blas: Blas): LawSet =>
  lawSet(`BLAS (${blas.library})`, [exact(blas), rounded(blas), refused(blas), unknown(blas)]);
