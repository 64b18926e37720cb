/** Schedules where they begin, turn and end. */

import { all, lawOf, lawSet, same } from '../law.ts';
import type { Description } from './configs.ts';

import { scheduleMade } from './schedule-made.ts';

const scaled: Description = { kind: 'cosine', initial: 0.1, final: 0.003, steps: 7 };
const corners: ReadonlyArray<readonly [Description, ReadonlyArray<readonly [step: number, rate: number]>]> = [
  [
    { kind: 'constant', value: 0.3 },
    [
      [0, 0.3],
      [1e9, 0.3],
    ],
  ],
  [
    { kind: 'step', initial: 0.3, factor: 0.5, every: 4 },
    [
      [0, 0.3],
      [3, 0.3],
      [4, 0.15],
      [7, 0.15],
      [8, 0.075],
    ],
  ],
  [
    { kind: 'multiStep', initial: 0.3, factor: 0.5, milestones: [2, 5] },
    [
      [0, 0.3],
      [1, 0.3],
      [2, 0.15],
      [4, 0.15],
      [5, 0.075],
      [99, 0.075],
    ],
  ],
  [
    { kind: 'exponential', initial: 0.3, factor: 0.5, every: 3 },
    [
      [0, 0.3],
      [3, 0.15],
      [6, 0.075],
    ],
  ],
  [
    { kind: 'inverseTime', initial: 0.3, decay: 1, every: 2 },
    [
      [0, 0.3],
      [2, 0.15],
      [6, 0.075],
    ],
  ],
  [
    { kind: 'polynomial', initial: 0.3, final: 0.1, power: 3, steps: 5 },
    [
      [0, 0.3],
      [5, 0.1],
      [6, 0.1],
    ],
  ],
  [{ kind: 'polynomial', initial: 0.3, final: 0, power: 2, steps: 4 }, [[2, 0.3 / 4]]],
  [
    scaled,
    [
      [0, 0.1],
      [7, 0.003],
      [8, 0.003],
      [1000, 0.003],
    ],
  ],
  [
    { kind: 'cosineWithRestarts', initial: 0.1, final: 0.003, steps: 3, factor: 2 },
    [
      [0, 0.1],
      [3, 0.1],
      [9, 0.1],
      [21, 0.1],
    ],
  ],
  [
    { kind: 'linearWarmup', initial: 0.01, final: 0.3, steps: 4 },
    [
      [0, 0.01],
      [4, 0.3],
      [5, 0.3],
    ],
  ],
  [
    {
      kind: 'oneCycle',
      peak: 0.3,
      steps: 10,
      warmupFraction: 0.5,
      initialDivisor: 4,
      finalDivisor: 2,
      annealing: 'cosine',
    },
    [
      [0, 0.3 / 4],
      [5, 0.3],
      [10, 0.3 / 8],
      [11, 0.3 / 8],
    ],
  ],
  [
    {
      kind: 'oneCycle',
      peak: 0.3,
      steps: 10,
      warmupFraction: 0.5,
      initialDivisor: 4,
      finalDivisor: 2,
      annealing: 'linear',
    },
    [
      [0, 0.3 / 4],
      [5, 0.3],
      [10, 0.3 / 8],
    ],
  ],
  [
    {
      kind: 'join',
      schedules: [{ kind: 'linearWarmup', final: 0.3, steps: 3 }, { kind: 'constant', value: 0.3 }, scaled],
      boundaries: [3, 5],
    },
    [
      [0, 0],
      [3, 0.3],
      [4, 0.3],
      [5, 0.1],
      [12, 0.003],
    ],
  ],
];

const atCorners = lawOf(
  'corners',
  'at the steps where a schedule begins, turns and ends it has the rate that its configuration names, to the bit',
  corners,
  ([description, points]) =>
    all(
      ...points.map(([step, rate]) =>
        same(rate, scheduleMade(description).at(step), `${description.kind}, step ${step}`),
      ),
    ),
);

export const scheduleCornerLaws = lawSet('corners', [atCorners]);
