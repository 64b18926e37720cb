/**
 * The elementary functions as expressions of exact operations, and `expand`, which puts them in place of their calls.
 */
import type { Dtype } from '../dtype.ts';
import type { Call, ElementaryBinary, ElementaryUnary, Expr } from '../expr.ts';
import { fold, mapOperands, operands } from '../nodes.ts';
import { cos } from './cos.ts';
import type { BinaryDefinition, UnaryDefinition } from './definition.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';
import { pow } from './pow.ts';
import { sigmoid } from './sigmoid.ts';
import { sin } from './sin.ts';
import { softplus } from './softplus.ts';
import { tanh } from './tanh.ts';

/** The definitions of the functions of one number. */
export const unaryDefinitions: Readonly<Record<ElementaryUnary, UnaryDefinition>> = {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  sigmoid,
  softplus,
  erf,
  sin,
  cos,
};

/** The definitions of the functions of two numbers. */
export const binaryDefinitions: Readonly<Record<ElementaryBinary, BinaryDefinition>> = { pow };

const body =
  (dtype: Dtype) =>
  <N extends string>(name: Call<N>['name'], [x, y]: readonly Expr<N>[]): Expr<N> => {
    // never: a call has operands
    if (x === undefined) throw new Error(`expand: ${name} was called without an argument`);
    if (name !== 'pow') return unaryDefinitions[name][dtype](x);
    // never: pow has two
    if (y === undefined) throw new Error(`expand: ${name} was called with one argument, not two`);
    return binaryDefinitions[name][dtype](x, y);
  };

/**
 * Replaces every call of an elementary function by its definition from exact operations in a format. Shared nodes stay
 * shared, and a part without calls is returned as it is.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const expanded = Expr.expand('f32')(Expr.sigmoid(Expr.input('x')));
 * Expr.nodes(expanded).some(({ kind }) => kind === 'call') // => false
 * ```
 */
export const expand = (dtype: Dtype): (<N extends string>(expr: Expr<N>) => Expr<N>) => {
  const define = body(dtype);
  return <N extends string>(expr: Expr<N>): Expr<N> =>
    fold<N, Expr<N>>((node, of) => {
      if (node.kind === 'call') return define(node.name, node.args.map(of));
      return node.kind === 'input' || operands(node).every((operand) => of(operand) === operand)
        ? node
        : mapOperands(of)(node);
    })(expr);
};
