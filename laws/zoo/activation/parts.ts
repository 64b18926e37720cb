/** What the activations of the zoo are made with. */
import { Expr, Initialiser, Layer, Ops, Tree } from '../../../src/index.ts';

/** Any activation. */
export type Free = Layer.Unshaped<Tree.Form, Tree.Form>;

const [x, dy, slope] = [Expr.input('x'), Expr.input('dy'), Expr.input('slope')];
const { ifLess, multiply } = Expr;

/** An activation by its formula, and its derivative by a formula of x and of the output y. */
export const curve = (kind: string, value: Expr.Expr<'x'>, derivative: Expr.Expr<'x' | 'y'>): Free => ({
  description: { kind },
  at: (shape) => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind },
    parameters: Layer.none,
    forward: (ops, _params, _state, given) => {
      const out = ops.map(value, { x: given });
      return {
        y: out,
        state: Layer.noValues,
        pullback: (gradient) => ({
          dParams: Layer.noValues,
          dx: ops.map(multiply(dy, derivative), { x: given, y: out, dy: gradient }),
        }),
      };
    },
  }),
});

type SlopeForm = Layer.RecordForm<{ readonly slope: Layer.LeafForm }>;
const tree = Tree.record<{ readonly slope: Layer.LeafForm }>({ slope: Tree.leaf });

/** A leaky ReLU that learns its slope, with the gradient of the slope by a formula. */
export const prelu = (inSlope: Expr.Expr<'x' | 'dy'>): Layer.Unshaped<SlopeForm, Layer.EmptyForm> => ({
  description: { kind: 'learned' },
  at: (shape) => ({
    ...Layer.plain,
    input: shape,
    output: shape,
    description: { kind: 'learned' },
    parameters: {
      tree,
      specs: {
        slope: { shape: [], fanIn: 1, fanOut: 1, initialiser: Initialiser.constant(0.25), role: 'bias' },
      },
    },
    forward: (ops, params, _state, given) => ({
      y: ops.map(ifLess(x, 0, multiply(slope, x), x), { x: given, slope: params.slope }),
      state: Layer.noValues,
      pullback: (gradient) => ({
        dParams: { slope: Ops.total(ops, ops.map(inSlope, { x: given, dy: gradient })) },
        dx: ops.map(multiply(dy, ifLess(x, 0, slope, 1)), { x: given, slope: params.slope, dy: gradient }),
      }),
    }),
  }),
});
