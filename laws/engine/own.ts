/** What users write themselves runs emitted too; what cannot be recorded falls back to the right answer, and says so. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { create, reference } from '../../src/engine/engine.ts';
import * as Layer from '../../src/layer/index.ts';
import { elementwise } from '../../src/loss/index.ts';
import { fromRule } from '../../src/optimizer/index.ts';
import * as S from '../../src/scalar/expr.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import type { EmptyForm } from '../../src/tensor/tree.ts';
import * as Train from '../../src/train/index.ts';
import { sinusoid } from '../arbitrary/layers.ts';
import { all, type Law, type LawSet, law, lawSet, same } from '../law.ts';
import { families } from '../loss/families.ts';
import { counting, noisy } from '../train/layers.ts';
import { ranEmitted, spied } from './spied.ts';
import { sameText } from './training/runs.ts';
import { type Config, configOf, runs, showRun, startOf, told, withEngine } from './training/samples.ts';

const [prediction, target] = [S.input('prediction'), S.input('target')];

/** log(1 + (p − t)²). */
const ownLoss = elementwise({
  description: { kind: 'own' },
  reduction: 'mean',
  cost: S.log(S.add(1, S.multiply(S.subtract(prediction, target), S.subtract(prediction, target)))),
  join: 'mean',
});

/** The sign of a mean of gradients, scaled: with a slot and a number of its own. */
const ownRule = fromRule({
  kind: 'own',
  config: { learningRate: 0.0625 },
  slots: { mean: 0.5 },
  scalars: (_, { rate, step }) => ({ rate: rate / step }),
  updates: [['mean', S.add(S.multiply(0.75, S.input('mean')), S.multiply(0.25, S.input('gradient')))]],
  value: S.subtract(S.input('value'), S.multiply(S.input('rate'), S.tanh(S.input('mean')))),
});

/** A layer that looks at its numbers, as only the reference has any: y = 2x where the first is positive, else x. */
const peeking = (seen: () => void): Layer.Unshaped<EmptyForm, EmptyForm> => ({
  description: { kind: 'peeking' },
  at: <In extends Shape>(shape: In): Layer.Layer<In, In, EmptyForm, EmptyForm> => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind: 'peeking' },
    parameters: Layer.none,
    forward: (ops, _params, _state, x) => {
      const value: unknown = x;
      const data = typeof value === 'object' && value !== null && 'data' in value ? value.data : undefined;
      if (!(data instanceof Float32Array || data instanceof Float64Array)) throw new Error('peeking: no numbers here');
      seen();
      const by = S.multiply(S.input('x'), (data[0] ?? 0) > 0 ? 2 : 1);
      return {
        y: ops.map(by, { x }),
        state: Layer.noValues,
        pullback: (dy) => ({ dParams: Layer.noValues, dx: ops.map(by, { x: dy }) }),
      };
    },
  }),
});

const around = (config: Config, part: Layer.Unshaped<EmptyForm, EmptyForm>): Config => ({
  ...config,
  layer: Layer.sequentialOf(config.layer.input, [config.layer, part]).use((layer) => layer),
});

const plain = runs({ optimizer: fc.constant({ kind: 'gradientDescent', learningRate: 0.125 }), scale: fc.constant(1) });

const emitted: Law = law(
  'a user’s own',
  'layer, activation, loss and rule run emitted, to the reference’s bits',
  runs({
    // Whose targets have the prediction's shape, as the loss's must.
    family: fc.constantFrom(...families.filter(({ name }) => name === 'squaredError' || name === 'hinge')),
    first: fc
      .integer({ min: 1, max: 17 })
      .map((n) => Layer.sequentialOf([n], [Layer.dense(n, n), sinusoid, noisy, counting]).use((layer) => layer)),
  }),
  (of) => {
    const { validation: _, metrics: __, ...config } = { ...configOf(of), loss: ownLoss, optimizer: ownRule };
    const fitting: Config = config;
    const spy = spied();
    const start = startOf(fitting, of);
    return all(
      sameText(
        told(Train.fit(withEngine(fitting, reference))(start)),
        told(Train.fit(withEngine(fitting, spy.engine))(start)),
        'the end',
      ),
      ranEmitted(spy, 1),
    );
  },
  { runs: 10, show: showRun },
);

const fallsBack: Law = law(
  'what cannot be recorded',
  'is done by the reference, to the same bits, and described so with the reason',
  plain,
  (of) => {
    const config = around(
      configOf(of),
      peeking(() => {}),
    );
    const start = startOf(config, of);
    const on = withEngine(config, create());
    const described = Train.describe(on);
    return all(
      sameText(told(Train.fit(withEngine(config, reference))(start)), told(Train.fit(on)(start)), 'the end'),
      E.isRight(described)
        ? all(same('reference', described.right.runs, 'runs'), same('peeking: no numbers here', described.right.reason))
        : { expected: 'a description', received: described.left.where },
    );
  },
  { runs: 15, show: showRun },
);

export const ownLaws: LawSet = lawSet('a user’s own on the engine', [emitted, fallsBack]);
