/**
 * The elementary functions as expressions of exact operations, and `expand`, which puts them in place of their calls.
 */
import type { Dtype } from '../dtype.ts';
import type { Binary, Call, ElementaryBinary, ElementaryUnary, Expr, Select, Unary } from '../expr.ts';
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

const isBinary = (name: Call<string>['name']): name is ElementaryBinary => name === 'pow';

/**
 * Replaces every call of an elementary function by its definition from exact operations in a format. Shared nodes stay
 * shared, and a part without calls is returned as it is.
 */
export const expand =
  (dtype: Dtype) =>
  <N extends string>(expr: Expr<N>): Expr<N> => {
    const known = new Map<Expr<N>, Expr<N>>();
    const visit = (e: Expr<N>): Expr<N> => {
      const seen = known.get(e);
      if (seen !== undefined) return seen;
      const expanded = rebuild(e);
      known.set(e, expanded);
      return expanded;
    };
    const rebuild = (e: Expr<N>): Expr<N> => {
      switch (e.kind) {
        case 'constant':
        case 'input':
          return e;
        case 'unary': {
          const x = visit(e.x);
          return x === e.x ? e : Object.freeze<Unary<N>>({ ...e, x });
        }
        case 'binary': {
          const left = visit(e.left);
          const right = visit(e.right);
          return left === e.left && right === e.right ? e : Object.freeze<Binary<N>>({ ...e, left, right });
        }
        case 'select': {
          const left = visit(e.left);
          const right = visit(e.right);
          const then = visit(e.then);
          const otherwise = visit(e.otherwise);
          return left === e.left && right === e.right && then === e.then && otherwise === e.otherwise
            ? e
            : Object.freeze<Select<N>>({ ...e, left, right, then, otherwise });
        }
        case 'call':
          return apply(e);
      }
    };
    const apply = (e: Call<N>): Expr<N> => {
      const [x, y] = e.args.map(visit);
      if (x === undefined || (isBinary(e.name) && y === undefined)) {
        throw new Error(`expand: ${e.name} was called with ${e.args.length} arguments`);
      }
      return isBinary(e.name) && y !== undefined
        ? binaryDefinitions[e.name][dtype](x, y)
        : unaryDefinitions[e.name][dtype](x);
    };
    return visit(expr);
  };
