/** What the engines are held to: ratios of one run, since a machine drifts, and never a time alone. */
import { type Found, fastestPeer, isMeasured, type Measured, type Result } from './result.ts';
import { percent, short, table } from './text.ts';
import { flops } from './workloads.ts';

/** An engine against what: a peer by its name, the fastest, or a figure of its own. */
export interface Goal {
  readonly engine: string;
  /** Workloads, counted from 1. */
  readonly workloads: readonly number[];
  readonly what: { readonly fasterThan: string } | 'products, GFLOP/s' | 'not products' | 'first step, ms';
  /** At least this; at most, where less is better. */
  readonly bound: number;
}

export const goals: readonly Goal[] = [
  { engine: 'wasm', workloads: [1], what: { fasterThan: 'the fastest peer' }, bound: 10 },
  { engine: 'wasm', workloads: [2], what: { fasterThan: 'the fastest peer' }, bound: 1.25 },
  { engine: 'wasm', workloads: [3], what: { fasterThan: 'the fastest peer' }, bound: 1.5 },
  { engine: 'wasm', workloads: [4], what: { fasterThan: 'PyTorch' }, bound: 1 },
  { engine: 'wasm', workloads: [1, 2, 3, 4], what: { fasterThan: 'jax-js' }, bound: 3 },
  { engine: 'wasm', workloads: [5, 6], what: { fasterThan: 'jax-js' }, bound: 1.5 },
  { engine: 'wasm', workloads: [4, 5, 6], what: 'products, GFLOP/s', bound: 32 },
  { engine: 'wasm', workloads: [4, 5, 6], what: 'not products', bound: 0.2 },
  { engine: 'wasm', workloads: [4], what: 'first step, ms', bound: 150 },
  { engine: 'native', workloads: [1, 2, 3, 4, 5, 6], what: { fasterThan: 'the fastest peer' }, bound: 1 },
];

const lessIsBetter = (what: Goal['what']): boolean => what === 'not products' || what === 'first step, ms';

const peerOf = (results: readonly Result[], name: string): Measured | undefined =>
  name === 'the fastest peer' ? fastestPeer(results) : results.filter(isMeasured).find((one) => one.name === name);

/** The figure that a goal is about; undefined where someone that it needs was not measured. */
export const figure = (goal: Goal, { workload, results }: Found): number | undefined => {
  const one = results.filter(isMeasured).find(({ name }) => name === goal.engine);
  if (one === undefined) return undefined;
  if (typeof goal.what === 'object') {
    const peer = peerOf(results, goal.what.fasterThan);
    return peer === undefined ? undefined : peer.step.minimum / one.step.minimum;
  }
  if (goal.what === 'first step, ms') return 1e3 * one.first;
  if (one.products === null) return undefined;
  return goal.what === 'not products'
    ? 1 - one.products.minimum / one.step.minimum
    : flops(workload) / one.products.minimum / 1e9;
};

export const reached = ({ what, bound }: Goal, value: number): boolean =>
  lessIsBetter(what) ? value <= bound : value >= bound;

const words = (what: Goal['what']): string => (typeof what === 'object' ? `× ${what.fasterThan}` : what);
const shown = (what: Goal['what'], value: number): string => (what === 'not products' ? percent(value) : short(value));

/** Each goal with what was measured; nothing where none could be. */
export const goalTable = (found: readonly Found[], of: readonly Goal[] = goals): string => {
  const rows = of.flatMap((goal) =>
    goal.workloads.flatMap((n) => {
      const at = found.find(({ number }) => number === n);
      const value = at === undefined ? undefined : figure(goal, at);
      return at === undefined || value === undefined
        ? []
        : [
            [
              `${goal.engine}, ${at.workload.name}`,
              words(goal.what),
              `${lessIsBetter(goal.what) ? '≤' : '≥'} ${shown(goal.what, goal.bound)}`,
              shown(goal.what, value),
              reached(goal, value) ? 'reached' : 'missed',
            ],
          ];
    }),
  );
  return rows.length === 0 ? '' : table(['goal', '', 'bound', 'measured', ''], rows);
};
