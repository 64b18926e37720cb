/** Faults planted in pullbacks: every judge must see each of them, and acquit the same layer without it. */
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import type { AnyLayer, Pulled } from '../../../src/layer/layer.ts';
import { fill, multiply, repeat, transposed } from '../../../src/ops/derived.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import * as Expr from '../../../src/scalar/expr.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import type { Form, Of } from '../../../src/tensor/tree.ts';
import { keys } from '../../arbitrary/keys.ts';
import { all, holds, type Law, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { checkDirections, checkJacobian } from '../check.ts';
import { claimedGradient } from '../check-claim.ts';
import type { Claim } from '../claim.ts';
import { type DerivativeCheck, showCheck, verdictOf } from '../compared.ts';
import { objectiveAt } from '../computation.ts';
import { byCentralDifferences, byDualNumbers, byFivePoints, byRidders, type Judge } from '../judge.ts';
import { claimOf } from './networks.ts';

const x = Expr.input('x');
const y = Expr.input('y');

/** What a faulty pullback is given: what the right one gives, and what that was computed from. */
interface Given<P extends Form, T> {
  readonly ops: Ops<T>;
  readonly pulled: Pulled<P, T>;
  readonly params: Of<P, T>;
  readonly x: T;
  readonly y: T;
  readonly dy: T;
}

/** A layer with another pullback. */
const spoiled = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer.Layer<In, Out, P, S>,
  spoil: <T>(given: Given<P, T>) => Pulled<P, T>,
): Layer.Layer<In, Out, P, S> => ({
  ...layer,
  forward: (ops, params, state, given, context) => {
    const run = layer.forward(ops, params, state, given, context);
    return { ...run, pullback: (dy) => spoil({ ops, pulled: run.pullback(dy), params, x: given, y: run.y, dy }) };
  },
});

const dense = Layer.dense(3, 3);

interface Fault {
  readonly name: string;
  readonly wrong: AnyLayer;
  readonly right: AnyLayer;
  /** Where the gradient is wrong. */
  readonly where: string;
}

/** x·by where i is 0, x elsewhere, along the first axis of a matrix of three rows. */
const first = <T>(ops: Ops<T>, by: number, of: T): T => {
  const rest = ops.shape(of).with(0, 2);
  return multiply(ops, of, ops.concatenate(0, [fill(ops, rest.with(0, 1), by), fill(ops, rest, 1)]));
};

