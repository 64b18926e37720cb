/** How fast continuous schedules may change: the greatest slope of their formulas, times one step. */
import type { ScheduleDescription } from '../pack/schedule.ts';

type Slope = (description: ScheduleDescription) => number;

const told =
  (slope: (of: (name: string) => number) => number): Slope =>
  (description) =>
    slope((name) => {
      const value = description[name];
      return typeof value === 'number' ? value : NaN;
    });

/** Of each kind that does not jump. */
export const steepest: ReadonlyMap<string, Slope> = new Map([
  ['constant', () => 0],
  ['exponential', told((of) => (of('initial') * Math.abs(Math.log(of('factor')))) / of('every'))],
  ['inverseTime', told((of) => (of('initial') * of('decay')) / of('every'))],
  ['polynomial', told((of) => (of('power') * Math.abs(of('initial') - of('final'))) / of('steps'))],
  ['cosine', told((of) => ((Math.PI / 2) * Math.abs(of('initial') - of('final'))) / of('steps'))],
  ['linearWarmup', told((of) => Math.abs(of('initial') - of('final')) / of('steps'))],
  [
    'oneCycle',
    told(
      (of) => ((Math.PI / 2) * of('peak')) / (of('steps') * Math.min(of('warmupFraction'), 1 - of('warmupFraction'))),
    ),
  ],
]);
