/** Examples: inputs with what is wanted of them, row by row. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { equals, type Shape, show, size } from '../tensor/shape.ts';
import { type Tensor, takeRows } from '../tensor/tensor.ts';

export interface Examples {
  /** Shape [rows, …the layer's input]. */
  readonly inputs: Tensor;
  /** Shape [rows, …what the loss takes]. */
  readonly targets: Tensor;
  /** How much each row counts, of shape [rows]; all count the same without. */
  readonly weights?: Tensor;
}

/** The number of rows. */
export const rowsOf = (examples: Examples): number => examples.inputs.shape[0] ?? 0;

/** The examples at given rows, in that order. Throws where there is no such row. */
export const take =
  (rows: ArrayLike<number>) =>
  ({ inputs, targets, weights }: Examples): Examples => {
    const at = takeRows(rows);
    return {
      inputs: at(inputs),
      targets: at(targets),
      ...(weights === undefined ? {} : { weights: at(weights) }),
    };
  };

/** Where an element of [rows, …] stands, in words. */
const place = (shape: Shape, index: number): string => {
  const width = size(shape.slice(1));
  const within = index % width;
  const row = `row ${Math.floor(index / width)}`;
  if (shape.length <= 1) return row;
  if (shape.length === 2) return `${row}, column ${within}`;
  const indices = shape.slice(1).map((n, axis) => Math.floor(within / size(shape.slice(axis + 2))) % n);
  return `${row}, element [${indices.join(',')}]`;
};

/** Fails at the first element that is not finite, naming its row and column. */
const finite = (where: string, { shape, data }: Tensor): E.Either<Failure, void> => {
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      return E.left(failure('value', `${where}, ${place(shape, i)}`, 'a finite number', `${data[i]}`));
  return E.right(undefined);
};

const checkWeights = (where: string, rows: number, weights: Tensor): E.Either<Failure, void> => {
  if (!equals(weights.shape, [rows]))
    return E.left(failure('shape', `${where}.weights`, `shape ${show([rows])}`, show(weights.shape)));
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights.data[i] ?? Number.NaN;
    if (!(weight >= 0))
      return E.left(failure('value', `${where}.weights, row ${i}`, 'a weight of at least 0', `${weight}`));
    sum += weight;
  }
  return sum > 0 ? E.right(undefined) : E.left(failure('value', `${where}.weights`, 'a weight above 0', 'only zeros'));
};

/**
 * Examples that a layer of an input shape can be given, or what is wrong with them: no rows, a shape that the layer
 * does not take, targets or weights of another number of rows, a number that is not finite (named by its row and
 * column), a negative weight, or formats that differ.
 */
export const check =
  (where: string, input: Shape) =>
  (examples: Examples): E.Either<Failure, Examples> => {
    const { inputs, targets, weights } = examples;
    const rows = rowsOf(examples);
    if (!equals(inputs.shape.slice(1), input) || inputs.shape.length === 0)
      return E.left(
        failure('shape', `${where}.inputs`, `shape [rows${input.map((n) => `,${n}`).join('')}]`, show(inputs.shape)),
      );
    if (rows === 0) return E.left(failure('value', `${where}.inputs`, 'at least 1 row', '0 rows'));
    if (targets.shape[0] !== rows)
      return E.left(
        failure('shape', `${where}.targets`, `${rows} rows, one for each of the inputs`, show(targets.shape)),
      );
    const odd = [targets, ...(weights === undefined ? [] : [weights])].find((x) => x.dtype !== inputs.dtype);
    if (odd !== undefined)
      return E.left(
        failure(
          'value',
          `${where}.${odd === targets ? 'targets' : 'weights'}`,
          `numbers in ${inputs.dtype} as in the inputs (Tensor.cast)`,
          odd.dtype,
        ),
      );
    const wrong = [
      ...(weights === undefined ? [] : [checkWeights(where, rows, weights)]),
      finite(`${where}.inputs`, inputs),
      finite(`${where}.targets`, targets),
      ...(weights === undefined ? [] : [finite(`${where}.weights`, weights)]),
    ].find(E.isLeft);
    return wrong ?? E.right(examples);
  };
