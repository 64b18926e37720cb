/** Wrong engines: small ones that compute when they are asked, each with a fault of those that compile. */
import { create } from '../../src/engine/engine.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { spied } from '../engine/spied.ts';
import type { LawSet } from '../law.ts';
import { type Compiles, engine, type Program, type Tensors } from '../pack/engine.ts';
import type { Broken } from './broken.ts';
import { everyFourthLane, fused, mapBy, ternary } from './ops-maps.ts';

/** An engine that interprets, with some operations of its own. */
const interpreting =
  (own: (dtype: Dtype, right: Ops<Tensor>) => Partial<Ops<Tensor>>): Compiles =>
  ({ dtype, results }) =>
  (inputs) =>
    results({ ...reference(dtype), ...own(dtype, reference(dtype)) }, inputs);

const plain = interpreting(() => ({}));

/** A product in tiles of four columns, told what to do in a tile that is not full. */
const tiled =
  (edge: (column: number, columns: number) => number) =>
  (dtype: Dtype, right: Ops<Tensor>): Partial<Ops<Tensor>> => ({
    matmul: (a, b) => {
      const y = right.matmul(a, b);
      const columns = b.shape.at(-1) ?? 1;
      const inEdge = (column: number): boolean => column >= columns - (columns % 4);
      return generate(dtype, y.shape, (i) => {
        const column = i % columns;
        return y.data[i - column + (inEdge(column) ? edge(column, columns) : column)] ?? NaN;
      });
    },
  });

/** Sums along the first axis of rows padded to a multiple of four with the last row. */
const paddedRows = (dtype: Dtype, right: Ops<Tensor>): Partial<Ops<Tensor>> => ({
  sum: (axes, x) => {
    const [rows = 1] = x.shape;
    const width = x.data.length / Math.max(1, rows);
    if (!axes.includes(0) || x.shape.length < 2 || rows % 4 === 0) return right.sum(axes, x);
    const padded = 4 * Math.ceil(rows / 4);
    return right.sum(
      axes,
      generate(
        dtype,
        x.shape.with(0, padded),
        (i) => x.data[i < x.data.length ? i : x.data.length - width + (i % width)] ?? NaN,
      ),
    );
  },
});

/** Sums in pairs. */
const inPairs = (dtype: Dtype, right: Ops<Tensor>): Partial<Ops<Tensor>> => {
  const rounded = round(dtype);
  const pairwise = (row: readonly number[]): number =>
    row.length < 2
      ? (row[0] ?? 0) + 0
      : rounded(pairwise(row.slice(0, row.length >> 1)) + pairwise(row.slice(row.length >> 1)));
  return {
    sum: (axes, x) => {
      const n = x.shape.at(-1) ?? 1;
      const last = x.shape.length - 1;
      return axes.length === 1 && axes[0] === last
        ? generate(dtype, x.shape.with(last, 1), (i) => pairwise(Array.from(x.data).slice(i * n, (i + 1) * n)))
        : right.sum(axes, x);
    },
  };
};

/** An engine whose products are added to what the buffer of their size held before. */
const uncleared = (): Compiles => {
  const buffers = new Map<number, Tensor>();
  return interpreting((dtype, right) => ({
    matmul: (a, b) => {
      const y = right.matmul(a, b);
      const before = buffers.get(y.data.length);
      buffers.set(y.data.length, y);
      // Only where a buffer is used by more than one plan does the clearing at its allocation not suffice.
      return before === undefined ? y : generate(dtype, y.shape, (i) => (y.data[i] ?? NaN) + 0 * (before.data[i] ?? 0));
    },
  }));
};

/** An engine that knows a plan again by the names and widths of its inputs. */
const cachedByName = (): Compiles => {
  const plans = new Map<string, Program>();
  const fitted = (x: Tensor, shape: readonly number[]): Tensor => generate(x.dtype, shape, (i) => x.data[i] ?? 0);
  return (program) => {
    const key = Object.entries(program.inputs)
      .map(([name, shape]) => `${name}:${shape.slice(1)}`)
      .join();
    const known = plans.get(key) ?? program;
    plans.set(key, known);
    return (inputs) =>
      plain(known)(
        Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, fitted(x, known.inputs[name] ?? x.shape)])),
      );
  };
};

/** An engine that hands out its own memory. */
const overwriting = (): Compiles => (program) => {
  const memory = new Map<string, Tensor>();
  return (inputs) =>
    Object.fromEntries(
      Object.entries(plain(program)(inputs)).map(([name, result]) => {
        const own = memory.get(name) ?? generate(result.dtype, result.shape, () => 0);
        if (own.data instanceof Float32Array || own.data instanceof Float64Array) own.data.set(result.data);
        memory.set(name, own);
        return [name, own];
      }),
    );
};

