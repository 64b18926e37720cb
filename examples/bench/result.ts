/** What is found of one contestant at one workload. */
import type { Contestant } from './contestants.ts';
import type { Summary } from './statistics.ts';
import type { Workload } from './workloads.ts';

/** Times in seconds. */
export interface Measured {
  readonly name: string;
  readonly kind: Contestant['kind'];
  /** What it is made of. */
  readonly made: string;
  /** Why it cannot be compared, where it cannot. */
  readonly differs: string | null;
  /** From the first call to the first finished step. */
  readonly first: number;
  readonly step: Summary;
  /** The matrix products of a step and nothing else. */
  readonly products: Summary | null;
  /** Of the first step, over the first epoch, and of the last turn. */
  readonly losses: ReadonlyArray<number | null>;
  readonly steps: number;
  /** Bytes that came with training. */
  readonly memory: number;
}

export interface Absent {
  readonly name: string;
  readonly kind: Contestant['kind'];
  readonly unable: string;
  /** What to install, where that would help. */
  readonly install: string | null;
}

export type Result = Measured | Absent;

export const isMeasured = (result: Result): result is Measured => 'step' in result;

/** A workload with what was found. */
export interface Found {
  /** Its place among the workloads, from 1; 0 where it is none of them. */
  readonly number: number;
  readonly workload: Workload;
  readonly results: readonly Result[];
}

/** The fastest of the peers that solve the same problem. */
export const fastestPeer = (results: readonly Result[]): Measured | undefined =>
  results
    .filter(isMeasured)
    .filter(({ kind, differs }) => kind === 'peer' && differs === null)
    .reduce<Measured | undefined>(
      (best, one) => (best === undefined || one.step.minimum < best.step.minimum ? one : best),
      undefined,
    );

/** How many times as fast as the fastest peer: by the least times, which a busy machine disturbs least. */
export const speed = (results: readonly Result[], { step }: Measured): number =>
  (fastestPeer(results)?.step.minimum ?? Number.NaN) / step.minimum;
