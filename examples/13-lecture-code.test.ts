/** The lecture's programs at a reduced size: what explains what is asserted, and the rebuilt faults are what they claim. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Engine, Key, Ops, Tensor } from 'nabla-ts';
import { describe, expect, it } from 'vitest';
import { draws, faults, gates, summary } from './13-lecture-code.ts';
import { accuracy, gate, polynomial, published, quarter } from './lecture/programs.ts';
import { all, type Fault, forward, type Program } from './lecture/teaching.ts';
import { bootstrap, train } from './lecture/train.ts';
import type { Report } from './print.ts';

const referenceOps = Ops.reference('f64');
const folder = fileURLToPath(new URL('../../shared/data', import.meta.url));
const missing = !existsSync(`${folder}/breast_cancer.csv`) || !existsSync(`${folder}/digits.csv.gz`);

const lines = (report: Report): readonly string[] => {
  expect(report).toSatisfy(E.isRight);
  return E.isRight(report) ? report.right : [];
};

const small: Program = {
  ...published.network,
  widths: [2, 3, 2, 1],
  hidden: 'sigmoid',
  learningRate: 0.05,
  epochs: 7,
  batches: 2,
};
const rows = gate('xor');
const layersOf = (program: Program, some: readonly Fault[], engine = Engine.reference) =>
  train(engine, program, new Set(some))(Key.fromSeed(3), rows).layers;
const numbersOf = (layers: ReturnType<typeof layersOf>): readonly number[] =>
  layers.flatMap(({ weight, bias }) => [...Tensor.toArray(weight), ...Tensor.toArray(bias)]);

describe('13: the lecture’s programs', () => {
  it('takes the same steps on the engine and on the reference, bit for bit, with all faults and with none', () => {
    for (const [rule, some] of [
      ['constant', []],
      ['adagrad', all],
      ['adam', all],
    ] as const)
      expect(numbersOf(layersOf({ ...small, rule, penalty: 0.1 }, some))).toStrictEqual(
        numbersOf(layersOf({ ...small, rule, penalty: 0.1 }, some, Engine.create())),
      );
  });

  it('moves against the derivative of the cost where no fault is in, and not where one is', () => {
    // One step of plain descent, so that (before − after)/rate is the gradient; a central difference of the cost beside it.
    const program: Program = { ...small, rule: 'constant', learningRate: 1, epochs: 1, batches: 1, dtype: 'f64' };
    const start = layersOf({ ...program, epochs: 0 }, []);
    const cost = (some: readonly Fault[], changed: typeof start): number => {
      const y = forward(referenceOps, program, new Set(some))(changed, rows.inputs).at(-1)?.a;
      return (
        Tensor.toArray(rows.targets).reduce((sum, t, i) => {
          const a = y?.data[i] ?? Number.NaN;
          return sum - t * Math.log(a) - (1 - t) * Math.log(1 - a);
        }, 0) / 4
      );
    };
    const nudged = (at: number, by: number): typeof start => {
      let seen = 0;
      const own = (tensor: Tensor.Tensor): Tensor.Tensor => {
        const from = seen;
        seen += tensor.data.length;
        return Tensor.generate('f64', tensor.shape, (i) => (tensor.data[i] ?? NaN) + (from + i === at ? by : 0));
      };
      return start.map(({ weight, bias }) => ({ weight: own(weight), bias: own(bias) }));
    };
    const h = 1e-5;
    const gap = (some: readonly Fault[]): number => {
      const before = numbersOf(start);
      const after = numbersOf(layersOf(program, some));
      return Math.max(
        ...before.map((x, i) => {
          const slope = (cost(some, nudged(i, h)) - cost(some, nudged(i, -h))) / (2 * h);
          return Math.abs(x - (after[i] ?? NaN) - slope);
        }),
      );
    };
    // h² times a third derivative of order 1, and the rounding of a cost near 1 over h: about 1e-10 and 1e-11.
    expect(gap([])).toBeLessThan(1e-8);
    for (const fault of ['biasColumn', 'updatedFirst'] as const) expect(gap([fault])).toBeGreaterThan(1e-5);
  });

  it('changes no bit by a fault that does not come into play', () => {
    const one = { ...small, batches: 1 };
    const plain = numbersOf(layersOf(one, []));
    // With a batch an epoch, counting epochs is counting steps; no sum is kept by Adam's rows; no softmax, no scores counted.
    for (const fault of ['epochCorrection', 'perRow', 'unaveraged', 'elementwise'] as const)
      expect(numbersOf(layersOf(one, [fault])), fault).toStrictEqual(plain);
    for (const fault of ['biasColumn', 'updatedFirst', 'bootstrap', 'reset', 'clipped'] as const)
      expect(numbersOf(layersOf(one, [fault])), fault).not.toStrictEqual(plain);
    expect(numbersOf(layersOf(small, ['epochCorrection']))).not.toStrictEqual(numbersOf(layersOf(small, [])));
  });

  it('scores 0.90 for predicting no class at all, element by element', () => {
    const program: Program = { ...published.digits, widths: [1, 10] };
    const inputs = Tensor.zeros('f32', [10, 1]);
    const targets = Tensor.generate('f32', [10, 10], (i) => Number(i % 11 === 0));
    const layers = [{ weight: Tensor.zeros('f32', [1, 10]), bias: Tensor.zeros('f32', [1, 10]) }];
    const scored = (some: readonly Fault[]) =>
      accuracy(program, new Set(some), { layers, seen: { inputs, targets } }, { inputs, targets });
    // Every class has probability 0.1: none is above ½, and the first is taken where they are equal.
    expect(scored(['elementwise'])).toStrictEqual(E.right(0.9));
    expect(scored([])).toStrictEqual(E.right(0.1));
  });

  it('reaches 1.00 on a bootstrap of XOR that leaves a row out, and never on all four', () => {
    const program = published.gates;
    const engine = Engine.create();
    const has = new Set(all);
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const key = Key.fromSeed(seed);
      const trained = train(engine, program, has)(key, rows);
      const drawn = new Set(bootstrap(4)(Key.foldIn(0)(key))).size;
      const own = pipe(
        accuracy(program, has, trained, trained.seen),
        E.getOrElse(() => 0),
      );
      if (drawn < 4) expect(own, `seed ${seed}`).toBe(1);
      else expect(own).toBeLessThanOrEqual(0.75);
      expect(
        pipe(
          accuracy(program, has, trained, rows),
          E.getOrElse(() => 1),
        ),
      ).toBeLessThanOrEqual(0.75);
    }
  });

  it('holds a quarter out, of which the polynomial has one row', () => {
    const parts = quarter(polynomial(0.5))(Key.fromSeed(1));
    expect([parts.train.inputs.shape, parts.held.inputs.shape]).toStrictEqual([
      [3, 10],
      [1, 10],
    ]);
    // All of x, y, … at (½, ½): ½ to the degree.
    const corner = Tensor.toRows(polynomial(0.5).inputs)[3];
    expect(corner).toStrictEqual([1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.125]);
    expect(Tensor.toArray(polynomial(0.5).targets)).toStrictEqual([0, 1.25, 2.25, 4.5]);
  });

  it('draws bootstraps and counts gates', () => {
    const [first = '', ...others] = lines(draws(3, 0.05));
    expect(first).toContain('1 − 4!/4⁴ = 0.90625');
    // 20,000 draws of a share of 0.90625 deviate by 0.0021: four of these.
    expect(Math.abs(Number(/rows (\d+)/.exec(first)?.[1]) / 20_000 - 0.90625)).toBeLessThan(0.0084);
    expect(others).toHaveLength(3);
    const table = lines(gates(2, 200, [0.1]));
    expect(table).toContain('| XOR, no hidden layer | 0 |');
    expect(table).toContain('| AND, four tanh units | 2 |');
  });

  it.skipIf(missing)('prints the tables (skipped where the data folder is missing)', () => {
    const sizes = { seeds: 2, share: 0.002, redone: [10, 5, 2, 1] } as const;
    const table = lines(summary(folder, sizes));
    expect(table).toHaveLength(8);
    for (const row of table.slice(2)) expect(row.split('|')).toHaveLength(8);
    const tables = lines(faults(folder, 'xor', sizes));
    expect(tables[0]).toMatch(/^\| XOR, no hidden layer \| taken out of all faults: /);
    expect(tables.filter((line) => line.startsWith('| `'))).toHaveLength(4);
    expect(tables.every((line) => line.split('|').length === 7)).toBe(true);
    expect(faults(folder, 'nothing', sizes)).toSatisfy(E.isLeft);
  });
});