/** An engine that puts a result in the place of the input of its name. */
const inPlace: Compiles = (program) => (inputs) => {
  const results = plain(program)(inputs);
  for (const [name, result] of Object.entries(results)) {
    const data = inputs[name]?.data;
    if (data instanceof Float32Array || data instanceof Float64Array) data.set(result.data);
  }
  return results;
};

/** An engine whose kept inputs are written once: what a later caller gives in their place is not looked at. */
const keeping = (): Compiles => (program) => {
  let kept: Tensors | undefined;
  return (inputs) => {
    const results = plain(program)({ ...inputs, ...kept });
    kept = Object.fromEntries(Object.entries(results).filter(([name]) => Object.hasOwn(inputs, name)));
    return results;
  };
};

/** Products in f64. */
const inDouble = (dtype: Dtype): Partial<Ops<Tensor>> => ({
  matmul: (a, b) => {
    const exact = (x: Tensor): Tensor => generate('f64', x.shape, (i) => x.data[i] ?? NaN);
    const y = reference('f64').matmul(exact(a), exact(b));
    return generate(dtype, y.shape, (i) => y.data[i] ?? NaN);
  },
});

export const broken: readonly Broken[] = [
  {
    name: 'an edge tile wrong in one column',
    fault: 'the last column of a tile that is not full repeats the one before it',
    law: 'products: every tile and edge',
    laws: engine(() =>
      interpreting(tiled((column, columns) => (column === columns - 1 ? Math.max(0, column - 1) : column))),
    ),
  },
  {
    name: 'products in double',
    fault: 'f32 products are summed in f64 and rounded at the end',
    law: 'products: every tile and edge',
    laws: engine(() => interpreting(inDouble)),
  },
  {
    name: 'f32 rounding missed in one lane',
    fault: 'every fourth element of a formula is rounded only at the end',
    law: 'formulas: every lane',
    laws: engine(() => interpreting((dtype) => ({ map: mapBy(dtype, everyFourthLane(dtype)) }))),
  },
  {
    name: 'fused multiply-add',
    fault: 'a product and a sum are rounded once',
    law: 'formulas: every lane',
    laws: engine(() => interpreting((dtype) => ({ map: mapBy(dtype, fused(dtype)) }))),
  },
  {
    name: 'the machine’s min and max',
    fault: 'min is a < b ? a : b, as the instruction of many machines has it',
    law: 'formulas: min, max, −0 and NaN',
    laws: engine(() => interpreting((dtype) => ({ map: mapBy(dtype, ternary(dtype)) }))),
  },
  {
    name: 'sums in pairs',
    fault: 'sums along the last axis are a tree of halves, where 16 partial sums are stated',
    law: 'programs',
    laws: engine(() => interpreting(inPairs)),
  },
  {
    name: 'padding that counts',
    fault: 'a batch is filled up to a multiple of four with its last row, and sums over the batch count that again',
    law: 'operations',
    laws: engine(() => interpreting(paddedRows)),
  },
  {
    name: 'a stale buffer',
    fault: 'products are made in a buffer that an earlier plan left its NaN in',
    law: 'nothing is left behind by earlier runs',
    laws: engine(uncleared),
  },
  {
    name: 'a plan for other rows',
    fault: 'plans are kept under the names and widths of their inputs, so a last batch runs the plan of a full one',
    law: 'a smaller batch after a larger one',
    laws: engine(cachedByName),
  },
  {
    name: 'results that are memory',
    fault: 'what is handed out is overwritten by the next run',
    law: 'results and inputs are left alone',
    laws: engine(overwriting),
  },
  {
    name: 'inputs updated in place',
    fault: 'the new weights are written where the caller keeps the old ones',
    law: 'results and inputs are left alone',
    laws: engine(() => inPlace),
  },
  {
    name: 'a state that cannot be resumed',
    fault: 'weights live in the engine, and those that a caller gives later are not looked at',
    law: 'a state goes round',
    laws: engine(keeping),
  },
];

/** The engine of this project in memory that held NaN, and as a user makes it (its own suite tries it far longer), and the
 * slowest engine. */
export const correct: readonly LawSet[] = [
  engine(() => spied().engine, { name: 'engine, poisoned', runs: 5 }),
  engine(
    (() => {
      const shared = create();
      return () => shared;
    })(),
    { name: 'engine, shared', runs: 3 },
  ),
  engine(() => plain, { name: 'engine, interpreting' }),
];
