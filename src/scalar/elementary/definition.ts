/**
 * What an elementary function is here: one body a format, built from the exact operations alone, so that every engine
 * that does those operations right gives the same bits.
 *
 * A body is emitted as straight-line code in which both arms of every `select` are computed, so bodies keep divisions
 * rare and let an arm that is not taken be NaN or ∞.
 */
import type { Dtype } from '../dtype.ts';
import type { Expr } from '../expr.ts';

/** A function of one number as an expression of its argument. */
export type UnaryBody = <N extends string>(x: Expr<N>) => Expr<N>;

/** A function of two numbers as an expression of its arguments. */
export type BinaryBody = <N extends string>(x: Expr<N>, y: Expr<N>) => Expr<N>;

/** The bodies of a function of one number, one a format. */
export type UnaryDefinition = Readonly<Record<Dtype, UnaryBody>>;

/** The bodies of a function of two numbers, one a format. */
export type BinaryDefinition = Readonly<Record<Dtype, BinaryBody>>;
