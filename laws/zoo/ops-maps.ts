/** Formulas at numbers, node by node, for interpreters that do one kind of node in their own way. */
import type { Ops } from '../../src/ops/ops.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { round } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { binary, call, type Expr, input, pow, select, unary } from '../../src/scalar/expr.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

type Inputs = Readonly<Record<string, number>>;
type Go = (expr: Expr) => number;
/** A formula at numbers, for the element of an index. */
export type At = (expr: Expr, inputs: Inputs, index: number) => number;

const [a, b, c, d] = [input('a'), input('b'), input('c'), input('d')];

const plain = (dtype: Dtype, expr: Expr, inputs: Inputs, go: Go): number => {
  const at = evaluate(dtype);
  switch (expr.kind) {
    case 'constant':
    case 'input':
      return at(expr)(inputs);
    case 'unary':
      return at(unary(expr.op)(a))({ a: go(expr.x) });
    case 'binary':
      return at(binary(expr.op)(a, b))({ a: go(expr.left), b: go(expr.right) });
    case 'select':
      return at(select(expr.relation)(a, b, c, d))({
        a: go(expr.left),
        b: go(expr.right),
        c: go(expr.yes),
        d: go(expr.no),
      });
    case 'call': {
      const [x = a, y = b] = expr.args;
      return expr.name === 'pow' ? at(pow(a, b))({ a: go(x), b: go(y) }) : at(call(expr.name)(a))({ a: go(x) });
    }
  }
};

/** Node by node; a rule says what the nodes are that it knows. */
const nodeByNode =
  (dtype: Dtype, rule: (expr: Expr, go: Go) => number | undefined): At =>
  (whole, inputs) => {
    const known = new Map<Expr, number>();
    const go: Go = (expr) => {
      const before = known.get(expr);
      if (before !== undefined) return before;
      const value = rule(expr, go) ?? plain(dtype, expr, inputs, go);
      known.set(expr, value);
      return value;
    };
    return go(whole);
  };

/** Node by node, as it should be. */
export const lazy = (dtype: Dtype): At => nodeByNode(dtype, () => undefined);

/** x·y + z rounded once. */
export const fused = (dtype: Dtype): At =>
  nodeByNode(dtype, (expr, go) =>
    expr.kind === 'binary' && expr.op === 'add' && expr.left.kind === 'binary' && expr.left.op === 'multiply'
      ? round(dtype)(go(expr.left.left) * go(expr.left.right) + go(expr.right))
      : undefined,
  );

/** a < b ? a : b. */
export const ternary = (dtype: Dtype): At =>
  nodeByNode(dtype, (expr, go) => {
    if (expr.kind !== 'binary' || (expr.op !== 'min' && expr.op !== 'max')) return undefined;
    const [x, y] = [go(expr.left), go(expr.right)];
    return (expr.op === 'min' ? x < y : x > y) ? x : y;
  });

/** Every fourth element in f64. */
export const everyFourthLane =
  (dtype: Dtype): At =>
  (expr, inputs, index) =>
    index % 4 === 3 ? round(dtype)(evaluate('f64')(expr)(inputs)) : evaluate(dtype)(expr)(inputs);

/** A `map` told what a formula is at numbers; what does not fit is refused as by the reference. */
export const mapBy =
  (dtype: Dtype, at: At): Ops<Tensor>['map'] =>
  (expr, inputs) => {
    const given = Object.entries<Tensor>(inputs);
    return generate(dtype, reference(dtype).map(expr, inputs).shape, (i) =>
      at(expr, Object.fromEntries(given.map(([name, x]) => [name, x.data[x.shape.length === 0 ? 0 : i] ?? NaN])), i),
    );
  };
