/** What a rule of one's own may do: give its own rate, count what it likes, follow a plateau. */
import * as Optimizer from '../../src/optimizer/index.ts';
import { reduceOnPlateau } from '../../src/optimizer/schedule/plateau.ts';
import * as S from '../../src/scalar/expr.ts';
import { all, lawOf, lawSet, same } from '../law.ts';
import { driven, numbersOf, paramsOf } from './problem.ts';

const rule = {
  kind: 'mine',
  config: { learningRate: 0.5 },
  slots: {},
  updates: [],
  value: S.subtract(S.input('value'), S.multiply(S.input('rate'), S.input('gradient'))),
} as const;

const params = paramsOf('f64', 1, [4, 4, 4]);
const gradient = paramsOf('f64', 1, [1, 2, 4]);

const rates = lawOf(
  'its own rate',
  'a rule whose scalars hold a rate is run with that one, and with the learning rate where they hold none',
  [
    [{}, '3.5,3,2'],
    [{ rate: 0.25 }, '3.75,3.5,3'],
  ] as const,
  ([scalars, expected]) => {
    const optimizer = Optimizer.fromRule({ ...rule, scalars: () => scalars });
    return same(expected, numbersOf(driven(optimizer, params, [gradient])[0]?.params ?? params).join());
  },
);

const later = lawOf(
  'numbers that come later',
  'what a rule counts is kept from step to step, also where it begins with none',
  [{}, { seen: 0 }],
  (start) => {
    const next = (_: unknown, step: number, { seen = 0 }: Optimizer.Numbers) => ({ seen: seen + 10 * step });
    const optimizer = Optimizer.fromRule({ ...rule, numbers: { start, next }, scalars: () => ({}) });
    const [first, second] = driven(optimizer, params, [gradient, gradient]);
    return all(
      same(1, first?.slots.numbers.steps),
      same(10, first?.slots.numbers.seen),
      same(2, second?.slots.numbers.steps),
      same(30, second?.slots.numbers.seen),
    );
  },
);

const watching = lawOf(
  'plateaus',
  'the numbers of a plateau stand under `rate.`, beside the count of steps; a rule that follows none observes nothing',
  [reduceOnPlateau({ initial: 1, patience: 0 })],
  (plateau) => {
    const followed = Optimizer.gradientDescent({ learningRate: plateau });
    const bare = Optimizer.gradientDescent({ learningRate: 1 });
    const numbers = { steps: 0, 'rate.factor': 1, 'rate.best': 0, 'rate.observed': 0, 'rate.waited': 0 };
    return all(
      same(JSON.stringify({ ...numbers, 'rate.resting': 0 }), JSON.stringify(followed.numbers)),
      same(
        JSON.stringify({ ...numbers, 'rate.best': 3, 'rate.observed': 1, 'rate.resting': 0 }),
        JSON.stringify(followed.observe?.(followed.numbers, 3)),
      ),
      same('{"steps":0}', JSON.stringify(bare.numbers)),
      same(false, 'observe' in bare),
    );
  },
);

export const ownRuleLaws = lawSet('rules of one’s own', [rates, later, watching]);
