/** Laws of the samples themselves: that they cover what they should, stay small, and shrink to what can be read. */
import * as fc from 'fast-check';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../src/layer/layer.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, type Of, type Tree } from '../../src/tensor/tree.ts';
import { all, holds, type Law, type LawSet, lawOf, lawSet, lawsOf, same, type Verdict } from '../law.ts';
import { layer as lawsOfLayer } from '../pack/layer.ts';
import { layers } from './layers.ts';
import { networks, parameterTrees } from './networks.ts';
import { plansOf, simplePlansOf } from './plans.ts';
import { shapes } from './shapes.ts';
import { edgeTensors } from './tensors.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** tanh whose pullback is dy. */
const passing: Layer.Elementwise = {
  ...Activation.tanh,
  at: (shape) => ({
    ...Activation.tanh.at(shape),
    forward: (ops, params, state, x, context) => ({
      ...Activation.tanh.at(shape).forward(ops, params, state, x, context),
      pullback: (dy) => ({ dParams: {}, dx: dy }),
    }),
  }),
};

/** tanh of the greatest of each feature in the batch. */
const mixing: Layer.Elementwise = {
  ...Activation.tanh,
  at: (shape) => ({
    ...Activation.tanh.at(shape),
    forward: (ops, params, state, x, context) => {
      const greatest = ops.broadcast(ops.shape(x), ops.max([0], x));
      const run = Activation.tanh.at(shape).forward(ops, params, state, greatest, context);
      return { y: run.y, state, pullback: (dy) => ({ dParams: {}, dx: dy }) };
    },
  }),
};

/** Random compositions in which one activation is wrong, or the right sigmoid. */
const planted = (wrong: Part): fc.Arbitrary<AnyLayer> =>
  fc
    .record({ shape: shapes, plan: plansOf(simplePlansOf([Activation.sigmoid, wrong]), { depth: 2, length: 3 }) })
    .map(({ shape, plan }) => plan(shape));

/** What a law says of compositions with a wrong layer in them, shrunk. */
const counterexample = (wrong: Part, name: string, seed: number): string => {
  const found = lawsOf(lawsOfLayer(planted(wrong), { runs: 100 })).find(({ law }) => law.name === name);
  const outcome = found?.law.check({ seed });
  return outcome?.tag === 'failed' ? outcome.failure.counterexample : 'none';
};

const NUMBER = '-?\\d+(\\.\\d{1,3})?';
const LAYER = 'layer: \\{ input: \\[1\\], layer: \\{ kind: "tanh" \\} \\}';

const matches = (pattern: string, received: string): Verdict =>
  holds(new RegExp(pattern).test(received), `what matches ${pattern}`, received);

const shrinking: readonly Law[] = [
  lawOf(
    'a wrong gradient shrinks to its layer',
    'of random compositions with a wrong layer somewhere, what is reported is that layer alone, of one number, at one example, with numbers of at most three places',
    SEEDS,
    (seed) =>
      all(
        ...['pullback: dual numbers', 'pullback: differences'].map((name) =>
          matches(
            `^\\{ ${LAYER}, params: \\{\\}, state: \\{\\}, x: Tensor\\.adopt\\(\\[1, 1\\], Float64Array\\.of\\(${NUMBER}\\)\\), dy: Tensor\\.adopt\\(\\[1, 1\\], Float64Array\\.of\\(${NUMBER}\\)\\)`,
            counterexample(passing, name, seed),
          ),
        ),
      ),
  ),
  lawOf(
    'rows that mix shrink to two',
    'a layer whose rows depend on one another is reported alone, of one number, at two examples',
    SEEDS,
    (seed) =>
      matches(
        `^\\{ ${LAYER}, params: \\{\\}, state: \\{\\}, x: Tensor\\.adopt\\(\\[2, 1\\], Float64Array\\.of\\(${NUMBER}, ${NUMBER}\\)\\)`,
        counterexample(mixing, 'rows are independent', seed),
      ),
  ),
  lawOf('shapes shrink', 'one of at least three elements to [3]', SEEDS, (seed) => {
    const found = fc.check(
      fc.property(shapes, (shape) => size(shape) < 3),
      { seed, numRuns: 1000 },
    );
    return same('[[3]]', JSON.stringify(found.counterexample));
  }),
];

const kindsIn = (description: Layer.Description): readonly string[] => [
  description.kind,
  ...[...JSON.stringify(description).matchAll(/"kind":"(\w+)"/g)].map(([, kind = '']) => kind),
];

const shapesOf = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): readonly Shape[] =>
  entries<F, Tensor>(tree, of).map(([, { shape }]) => shape);

const covering: readonly Law[] = [
  lawOf('random layers are of every kind', 'among 2000 compositions', [1, 2], (seed) => {
    const seen = new Set(fc.sample(layers, { seed, numRuns: 2000 }).flatMap(({ description }) => kindsIn(description)));
    // Its gradient is 0, so it hides those of all other layers.
    const missed = Object.keys(Layer.registry).filter((kind) => kind !== 'heaviside' && !seen.has(kind));
    return same('', missed.join(' '), 'kinds that are missing');
  }),
  lawOf('random networks are small', 'of at most 2000 parameters, and 24 outputs', [1, 2], (seed) => {
    const counts = fc.sample(networks, { seed, numRuns: 500 }).map((network) =>
      network.use(({ layer, params }) => ({
        parameters: shapesOf(layer.parameters.tree, params).reduce((sum, shape) => sum + size(shape), 0),
        outputs: size(layer.output),
      })),
    );
    const [parameters, outputs] = [
      Math.max(...counts.map((count) => count.parameters)),
      Math.max(...counts.map((count) => count.outputs)),
    ];
    return all(
      holds(parameters <= 2000 && parameters > 20, 'up to 2000 parameters', `${parameters}`),
      holds(outputs <= 24 && outputs > 5, 'up to 24 outputs', `${outputs}`),
    );
  }),
  lawOf('parameter trees have leaves', 'of every number of axes up to two, and some have none', [1, 2], (seed) => {
    const ranks = fc
      .sample(parameterTrees, { seed, numRuns: 300 })
      .map((some) => some.use((tree, of) => shapesOf(tree, of).map((shape) => shape.length)));
    return same('0,1,2', [...new Set(ranks.flat())].sort().join(), 'numbers of axes');
  }),
  lawOf(
    'tensors at the edges',
    'hold zeros of either sign, subnormals, infinities and NaN',
    ['f32', 'f64'] as const,
    (dtype) => {
      const seen = fc
        .sample(edgeTensors(dtype, [6]), { seed: 1, numRuns: 300 })
        .flatMap(({ data }) => Array.from(data));
      const subnormal = dtype === 'f32' ? 2 ** -126 : 2 ** -1022;
      return all(
        holds(
          seen.some((x) => Object.is(x, -0)),
          '−0',
          'none',
        ),
        holds(
          seen.some((x) => x !== 0 && Math.abs(x) < subnormal),
          'a subnormal number',
          'none',
        ),
        holds(seen.includes(Number.POSITIVE_INFINITY) && seen.includes(Number.NEGATIVE_INFINITY), '±∞', 'none'),
        holds(seen.some(Number.isNaN), 'NaN', 'none'),
        holds(
          seen.every((x) => dtype === 'f64' || Object.is(x, Math.fround(x))),
          `numbers of ${dtype}`,
          'others',
        ),
      );
    },
  ),
];

/** Laws of samples. */
export const arbitraryLaws: LawSet = lawSet('samples', [...shrinking, ...covering]);
