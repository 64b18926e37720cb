/**
 * Expressions as plain JSON. An expression is written as the list of its nodes, each once, operands before the nodes
 * that use them and by their place in the list, the expression itself last: a tree would write a shared node once for
 * each path to it. Numbers that JSON has no form for (NaN, ±∞, −0) are written as text.
 */
import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import {
  type BinaryOp,
  binary,
  call,
  constant,
  type ElementaryUnary,
  type Expr,
  input,
  pow,
  type Relation,
  select,
  type UnaryOp,
  unary,
} from './expr.ts';
import { fold, nodes } from './nodes.ts';

/** A node as JSON; operands are places in the list. */
export type NodeJson =
  | { readonly kind: 'constant'; readonly value: number | string }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'unary'; readonly op: string; readonly x: number }
  | { readonly kind: 'binary'; readonly op: string; readonly left: number; readonly right: number }
  | {
      readonly kind: 'select';
      readonly relation: string;
      readonly left: number;
      readonly right: number;
      readonly yes: number;
      readonly no: number;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly number[] };

/** An expression as JSON. */
export interface ExprJson {
  readonly nodes: readonly NodeJson[];
}

/** What reading gives: a value, or what was expected of which part. */
type Read<A> = { readonly value: A } | { readonly expected: string; readonly at: readonly string[]; readonly received: unknown };
