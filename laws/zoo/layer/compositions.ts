/** Wrong softmax, and wrong ways to put layers together. */
import { Expr, Initialiser, Layer, Ops, Tree } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { LayerOptions } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';
import { type Any, type Body, broken as entry, keeping, lawsOf } from './parts.ts';

const [x, dy] = [Expr.input('x'), Expr.input('dy')];

const over = <T>(ops: Ops.Ops<T>, axis: number, of: T): T => ops.broadcast(ops.shape(of), ops.sum([axis], of));
const exponential = Expr.exp(x);

/** e^xᵢ/Σe^xⱼ along an axis. */
const softmaxOf = <T>(ops: Ops.Ops<T>, axis: number, shift: boolean, given: T): T => {
  const safe = shift ? Ops.subtract(ops, given, ops.broadcast(ops.shape(given), ops.max([axis], given))) : given;
  const powers = ops.map(exponential, { x: safe });
  return Ops.divide(ops, powers, over(ops, axis, powers));
};

/** dx = y·(dy − Σ dy·y). */
const softmaxBack = <T>(ops: Ops.Ops<T>, axis: number, y: T, gradient: T): T =>
  Ops.multiply(ops, y, Ops.subtract(ops, gradient, over(ops, axis, Ops.multiply(ops, gradient, y))));

const softmax =
  (axis: number, shift: boolean): Body =>
  (ops, given) => {
    const y = softmaxOf(ops, axis, shift, given);
    return { y, back: (gradient) => softmaxBack(ops, axis, y, gradient) };
  };
const diagonal: Body = (ops, given) => {
  const y = softmaxOf(ops, 1, true, given);
  return {
    y,
    back: (gradient) => Ops.multiply(ops, gradient, ops.map(Expr.multiply(x, Expr.subtract(1, x)), { x: y })),
  };
};
const soft = (body: Body): Any => keeping('soft', [4], body);

const softFormula: LayerOptions = {
  expected: ({ x: rows }) => ({
    y: rows.map((row) => {
      const powers = row.map((v) => Math.exp(v));
      const total = powers.reduce((sum, p) => sum + p, 0);
      return powers.map((p) => p / total);
    }),
  }),
};

const tanh = Expr.tanh(x);
const tanhBack = Expr.multiply(dy, Expr.subtract(1, Expr.multiply(tanh, tanh)));

/** x + tanh x. */
const residual = (back: <T>(ops: Ops.Ops<T>, gradient: T, inner: T) => T): Any =>
  keeping('shortcut', [3], (ops, given) => ({
    y: Ops.add(ops, given, ops.map(tanh, { x: given })),
    back: (gradient) => back(ops, gradient, ops.map(tanhBack, { x: given, dy: gradient })),
  }));

type Form = Layer.RecordForm<{ readonly left: Layer.LeafForm; readonly right: Layer.LeafForm }>;
const tree = Tree.record<{ readonly left: Layer.LeafForm; readonly right: Layer.LeafForm }>({
  left: Tree.leaf,
  right: Tree.leaf,
});
const spec = { shape: [2], fanIn: 1, fanOut: 1, initialiser: Initialiser.constant(1), role: 'weight' } as const;

/** Two branches side by side, each a factor a feature: [left·x, right·x]. */
const parallel = ({
  swapped = false,
  alike = false,
} = {}): Layer.Layer<readonly [2], readonly [4], Form, Layer.EmptyForm> => ({
  ...Layer.plain,
  input: [2],
  output: [4],
  description: { kind: 'branches' },
  parameters: { tree, specs: { left: spec, right: spec } },
  forward: (ops, { left, right }, _state, given) => {
    const times = (factor: typeof given, of: typeof given): typeof given =>
      Ops.multiply(ops, Ops.repeat(ops, ops.shape(of), factor), of);
    return {
      y: ops.concatenate(1, [times(left, given), times(right, given)]),
      state: Layer.noValues,
      pullback: (gradient) => {
        const first = ops.slice(1, 0, 2, gradient);
        const second = alike ? first : ops.slice(1, 2, 4, gradient);
        const [forLeft, forRight] = swapped ? [second, first] : [first, second];
        return {
          dParams: {
            left: Ops.sumLeading(ops, [2], Ops.multiply(ops, forLeft, given)),
            right: Ops.sumLeading(ops, [2], Ops.multiply(ops, forRight, given)),
          },
          dx: Ops.add(ops, times(left, first), times(right, second)),
        };
      },
    };
  },
});

export const correct: readonly LawSet[] = [
  lawsOf(soft(softmax(1, true)), softFormula),
  lawsOf(residual((ops, gradient, inner) => Ops.add(ops, gradient, inner))),
  lawsOf(parallel()),
];

export const broken: readonly Broken[] = [
  entry(
    'softmax without the shift',
    'e^xᵢ/Σe^xⱼ without taking the greatest away first',
    'large inputs stay finite',
    soft(softmax(1, false)),
    softFormula,
  ),
  entry(
    'softmax with a diagonal Jacobian',
    'dx is dy·y(1 − y): what is off the diagonal is dropped',
    'pullback: dual numbers',
    soft(diagonal),
    softFormula,
  ),
  entry(
    'softmax over the batch',
    'the wrong axis sums to 1',
    'rows are independent',
    soft(softmax(0, true)),
    softFormula,
  ),
  entry(
    'residual without its sum',
    'the pullback gives the inner gradient alone',
    'pullback: dual numbers',
    residual((_ops, _gradient, inner) => inner),
  ),
  entry(
    'residual with its shortcut alone',
    'the pullback gives dy alone',
    'pullback: differences',
    residual((_ops, gradient) => gradient),
  ),
  entry(
    'parallel gradients swapped',
    'each branch is given the gradient of the other',
    'pullback: dual numbers',
    parallel({ swapped: true }),
  ),
  entry(
    'parallel gradients alike',
    'both branches are given the gradient of the first',
    'pullback: dual numbers',
    parallel({ alike: true }),
  ),
];
