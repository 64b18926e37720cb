/** Emitted matrix products are the reference's in every bit, and touch nothing but what is theirs. */
import * as fc from 'fast-check';
import type { Operand, Product } from '../../src/engine/emit/product.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { show, type Tensor } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';
import { wild } from '../ops/samples.ts';
import { type Last, lasts, moduleOf, run } from './product-run.ts';

interface Sample {
  readonly p: Product;
  readonly a: Tensor;
  readonly b: Tensor;
  readonly last: Last;
}

/** Row-major, column-major, with gaps between rows, and with gaps everywhere. */
const operand = (rows: number, columns: number): fc.Arbitrary<Operand> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ row: columns, column: 1 }) },
    { weight: 4, arbitrary: fc.constant({ row: 1, column: rows }) },
    { weight: 1, arbitrary: fc.nat(5).map((gap) => ({ row: columns + gap, column: 1 })) },
    { weight: 1, arbitrary: fc.nat(5).map((gap) => ({ row: 1, column: rows + gap })) },
    { weight: 1, arbitrary: fc.constant({ row: 2 * columns + 1, column: 2 }) },
  );

interface Sizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const sizes: fc.Arbitrary<Sizes> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ m: upTo(9), k: upTo(9), n: upTo(9) }) },
  { weight: 4, arbitrary: fc.record({ m: upTo(40), k: upTo(70), n: upTo(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({ m: fc.constantFrom(1, 13, 31, 64), k: upTo(20), n: fc.constantFrom(1, 10, 67) }),
  },
);

/** So deep that k is cut into blocks; so high that the rows are cut into bands; so wide that the left side is copied, in one band or more. */
const large: fc.Arbitrary<Sizes> = fc.oneof(
  fc.record({ m: upTo(14), k: fc.integer({ min: 500, max: 2100 }), n: upTo(20) }),
  fc.record({ m: fc.integer({ min: 200, max: 700 }), k: fc.integer({ min: 200, max: 300 }), n: upTo(9) }),
  fc.record({
    m: fc.integer({ min: 35, max: 350 }),
    k: fc.integer({ min: 120, max: 270 }),
    n: fc.integer({ min: 48, max: 110 }),
  }),
  fc.record({
    m: fc.integer({ min: 270, max: 350 }),
    k: fc.integer({ min: 250, max: 300 }),
    n: fc.integer({ min: 48, max: 60 }),
  }),
);

const tiles = fc.record({ rows: upTo(8), columns: upTo(24) });

const samples = (of: fc.Arbitrary<Sizes>, tile: fc.Arbitrary<Product['tile']>): fc.Arbitrary<Sample> =>
  fc.tuple(dtypes, of, tile).chain(([dtype, { m, k, n }, one]) =>
    fc.record({
      p: fc
        .record({ a: operand(m, k), b: operand(k, n) })
        .map((laid) => ({ dtype, m, k, n, ...laid, ...(one === undefined ? {} : { tile: one }) })),
      a: wild(dtype, [m, k]),
      b: wild(dtype, [k, n]),
      last: fc.constantFrom(...lasts),
    }),
  );

const printed = {
  show: ({ p, a, b, last }: Sample): string =>
    `${JSON.stringify(p)}, ${last} last, ${p.m * p.k + p.k * p.n < 200 ? `${show(a)} times ${show(b)}` : 'large'}`,
};

const bits = ({ p, a, b, last }: Sample): Verdict => {
  const { data } = reference(p.dtype).matmul(a, b);
  const { rows } = run(p, a, b, last);
  const wrong = rows.findIndex((x, i) => !Object.is(x, data[i]));
  return wrong === -1 ? undefined : same(data[wrong], rows[wrong], `[${Math.floor(wrong / p.n)}, ${wrong % p.n}]`);
};

const any = fc.constant(undefined);

const equal: Law = law(
  'bits',
  'an emitted product is the reference in every bit, whatever the shape, the strides and the numbers',
  samples(sizes, any),
  bits,
  { runs: 250, ...printed },
);

const blocks: Law = law(
  'blocks',
  'the same where k is cut into blocks and the rows into bands',
  samples(large, any),
  bits,
  { runs: 40, ...printed },
);

const choices: Law = law('tiles', 'the same with every tile', samples(sizes, tiles), bits, { runs: 200, ...printed });

const either = fc.oneof({ weight: 9, arbitrary: sizes }, { weight: 1, arbitrary: large });

const reports: Law = law(
  'reports',
  'every row is reported once, in ascending order, and never touched again',
  samples(either, fc.option(tiles, { nil: undefined })),
  ({ p, a, b, last }) => {
    const { reports: told } = run(p, a, b, last);
    return all(
      holds(told.length > 0, 'a report', 'none'),
      ...told.map(({ from, to }, i) =>
        all(same(i === 0 ? 0 : told[i - 1]?.to, from), holds(from < to, 'rows', `${from} to ${to}`)),
      ),
      same(p.m, told.at(-1)?.to),
    );
  },
  { runs: 60, ...printed },
);

const bounds: Law = law(
  'bounds',
  'nothing is written outside of c and scratch, and nothing is read past the padding of an operand',
  samples(either, fc.option(tiles, { nil: undefined })),
  ({ p, a, b, last }) => same(undefined, run(p, a, b, last).trespass),
  { runs: 100, ...printed },
);

const pure: Law = law(
  'same bytes',
  'equal descriptions give equal modules',
  samples(sizes, fc.option(tiles, { nil: undefined })),
  ({ p }) => {
    const [one, other] = [moduleOf(p), moduleOf(structuredClone(p))];
    return all(
      same(one.length, other.length),
      same(
        -1,
        one.findIndex((byte, i) => byte !== other[i]),
      ),
    );
  },
  { runs: 50, ...printed },
);

export const productLaws: LawSet = lawSet('emitted products', [equal, blocks, choices, reports, bounds, pure]);
