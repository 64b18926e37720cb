/** A run that leaves the finite numbers says at which step and in which layer it did. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { elementwise } from '../../src/layer/activation.ts';
import { dense } from '../../src/layer/dense.ts';
import { constant, zeros } from '../../src/layer/initialiser/index.ts';
import type { Layer, Unshaped } from '../../src/layer/layer.ts';
import { residual } from '../../src/layer/residual.ts';
import { sequential } from '../../src/layer/sequential.ts';
import type { Loss } from '../../src/loss/loss.ts';
import { l2 } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { add, input, multiply, subtract } from '../../src/scalar/expr.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { full } from '../../src/tensor/tensor.ts';
import type { EmptyForm, Form } from '../../src/tensor/tree.ts';
import type { Config } from '../../src/train/index.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../law.ts';
import { brokenBelow, steepAt } from './layers.ts';
import { config, told } from './scenario.ts';

/** The cost of an example is its prediction, so that every derivative is 1. */
const plain: Loss = {
  ...squaredError(),
  description: { kind: 'plain' },
  costs: (ops, prediction) => ({
    values: ops.reshape(ops.shape(prediction).slice(0, 1), prediction),
    pullback: (d) => ops.reshape(ops.shape(prediction), d),
  }),
};

const identity = elementwise({ kind: 'same' }, subtract(input('x'), 0));

type Part = Unshaped<EmptyForm, EmptyForm>;

/** A number that goes down by 1 a step, from 0, and passes three layers. */
const run = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer<In, Out, P, S>,
  validated: boolean,
  more: Partial<Config<In, Out, P, S>> = {},
) => {
  const examples = { inputs: full('f64', [1, ...layer.input], 0), targets: full('f64', [1, 1], 0) };
  const given = config({
    layer,
    loss: plain,
    optimizer: gradientDescent({ learningRate: 1 }),
    data: examples,
    epochs: 20,
    ...(validated ? { validation: examples } : {}),
    ...more,
  });
  const states = Array.from(Train.epochs(given)(Train.start(given, fromSeed(0))));
  const last: E.Either<Failure, unknown> = states[states.length - 1] ?? E.right('no state');
  return { last, count: states.length };
};

/** The three layers in a row or two of them in a sequence of their own, and the paths that these have. */
const nestings = {
  flat: {
    paths: ['1', '2', '3'],
    run: (at: (slot: number) => Part, validated: boolean) =>
      run(sequential(dense(1, 1), at(0), at(1), at(2)), validated),
  },
  nested: {
    paths: ['1.0', '1.1', '2'],
    run: (at: (slot: number) => Part, validated: boolean) =>
      run(sequential(dense(1, 1), sequential(at(0).at([1] as const), at(1)), at(2)), validated),
  },
} as const;

const placed = fc.record({
  slot: fc.nat(2),
  steps: fc.integer({ min: 0, max: 12 }),
  nesting: fc.constantFrom<keyof typeof nestings>('flat', 'nested'),
});

const forward: Law = law(
  'a broken output',
  'the failure names the step and the layer whose output was the first that is not finite; the states before it are there',
  placed,
  ({ slot, steps, nesting }) => {
    const { paths, run: train } = nestings[nesting];
    const { last, count } = train((i) => (i === slot ? brokenBelow(0.5 - steps) : identity), false);
    return all(
      same(
        `diverged: step ${steps + 1}, layer ${paths[slot]} (brokenBelow): expected a finite output, received NaN`,
        told(last),
      ),
      same(steps + 1, count, 'states and the failure'),
    );
  },
);

const backward: Law = law(
  'a broken gradient',
  'where all outputs are finite, the failure names the layer whose pullback made the first gradient that is not',
  placed,
  ({ slot, steps, nesting }) => {
    const { paths, run: train } = nestings[nesting];
    const { last, count } = train((i) => (i === slot ? steepAt(-steps) : identity), false);
    return all(
      same(
        `diverged: step ${steps + 1}, layer ${paths[slot]} (steepAt): expected a finite gradient, received Infinity`,
        told(last),
      ),
      same(steps + 1, count, 'states and the failure'),
    );
  },
);

