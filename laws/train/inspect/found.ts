/** Inspections as they might have been found, by hand, and what is wrong with their inputs. */
import type { Finding } from '../../../src/train/inspect/finding.ts';
import type * as Inspect from '../../../src/train/inspect/index.ts';

export type Layer = Inspect.LayerStatistics;
type Column = Inspect.ColumnStatistics;

/** A layer as it might have been found, of one unit. */
export const layer = (path: readonly string[], kind: string, own: Partial<Layer> = {}): Layer => ({
  path,
  kind,
  units: 1,
  mean: 0,
  deviation: 1,
  ...own,
});

/** One that learns, whose gradient has a root mean square of `amount` over 8 rows. */
export const learning = (at: number, amount: number, units = 2, own: Partial<Layer> = {}): Layer =>
  layer([`${at}`], 'dense', {
    units,
    gradientNorm: amount * Math.sqrt(8 * units),
    gradientDeviation: amount,
    parameterGradientNorm: 1,
    ...own,
  });

export const acting = (at: number, saturation: number, dead = 0, oneSided = false): Layer =>
  layer([`${at}`], 'tanh', { gradientNorm: 1, gradientDeviation: 1, saturation, dead, oneSided });

export const column = (at: number, determination: number, width = 1): Column => ({
  column: at,
  least: at,
  greatest: at + width,
  determination,
});

export const found = (
  rows: number,
  layers: readonly Layer[],
  columns: readonly Column[] = [column(0, 0)],
): Inspect.Inspection => ({
  rows,
  loss: 1,
  layers,
  columns,
});

export type Named = Omit<Finding, 'advice'>;

export interface Case {
  readonly what: string;
  readonly of: Inspect.Inspection;
  readonly limits?: Inspect.OwnLimits;
  readonly findings: readonly Named[];
}

export const dense = (at: number): string => `layer ${at} (dense)`;
export const tanh = (at: number): string => `layer ${at} (tanh)`;

const leak = [column(0, 0.95), column(1, 1), column(2, 0.9499), column(3, 0.95)] as const;

export const ofInputs: readonly Case[] = [
  {
    what: 'three columns that leak',
    of: found(32, [], leak),
    findings: [
      {
        fault: 'leakingTarget',
        amount: 1,
        limit: 0.95,
        evidence: [
          { where: 'column 0', amount: 0.95 },
          { where: 'column 1', amount: 1 },
          { where: 'column 3', amount: 0.95 },
        ],
        words: 'column 1 alone predicts 100 % of the variance of the targets or of their ranks, and so do 2 more.',
      },
    ],
  },
  {
    what: 'two columns that leak alike: the first is named',
    of: found(32, [], leak.slice(2)),
    limits: { leaking: 0.9499 },
    findings: [
      {
        fault: 'leakingTarget',
        amount: 0.95,
        limit: 0.9499,
        evidence: [
          { where: 'column 2', amount: 0.9499 },
          { where: 'column 3', amount: 0.95 },
        ],
        words: 'column 3 alone predicts 95 % of the variance of the targets or of their ranks, and so does 1 more.',
      },
    ],
  },
  { what: 'leaks of too few rows', of: found(31, [], leak), findings: [] },
  {
    what: 'leaks of too few rows by another limit',
    of: found(40, [], leak),
    limits: { leakingRows: 41 },
    findings: [],
  },
  { what: 'the one column there is', of: found(32, [], leak.slice(0, 1)), findings: [] },
  {
    what: 'the one of two columns',
    of: found(2, [], leak.slice(1, 3)),
    limits: { leakingRows: 2 },
    findings: [
      {
        fault: 'leakingTarget',
        amount: 1,
        limit: 0.95,
        evidence: [{ where: 'column 1', amount: 1 }],
        words: 'column 1 alone predicts 100 % of the variance of the targets or of their ranks.',
      },
    ],
  },
  {
    what: 'a column that never varies',
    of: found(8, [], [column(0, 0), column(1, 0, 0), column(2, 0)]),
    findings: [
      {
        fault: 'deadInput',
        amount: 1,
        limit: 1,
        evidence: [{ where: 'column 1', amount: 1 }],
        words: '1 of 3 columns has one value in all 8 rows, the first of them 1.',
      },
    ],
  },
  {
    what: 'two that never vary',
    of: found(8, [], [column(0, 0), column(5, 0, 0), column(7, 0, 0)]),
    findings: [
      {
        fault: 'deadInput',
        amount: 2,
        limit: 1,
        evidence: [
          { where: 'column 5', amount: 5 },
          { where: 'column 7', amount: 7 },
        ],
        words: '2 of 3 columns have one value in all 8 rows, the first of them 5.',
      },
    ],
  },
  { what: 'what never varies in too few rows', of: found(7, [], [column(0, 0, 0)]), findings: [] },
  {
    what: 'what never varies in too few rows by another limit',
    of: found(8, [], [column(0, 0, 0)]),
    limits: { rows: 9 },
    findings: [],
  },
];
