/** What examples a network can be measured on, which element is wrong, and what the measure is. */
import * as Layer from '../../src/layer/index.ts';
import { constant } from '../../src/layer/initialiser/index.ts';
import { init } from '../../src/layer/network.ts';
import { fromLabels, softmaxCrossEntropy } from '../../src/loss/index.ts';
import { l2, none } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { cast, full, generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { shareOf, shareOfRows } from '../../src/train/evaluate.ts';
import { check, rowsOf, take } from '../../src/train/examples.ts';
import * as Train from '../../src/train/index.ts';
import { areNames } from '../../src/train/known.ts';
import { all, type Law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { saying } from '../reach/said.ts';
import { difference, told } from './scenario.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

/** Ones, but for one number. */
const ones = (shape: readonly number[], at = -1, value = 0): Tensor =>
  generate('f32', shape, (i) => (i === at ? value : 1));

/** Every position of a shape, in order, as a failure names it. */
const places = ([rows = 0, ...within]: readonly number[]): readonly string[] => {
  const positions = within.reduce<ReadonlyArray<readonly number[]>>(
    (found, n) => found.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
  return Array.from({ length: rows }, (_, row) =>
    positions.map((at) =>
      at.length === 0 ? `row ${row}` : at.length === 1 ? `row ${row}, column ${at[0]}` : `row ${row}, element [${at}]`,
    ),
  ).flat();
};

const placed: Law = lawOf(
  'which element',
  'the first number that is not finite is named by its row, and its column or indices within it',
  [[3], [2, 1], [3, 4], [2, 3, 2], [2, 2, 3, 2], [2, 1, 3, 1, 2]],
  (shape) =>
    all(
      ...places(shape).map((place, i): Verdict => {
        const value = [nan, infinity, minusInfinity][i % 3] ?? nan;
        // Another one after it is not told of.
        const inputs = generate('f32', shape, (j) => (j === i ? value : j > i && j % 2 === 0 ? nan : j));
        return same(
          `value: here.inputs, ${place}: expected a finite number, received ${value}`,
          told(check('here', shape.slice(1))({ inputs, targets: zeros('f32', [shape[0] ?? 0]) })),
        );
      }),
    ),
);

const line = init(Layer.dense(2, 1), fromSeed(1));
const number = init(Layer.identity.at([]), fromSeed(1));
const cube = init(Layer.flatten([2, 3]), fromSeed(1));
const classes = init(Layer.dense(2, 3), fromSeed(1));
const [inputs, targets] = [ones([4, 2]), ones([4, 1])];
const labels = fromLabels(softmaxCrossEntropy());

/** What is asked, and what is said. */
const cases: ReadonlyArray<readonly [ask: () => ReturnType<ReturnType<typeof Train.evaluate>>, says: string]> = [
  [
    () => Train.evaluate(squaredError(), { inputs: zeros('f32', []), targets: zeros('f32', []) })(number),
    'shape: examples.inputs: expected shape [rows], received []',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([3], 1, nan), targets: ones([3]) })(number),
    'value: examples.inputs, row 1: expected a finite number, received NaN',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([3]), targets: ones([3], 2, infinity) })(number),
    'value: examples.targets, row 2: expected a finite number, received Infinity',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: zeros('f32', [0, 2]), targets: zeros('f32', [0, 1]) })(line),
    'value: examples.inputs: expected at least 1 row, received 0 rows',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([4, 3]), targets })(line),
    'shape: examples.inputs: expected shape [rows,2], received [4,3]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([4, 2, 1]), targets })(line),
    'shape: examples.inputs: expected shape [rows,2], received [4,2,1]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([4, 2]), targets: ones([4, 6]) })(cube),
    'shape: examples.inputs: expected shape [rows,2,3], received [4,2]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets: ones([5, 1]) })(line),
    'shape: examples.targets: expected 4 rows, one for each of the inputs, received [5,1]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets: ones([4, 2]) })(line),
    'shape: examples.targets: expected [batch,1] for squaredError, received [4,2]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets: cast('f64')(targets) })(line),
    'value: examples.targets: expected numbers in f32 as in the inputs (Tensor.cast), received f64',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets, weights: full('f64', [4], 1) })(line),
    'value: examples.weights: expected numbers in f32 as in the inputs (Tensor.cast), received f64',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets, weights: ones([4, 1]) })(line),
    'shape: examples.weights: expected shape [4], received [4,1]',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets, weights: ones([4], 3, -0.5) })(line),
    'value: examples.weights, row 3: expected a weight of at least 0, received -0.5',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs, targets, weights: ones([4], 0, infinity) })(line),
    'value: examples.weights, row 0: expected a finite number, received Infinity',
  ],
  // Of several mistakes it is the weights’ that is told, then the inputs’, then the targets’.
  [
    () =>
      Train.evaluate(squaredError(), {
        inputs: ones([4, 2], 0, nan),
        targets: ones([4, 1], 0, nan),
        weights: ones([4], 2, nan),
      })(line),
    'value: examples.weights, row 2: expected a weight of at least 0, received NaN',
  ],
  [
    () => Train.evaluate(squaredError(), { inputs: ones([4, 2], 7, nan), targets: ones([4, 1], 0, nan) })(line),
    'value: examples.inputs, row 3, column 1: expected a finite number, received NaN',
  ],
  [
    () => Train.evaluate(labels, { inputs, targets: ones([4], 2, 3) })(classes),
    'value: examples.target [2]: expected whole numbers from 0 to 2, received 3',
  ],
  [
    () => Train.evaluate(labels, { inputs, targets: ones([4, 3]) })(classes),
    'shape: examples.targets: expected [batch] for fromLabels, received [4,3]',
  ],
  [() => Train.evaluate(labels, { inputs, targets: ones([4], 2, 2) })(classes), 'a success'],
  [() => Train.evaluate(squaredError(), { inputs, targets, weights: ones([4], 2, 0) })(line), 'a success'],
];