const validation: Law = law(
  'a broken validation',
  'a validation loss that is not finite is a failure too, and names the epoch and the layer',
  placed.filter(({ steps }) => steps > 0),
  ({ slot, steps, nesting }) => {
    const { paths, run: train } = nestings[nesting];
    const { last, count } = train((i) => (i === slot ? brokenBelow(0.5 - steps) : identity), true);
    return all(
      same(
        `diverged: epoch ${steps}, validation, layer ${paths[slot]} (brokenBelow): expected a finite output, received NaN`,
        told(last),
      ),
      same(steps, count, 'states and the failure'),
    );
  },
);

/** A loss whose value, or whose derivative alone, is not finite. */
const brokenLoss = (value: number, slope: number): Loss => ({
  ...plain,
  costs: (ops, prediction) => ({
    values: ops.reshape([1], ops.map(add(input('x'), value), { x: prediction })),
    pullback: (d) => ops.map(multiply(input('d'), slope), { d: ops.reshape([1, 1], d) }),
  }),
});

/** A weight of 2¹⁰⁰⁰ to start with. */
const huge = dense(1, 1, { weight: constant(2 ** 1000) });
const two = { inputs: full('f64', [1, 1], 2), targets: full('f64', [1, 1], 0) };

const others: Law = lawOf(
  'what else can break',
  'a network that is one layer, the loss, its derivative, the penalty, a parameter’s gradient and a step too far are named',
  [
    {
      last: () => run(dense(1, 1, { weight: constant(2 ** 1023) }), false, { data: two }),
      says: 'step 1, the network (dense): expected a finite output, received Infinity',
    },
    {
      last: () => run(dense(1, 1), false, { loss: brokenLoss(Number.POSITIVE_INFINITY, 1) }),
      says: 'step 1, the loss (plain): expected a finite loss, received Infinity',
    },
    {
      last: () => run(dense(1, 1), false, { loss: brokenLoss(0, Number.NaN) }),
      says: 'step 1, the loss (plain): expected a finite gradient, received NaN',
    },
    {
      last: () => run(huge, false, { penalty: l2(1) }),
      says: 'step 1, the penalty: expected a finite penalty, received Infinity',
    },
    {
      // The first layer sees 2 and the second 0, so that only the gradient of the first one's weight is too large.
      last: () =>
        run(sequential(dense(1, 1), dense(1, 1, { weight: constant(1) })), false, {
          loss: brokenLoss(0, 2 ** 1023),
          data: two,
        }),
      says: 'step 1, layer 0 (dense): expected a finite gradient, received Infinity',
    },
    {
      // The same within a sequence: what stands at the same place of the sequence before it is another layer.
      last: () =>
        run(
          sequential(
            sequential(dense(1, 1), dense(1, 1, { weight: zeros, bias: constant(2) })),
            sequential(dense(1, 1, { weight: zeros }), dense(1, 1, { weight: constant(1) })),
          ),
          false,
          { loss: brokenLoss(0, 2 ** 1023) },
        ),
      says: 'step 1, layer 1.0 (dense): expected a finite gradient, received Infinity',
    },
    {
      // A residual layer's inner one has the path of the layer around it.
      last: () =>
        run(sequential(dense(1, 1), residual(sequential(identity.at([1] as const), brokenBelow(0.5)))), false),
      says: 'step 1, layer 1.1 (brokenBelow): expected a finite output, received NaN',
    },
    {
      // Backward, the last layer's weight is first to have a gradient that is too large, then the steep layer breaks all.
      last: () =>
        run(
          sequential(
            dense(1, 1, { weight: zeros }),
            steepAt(0),
            dense(1, 1, { weight: constant(1), bias: constant(4) }),
            dense(1, 1, { weight: constant(1) }),
          ),
          false,
          { loss: brokenLoss(0, 2 ** 1022) },
        ),
      says: 'step 1, layer 3 (dense): expected a finite gradient, received Infinity',
    },
    {
      last: () =>
        run(dense(1, 1), false, { loss: brokenLoss(0, 2 ** 1023), optimizer: gradientDescent({ learningRate: 4 }) }),
      says: 'step 1, parameter bias: expected a finite number from gradientDescent, received -Infinity',
    },
    {
      last: () =>
        run(sequential(dense(1, 1)), false, {
          loss: brokenLoss(0, 2 ** 1023),
          optimizer: gradientDescent({ learningRate: 4 }),
        }),
      says: 'step 1, parameter 0.bias: expected a finite number from gradientDescent, received -Infinity',
    },
  ],
  ({ last, says }) => same(`diverged: ${says}`, told(last().last)),
);

export const divergingLaws = lawSet('diverging', [forward, backward, validation, others]);
