/** Early stopping, against scores that are written beforehand. */
import * as fc from 'fast-check';
import { dense } from '../../src/layer/dense.ts';
import type { Loss } from '../../src/loss/loss.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent, type Optimizer } from '../../src/optimizer/index.ts';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { type Expr, ifLess, input, multiply, subtract } from '../../src/scalar/expr.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { full } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { table } from './layers.ts';
import { config, get, succeeds } from './scenario.ts';

/** A loss that is the prediction itself for targets 0, and for targets 1 an entry of a script, by the prediction. */
const scripted = (script: readonly number[]): Loss => {
  const prediction = input('x');
  const cost: Expr<'x' | 'target'> = ifLess(input('target'), 0.5, subtract(0, prediction), table(script));
  const back = multiply(input('d'), differentiate('x')(cost));
  const loss = squaredError();
  return {
    ...loss,
    description: { kind: 'scripted' },
    costs: (ops, x, target) => ({
      values: ops.reshape(ops.shape(x).slice(0, 1), ops.map(cost, { x, target })),
      pullback: (d) => ops.map(back, { d: ops.reshape(ops.shape(x), d), x, target }),
    }),
  };
};
/** Gradient descent that also keeps the scores it was told of. */
const listening: Optimizer = {
  ...gradientDescent({ learningRate: 1 }),
  observe: (numbers, score) => ({ ...numbers, [`told ${Object.keys(numbers).length}`]: score }),
};

/** The bias goes up by 1 an epoch from 0, so that the validation loss after epoch i (from 0) is entry i of the script. */
const following = (script: readonly number[], stopping: Train.Stopping) =>
  config({
    layer: dense(1, 1),
    loss: scripted([Number.NaN, ...script]),
    optimizer: listening,
    data: { inputs: full('f64', [1, 1], 0), targets: full('f64', [1, 1], 0) },
    validation: { inputs: full('f64', [1, 1], 0), targets: full('f64', [1, 1], 1) },
    epochs: script.length,
    stopping,
  });

const stopping: Law = law(
  'early stopping',
  'for any course of the validation loss, training stops at the first epoch before which there were `patience` in a row ' +
    'that did not come more than `minimumImprovement` below the last that did; the optimizer is told every score',
  fc.record({
    script: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 14 }),
    patience: fc.integer({ min: 1, max: 4 }),
    minimumImprovement: fc.integer({ min: 0, max: 3 }),
  }),
  ({ script, patience, minimumImprovement }) => {
    // The epochs that improve, each on the one before it in this list.
    const improving: number[] = [];
    for (const [i, score] of script.entries()) {
      const last = improving.at(-1);
      if (last === undefined || score < (script[last] ?? 0) - minimumImprovement) improving.push(i);
    }
    const gaps = improving.map((at, i) => ({ at, next: improving[i + 1] ?? Number.POSITIVE_INFINITY }));
    const gap = gaps.find(({ at, next }) => next - at > patience);
    const stop = gap === undefined ? script.length : Math.min(script.length, gap.at + patience + 1);
    const stopped = gap !== undefined && gap.at + patience + 1 <= script.length;
    const given = following(script, { patience, minimumImprovement });
    return succeeds(Train.fit(given)(Train.start(given, fromSeed(0))), (state) =>
      all(
        same(stop, state.epoch, 'epochs'),
        same(stopped ? 'stopped early' : 'running', state.status, 'status'),
        same(script.slice(0, stop).join(), state.history.map((row) => row.validationLoss).join(), 'history'),
        same(
          script.slice(0, stop).join(),
          Object.entries(state.slots.numbers)
            .filter(([name]) => name.startsWith('told'))
            .map(([, score]) => score)
            .join(),
          'scores told',
        ),
        same(Math.min(...script.slice(0, stop)), state.best?.score, 'best score'),
        same(script.indexOf(Math.min(...script.slice(0, stop))) + 1, state.best?.epoch, 'the first best epoch'),
      ),
    );
  },
);

const stopsForGood: Law = lawOf(
  'stopped is stopped',
  'a run that stopped early does not go on when it is asked for more epochs; one that only came to its end does',
  [
    { script: [3, 4, 5, 1, 1], first: 5, later: 5, ends: 2 },
    { script: [3, 4, 5, 1, 1], first: 2, later: 5, ends: 2 },
    { script: [3, 2, 1, 0, 0], first: 2, later: 4, ends: 4 },
  ],
  ({ script, first, later, ends }) => {
    const given = following(script, { patience: 1 });
    const state = get(Train.fit({ ...given, epochs: first })(Train.start(given, fromSeed(0))));
    return all(
      same(2, state.epoch, 'epochs before'),
      succeeds(Train.fit({ ...given, epochs: later })(state), (more) => same(ends, more.epoch, 'epochs after')),
    );
  },
);

export const stoppingLaws = lawSet('stopping', [stopping, stopsForGood]);
