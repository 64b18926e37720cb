/** What the laws of data share. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { holds, same, type Verdict } from '../law.ts';

/** The unit roundoff of f64. */
export const u = 2 ** -53;

/** Goes on with what an Either holds; a failure is a disagreement. */
export const right = <A>(result: E.Either<Failure, A>, then: (value: A) => Verdict): Verdict =>
  E.isRight(result) ? then(result.right) : holds(false, 'a value', show(result.left));
/** Holds when two values are the same as JSON. */
export const sameJson = (expected: unknown, received: unknown, where: string): Verdict =>
  same(JSON.stringify(expected), JSON.stringify(received), where);

/** A tensor [rows, columns] from its columns. */
export const tensorOf = (columns: ReadonlyArray<readonly number[]>): Tensor =>
  generate('f64', [columns[0]?.length ?? 0, columns.length], (i) => {
    const width = columns.length;
    return columns[i % width]?.[Math.floor(i / width)] ?? Number.NaN;
  });