const refused: Law = lawOf('what cannot be measured on', 'is refused, word for word', cases, ([ask, says]) =>
  same(says, told(ask())),
);

const rows: Law = lawOf(
  'rows',
  'are counted by the inputs; those taken are those named, in that order, with the weights if there are any',
  [0],
  () => {
    const some = { inputs: generate('f32', [3, 2], (i) => i), targets: generate('f32', [3, 1], (i) => 10 + i) };
    const weights = generate('f32', [3], (i) => 20 + i);
    const taken = take([2, 0, 2])({ ...some, weights });
    return all(
      same(3, rowsOf(some)),
      same('4,5,0,1,4,5', Array.from(taken.inputs.data).join()),
      same('12,10,12', Array.from(taken.targets.data).join()),
      same('22,20,22', Array.from(taken.weights?.data ?? []).join()),
      same('inputs,targets', Object.keys(take([1])(some)).join()),
    );
  },
);

const shares: Law = lawOf(
  'shares',
  'a mean counts as its rows, or as the sum of their weights; a sum counts once',
  [0],
  () => {
    const [mean, sum] = [squaredError(), squaredError({ reduction: 'sum' })];
    const bare = { inputs, targets };
    const weighted = { inputs, targets, weights: generate('f32', [4], (i) => 2 ** i) };
    return all(
      same(4, shareOf(mean, bare), 'rows'),
      same(15, shareOf(mean, weighted), 'weights'),
      same(1, shareOf(sum, bare), 'a sum'),
      same(1, shareOf(sum, weighted), 'a sum with weights'),
      same(3, shareOfRows(mean, bare, [3, 1, 1]), 'some rows'),
      same(12, shareOfRows(mean, weighted, [3, 1, 1]), 'some weights'),
      same(1, shareOfRows(sum, bare, [3, 1]), 'a sum of some'),
      same(1, shareOfRows(sum, weighted, [3, 1]), 'a sum of some with weights'),
    );
  },
);