const faults: readonly Fault[] = [
  {
    name: 'weight gradient transposed',
    right: dense,
    wrong: spoiled(dense, ({ ops, pulled: { dx, dParams } }) => ({
      dx,
      dParams: { ...dParams, weight: transposed(ops, dParams.weight) },
    })),
    where: 'params.weight',
  },
  {
    name: 'bias gradient missing',
    right: dense,
    wrong: spoiled(dense, ({ ops, pulled: { dx, dParams } }) => ({
      dx,
      dParams: { ...dParams, bias: fill(ops, [3], 0) },
    })),
    where: 'params.bias',
  },
  {
    name: 'bias gradient averaged over the batch',
    right: dense,
    wrong: spoiled(dense, ({ ops, pulled: { dx, dParams }, dy }) => ({
      dx,
      dParams: { ...dParams, bias: multiply(ops, dParams.bias, ops.scalar(1 / (ops.shape(dy)[0] ?? 1))) },
    })),
    where: 'params.bias',
  },
  {
    name: 'one row of the weight gradient off by a hundredth',
    right: dense,
    wrong: spoiled(dense, ({ ops, pulled: { dx, dParams } }) => ({
      dx,
      dParams: { ...dParams, weight: first(ops, 1.01, dParams.weight) },
    })),
    where: 'params.weight[0',
  },
  {
    name: 'gradient of the input times the weight, not its transpose',
    right: dense,
    wrong: spoiled(dense, ({ ops, pulled: { dParams }, params, dy }) => ({
      dParams,
      dx: ops.matmul(dy, params.weight),
    })),
    where: 'x[',
  },
  {
    name: 'derivative at the activation, not the pre-activation',
    right: Activation.sigmoid.at([3]),
    wrong: spoiled(Activation.sigmoid.at([3]), ({ ops, y: out, dy }) => ({
      dParams: {},
      dx: ops.map(Expr.multiply(x, Expr.multiply(Expr.sigmoid(y), Expr.subtract(1, Expr.sigmoid(y)))), {
        x: dy,
        y: out,
      }),
    })),
    where: 'x[',
  },
  {
    name: 'tanh′ = 1 − t, not 1 − t²',
    right: Activation.tanh.at([3]),
    wrong: spoiled(Activation.tanh.at([3]), ({ ops, y: out, dy }) => ({
      dParams: {},
      dx: ops.map(Expr.multiply(x, Expr.subtract(1, y)), { x: dy, y: out }),
    })),
    where: 'x[',
  },
  {
    name: 'softmax without what is beside the diagonal',
    right: Layer.softmax.at([3]),
    wrong: spoiled(Layer.softmax.at([3]), ({ ops, y: out, dy }) => ({
      dParams: {},
      dx: ops.map(Expr.multiply(x, Expr.multiply(y, Expr.subtract(1, y))), { x: dy, y: out }),
    })),
    where: 'x[',
  },
  {
    name: 'the other slope of a leaky ReLU',
    right: Activation.leakyRelu(0.25).at([3]),
    wrong: spoiled(Activation.leakyRelu(0.25).at([3]), ({ ops, x: given, dy }) => ({
      dParams: {},
      dx: ops.map(Expr.ifLess(y, 0, x, Expr.multiply(0.25, x)), { x: dy, y: given }),
    })),
    where: 'x[',
  },
  {
    name: 'layer norm through frozen statistics',
    right: Layer.layerNorm().at([3]),
    wrong: spoiled(Layer.layerNorm().at([3]), ({ ops, pulled, params, dy }) => ({
      ...pulled,
      dx: multiply(ops, dy, repeat(ops, ops.shape(dy), params.scale)),
    })),
    where: 'x[',
  },
];

const gradientOf = (claim: Claim, judge: Judge): DerivativeCheck =>
  checkJacobian(objectiveAt(claim.objective, claim.points, claim), [claimedGradient(claim)], { judge });
const directionsOf = (claim: Claim, judge: Judge): DerivativeCheck =>
  checkDirections(objectiveAt(claim.objective, claim.points, claim), [claimedGradient(claim)], { judge });

/** Each judge, and with which error it acquits: a hundred times what it says of itself, or more. */
const judges: readonly { readonly judge: Judge; readonly acquits: number }[] = [
  { judge: byRidders, acquits: 1e-10 },
  { judge: byFivePoints, acquits: 1e-9 },
  { judge: byCentralDifferences, acquits: 1e-6 },
  { judge: byDualNumbers, acquits: 1e-12 },
];

const BATCH = 3;

const seen = ({ name, right, wrong, where }: Fault): Law =>
  law(
    name,
    'every judge sees it, number by number and along directions, where it is, and acquits the layer without it',
    keys,
    (key): Verdict =>
      all(
        ...judges.flatMap(({ judge, acquits }) => {
          const [good, bad] = [claimOf(right, BATCH, key), claimOf(wrong, BATCH, key)];
          const [whole, along] = [gradientOf(bad, judge), directionsOf(bad, judge)];
          return [
            ...[gradientOf(good, judge), directionsOf(good, judge)].map((check) => verdictOf(check, acquits)),
            ...[whole, along].map((check) =>
              holds('expected' in (verdictOf(check, acquits) ?? {}), 'blame', `none: ${showCheck(check)}`),
            ),
            holds(whole.worst?.where.startsWith(where) ?? false, where, `${whole.worst?.where}`),
          ];
        }),
      ),
    { runs: 2 },
  );

export const faultLaws: LawSet = lawSet('planted faults', faults.map(seen));
