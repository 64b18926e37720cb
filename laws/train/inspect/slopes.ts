/** What the slope of an activation is, and which are flat on a side. */
import * as fc from 'fast-check';
import { activation } from '../../../src/layer/activation.ts';
import * as Activation from '../../../src/layer/activations.ts';
import { dense } from '../../../src/layer/dense.ts';
import { normal as normalInitialiser } from '../../../src/layer/initialiser/index.ts';
import type { Unshaped } from '../../../src/layer/layer.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { differentiate } from '../../../src/scalar/differentiate.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { evaluate } from '../../../src/scalar/evaluate.ts';
import { add, type Expr, ifLess, input, negate, subtract } from '../../../src/scalar/expr.ts';
import { substitute } from '../../../src/scalar/substitute.ts';
import { foldIn, fromSeed, normal } from '../../../src/tensor/key.ts';
import { zeros } from '../../../src/tensor/tensor.ts';
import type { EmptyForm } from '../../../src/tensor/tree.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { get } from '../scenario.ts';
import { seeds } from './sample.ts';

const x = input('x');

const expressions: ReadonlyArray<
  readonly [string, { readonly expr: Expr<'x'>; readonly at: Unshaped<EmptyForm, EmptyForm>['at'] }]
> = [
  ...Object.entries(Activation).flatMap(([name, of]): (readonly [string, ReturnType<typeof activation>])[] =>
    typeof of === 'object' && 'expr' in of ? [[name, of]] : [],
  ),
  ['leakyRelu', Activation.leakyRelu()],
  ['elu', Activation.elu(2)],
  ['celu', Activation.celu(2)],
];

/** An activation between two dense layers, and a batch for them. */
const between = (part: Unshaped<EmptyForm, EmptyForm>, seed: number, dtype: Dtype) => {
  const weight = normalInitialiser(0, 2);
  const network = init(sequential(dense(2, 3, { weight }), part, dense(3, 1, { weight })), fromSeed(seed), dtype);
  const inputs = normal([5, 2], dtype)(foldIn(1)(fromSeed(seed)));
  return get(Inspect.pass({ loss: squaredError() }, { inputs, targets: zeros(dtype, [5, 1]) })(network));
};

const slopes: Law = law(
  'slopes are derivatives',
  'f′ at each element is the derivative of the activation’s expression at what the layer before gave, to the bit',
  fc.record({
    seed: seeds,
    dtype: fc.constantFrom<Dtype>('f32', 'f64'),
    which: fc.nat(expressions.length - 1),
  }),
  ({ seed, dtype, which: index }) => {
    const [name, of] = expressions[index] ?? ['tanh', Activation.tanh];
    const { layers } = between({ description: { kind: name }, at: of.at }, seed, dtype);
    const slope = evaluate(dtype)(differentiate('x')(of.expr));
    const expected = Array.from(layers[0]?.output.data ?? [], (z) => slope({ x: z }));
    return all(
      same(15, expected.length, 'elements'),
      ...expected.map((s, i) => holds(s === layers[1]?.slope?.data[i], `${s}`, `${layers[1]?.slope?.data[i]}`, name)),
    );
  },
);

const ONE_SIDED = ['relu', 'heaviside'];

const sided: Law = lawOf(
  'which are one-sided',
  'of the named activations, ReLU and the step are flat on a whole side',
  expressions,
  ([name, of]) =>
    same(ONE_SIDED.includes(name), between({ description: { kind: name }, at: of.at }, 1, 'f64').layers[1]?.oneSided),
  { show: ([name]) => name },
);

/** Flat up to 0, and from there on but where |x| is in a range. */
const flatBut = (least: number, most: number): Expr<'x'> =>
  ifLess(x, least, 0, ifLess(x, most, subtract(x, least), most - least));

/** Where a side is looked at: from 2⁻⁴ to 2⁴. */
const looked: Law = lawOf(
  'how far a side is looked at',
  'an activation that is steep between 2⁻⁴ and 2⁴ on both sides is flat on none, one that is steep only nearer to 0 or further ' +
    'away is, in either direction',
  [
    [1 / 17, 17, false],
    [0, 1 / 15, false],
    [15, 99, false],
    [0, 1 / 17, true],
    [17, 99, true],
  ] as const,
  ([least, most, oneSided]) => {
    // Steep in the range on the right, everywhere on the left; then the other way round.
    const right = add(flatBut(least, most), ifLess(x, 0, x, 0));
    const left = negate(substitute({ x: negate(x) })(right));
    return all(
      ...[right, left].map((expr, i) =>
        same(
          oneSided,
          between({ description: { kind: 'own' }, at: activation(expr).at }, 1, 'f64').layers[1]?.oneSided,
          ['right', 'left'][i],
        ),
      ),
    );
  },
);

export const slopeLaws = lawSet('slopes', [slopes, sided, looked]);