const names: Law = lawOf(
  'names',
  'are a record’s where they are all of them, in its order',
  [
    { of: [], record: {}, are: true },
    { of: ['a', 'b'], record: { a: 1, b: 2 }, are: true },
    { of: ['a', 'b'], record: { b: 2, a: 1 }, are: false },
    { of: ['a', 'b'], record: { a: 1 }, are: false },
    { of: ['a'], record: { a: 1, b: 2 }, are: false },
    { of: ['a', 'b'], record: { a: 1, c: 2 }, are: false },
    { of: ['a', 'b'], record: { c: 1, b: 2 }, are: false },
    { of: [], record: { a: 1 }, are: false },
    { of: ['a'], record: {}, are: false },
  ] as const,
  ({ of, record, are }) => same(are, areNames(of, record)),
);

const batched: Law = saying('batches', 'are of a whole number of rows, at least one', [
  [() => Train.batches(5, 0)(fromSeed(1), 0), 'batches: 0 is not a batch size'],
  [() => Train.batches(5, -1)(fromSeed(1), 0), 'batches: -1 is not a batch size'],
  [() => Train.batches(5, 1.5)(fromSeed(1), 0), 'batches: 1.5 is not a batch size'],
  [() => Train.batches(5, 7.5)(fromSeed(1), 0), 'batches: 7.5 is not a batch size'],
  [() => Train.batches(5, infinity)(fromSeed(1), 0), 'batches: Infinity is not a batch size'],
  [() => Train.batches(5, nan)(fromSeed(1), 0), 'batches: NaN is not a batch size'],
  [() => Train.batches(5, 1)(fromSeed(1), 0), 'a result'],
]);

/** w·x with w = 3, x = 2 and target 5: a difference of 1, of which the square has the slope 2·2 in w. */
const objective: Law = lawOf(
  'the objective',
  'is loss and penalty, each told apart; a penalty without terms is none',
  [
    { penalty: undefined, value: 1, charged: undefined, slope: 4 },
    { penalty: none, value: 1, charged: undefined, slope: 4 },
    { penalty: l2(2), value: 10, charged: 9, slope: 10 },
    { penalty: l2(0), value: 1, charged: 0, slope: 4 },
  ],
  ({ penalty, value, charged, slope }) => {
    const at = Train.valueAndGradient(reference('f64'), {
      layer: Layer.denseWithoutBias(1, 1),
      loss: squaredError(),
      ...(penalty === undefined ? {} : { penalty }),
    });
    const [x, target] = [full('f64', [1, 1], 2), full('f64', [1, 1], 5)];
    const measure = at({ weight: full('f64', [1, 1], 3) }, {}, x, target, undefined, Layer.inference());
    return all(
      same(value, measure.value.data[0], 'value'),
      same(1, measure.loss.data[0], 'loss'),
      same(charged, measure.penalty?.data[0], 'penalty'),
      same(slope, measure.gradient.weight.data[0], 'gradient'),
    );
  },
);

/** The prediction is a + b + 1, and the targets are 0. */
const measured: Law = lawOf(
  'the measure',
  'is the loss of the predictions, with the weights of the rows: on small whole numbers what it is by hand',
  [0],
  () => {
    const network = init(Layer.dense(2, 1, { weight: constant(1), bias: constant(1) }), fromSeed(1));
    const of = { inputs: generate('f32', [2, 2], (i) => i), targets: zeros('f32', [2, 1]) };
    // Predictions 0 + 1 + 1 and 2 + 3 + 1, squares 4 and 36.
    return all(
      difference({ _tag: 'Right', right: 20 }, Train.evaluate(squaredError(), of)(network)),
      difference({ _tag: 'Right', right: 40 }, Train.evaluate(squaredError({ reduction: 'sum' }), of)(network)),
      difference(
        { _tag: 'Right', right: 28 },
        Train.evaluate(squaredError(), { ...of, weights: generate('f32', [2], (i) => 1 + 2 * i) })(network),
      ),
    );
  },
);

export const examiningLaws = lawSet('examples', [placed, refused, rows, shares, names, batched, objective, measured]);
