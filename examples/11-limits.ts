/**
 * Limits of supervised networks: too little data, columns of mixed types, extrapolation, and prediction without
 * understanding, each a small experiment over seeds beside a baseline that knows a little of what is measured.
 *
 *     npx tsx examples/11-limits.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from 'nabla-ts';
import { type Cell, table } from './limits/compare.ts';
import { agreement, extrapolation } from './limits/extrapolation.ts';
import { frankeCurve, isingCurve } from './limits/little-data.ts';
import { mixedTypes } from './limits/mixed-types.ts';
import { understanding } from './limits/understanding.ts';
import { main, type Report } from './print.ts';

export interface Sizes {
  readonly seeds: number;
  readonly ising: { readonly size: number; readonly counts: readonly number[]; readonly steps: number };
  readonly franke: { readonly counts: readonly number[]; readonly steps: number };
  readonly mixed: { readonly counts: readonly number[]; readonly steps: number };
  readonly years: { readonly count: number; readonly steps: number; readonly members: number };
  readonly turned: { readonly size: number; readonly count: number; readonly steps: number };
}

/** What the chapter's numbers were measured at. */
export const FULL: Sizes = {
  seeds: 10,
  ising: { size: 12, counts: [50, 200, 800], steps: 300 },
  franke: { counts: [10, 30, 100, 300], steps: 200 },
  mixed: { counts: [100, 400, 1600], steps: 1000 },
  years: { count: 120, steps: 1500, members: 5 },
  turned: { size: 12, count: 400, steps: 300 },
};

/** What each experiment came to. */
export interface Measured {
  readonly ising: readonly Cell[];
  readonly franke: readonly Cell[];
  readonly mixed: readonly Cell[];
  readonly years: readonly Cell[];
  readonly agreement: readonly Cell[];
  readonly turned: readonly Cell[];
}

/** Runs all experiments. */
export const measure = ({
  seeds,
  ising,
  franke,
  mixed,
  years,
  turned,
}: Sizes = FULL): E.Either<Failure.Failure, Measured> =>
  pipe(
    E.Do,
    E.bind('ising', () => isingCurve(ising.size, ising.counts, ising.steps, seeds)),
    E.bind('franke', () => frankeCurve(franke.counts, franke.steps, seeds)),
    E.bind('mixed', () => mixedTypes(mixed.counts, mixed.steps, seeds)),
    E.bind('years', () => extrapolation(years.count, years.steps, seeds)),
    E.bind('agreement', () => agreement(years.count, years.steps, years.members, seeds)),
    E.bind('turned', () => understanding(turned.size, turned.count, turned.steps, seeds)),
  );

/** What was measured, as tables of means with their 95 % intervals. */
export const report = ({ ising, franke, mixed, years, agreement: agreed, turned }: Measured): Report =>
  pipe(
    [
      ['Ising spins: accuracy by configurations', ising],
      ["Franke's function: error by points", franke],
      ['mixed types: error by rows', mixed],
      ['extrapolation: error', years],
      ['five networks together', agreed],
      ['Ising spins that point up: accuracy', turned],
    ] as const,
    E.traverseArray(([title, cells]) => table(title)(cells)),
    E.map((tables) => tables.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))),
  );

/** The four limits, measured. */
export const limits = (sizes: Sizes = FULL): Report => pipe(measure(sizes), E.chain(report));

main(import.meta.url, limits);
