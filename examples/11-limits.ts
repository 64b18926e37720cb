/**
 * Limits of supervised networks: too little data, columns of mixed types, extrapolation, and prediction without
 * understanding, each a small experiment over seeds beside a baseline that knows a little of what is measured.
 * All of them, or one:
 *
 *     npx tsx examples/11-limits.ts [ising | franke | mixed | years | agreement | turned]
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RR from 'fp-ts/lib/ReadonlyRecord.js';
import { Failure } from 'nabla-ts';
import { type Cell, pageTable } from './limits/compare.ts';
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
export type Measured = Readonly<Record<Experiment, readonly Cell[]>>;

type Run = (sizes: Sizes) => E.Either<Failure.Failure, readonly Cell[]>;

/** Each experiment, and the title of its table. */
const experiments = {
  ising: ['accuracy by configurations', ({ ising, seeds }) => isingCurve(ising.size, ising.counts, ising.steps, seeds)],
  franke: ['root mean squared error by points', ({ franke, seeds }) => frankeCurve(franke.counts, franke.steps, seeds)],
  mixed: ['root mean squared error by rows', ({ mixed, seeds }) => mixedTypes(mixed.counts, mixed.steps, seeds)],
  years: ['root mean squared error', ({ years, seeds }) => extrapolation(years.count, years.steps, seeds)],
  agreement: ['five networks, tanh', ({ years, seeds }) => agreement(years.count, years.steps, years.members, seeds)],
  turned: [
    'accuracy on 1,050 fresh configurations',
    ({ turned, seeds }) => understanding(turned.size, turned.count, turned.steps, seeds),
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, run: Run]>>;

export type Experiment = keyof typeof experiments;

const isExperiment = (name: string): name is Experiment => Object.hasOwn(experiments, name);

/** Runs all experiments. */
export const measure = (sizes: Sizes = FULL): E.Either<Failure.Failure, Measured> =>
  pipe(
    experiments,
    RR.traverse(E.Applicative)(([, run]: readonly [string, Run]) => run(sizes)),
  );

/** What was measured, as tables in Markdown: means with their 95 % intervals. */
export const report = (measured: Partial<Measured>): Report =>
  pipe(
    Object.keys(experiments).filter(isExperiment),
    E.traverseArray((name) => {
      const cells = measured[name];
      return cells === undefined ? E.right([]) : pageTable(experiments[name][0])(cells);
    }),
    E.map((tables) => tables.filter(({ length }) => length > 0)),
    E.map((tables) => tables.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))),
  );

/** The limits, measured: all of them if none is named. */
export const limits = (name?: string, sizes: Sizes = FULL): Report => {
  if (name === undefined) return pipe(measure(sizes), E.chain(report));
  if (!isExperiment(name))
    return E.left(Failure.failure('config', 'limits', `one of ${Object.keys(experiments).join(', ')}`, name));
  return pipe(
    experiments[name][1](sizes),
    E.chain((cells) => report({ [name]: cells })),
  );
};

main(import.meta.url, () => limits(process.argv[2]));
