/** Whether dimensions make a space, and in which order they can be decided. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Conditional, Dimension, Dimensions, Simple } from './dimension.ts';
import { simple } from './dimension.ts';
import { canonical, isJson } from './same.ts';

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('config', where, expected, received));

const repeated = (values: readonly unknown[]): unknown => {
  const seen = new Set<string>();
  return values.find((value) => seen.size === seen.add(canonical(value)).size);
};

const checkBounds = (where: string, { low, high }: { readonly low: number; readonly high: number }) =>
  low < high
    ? E.right(undefined)
    : fail(
        where,
        'a lower bound below the upper one (a hyperparameter of one value is fixed)',
        `from ${quote(low)} to ${quote(high)}`,
      );

const checkSimple = (where: string, dimension: Simple): E.Either<Failure, undefined> => {
  switch (dimension.kind) {
    case 'fixed':
      return isJson(dimension.value)
        ? E.right(undefined)
        : fail(where, 'a value that JSON can say', quote(dimension.value));
    case 'choice': {
      const { options } = dimension;
      if (options.length === 0) return fail(where, 'at least one option', 'none');
      const strange = options.find((option) => !isJson(option));
      if (strange !== undefined) return fail(where, 'options that JSON can say', quote(strange));
      const twice = repeated(options);
      return twice === undefined ? E.right(undefined) : fail(where, 'each option once', `${quote(twice)} twice`);
    }
    case 'integer':
      return Number.isSafeInteger(dimension.low) &&
        Number.isSafeInteger(dimension.high) &&
        Number.isSafeInteger(dimension.high - dimension.low + 1)
        ? checkBounds(where, dimension)
        : fail(where, 'whole numbers as bounds', `from ${quote(dimension.low)} to ${quote(dimension.high)}`);
    default:
      if (!Number.isFinite(dimension.low) || !Number.isFinite(dimension.high - dimension.low))
        return fail(where, 'finite bounds', `from ${quote(dimension.low)} to ${quote(dimension.high)}`);
      return dimension.kind === 'logUniform' && !(dimension.low > 0)
        ? fail(where, 'bounds above 0, which have a logarithm', `from ${dimension.low} to ${dimension.high}`)
        : checkBounds(where, dimension);
  }
};

const checkCondition = (
  where: string,
  { on, values }: Conditional,
  known: ReadonlyMap<string, Dimension>,
): E.Either<Failure, undefined> => {
  const parent = known.get(on);
  if (parent === undefined)
    return fail(where, `a condition on a dimension of the space (${[...known.keys()].join(', ')})`, quote(on));
  const choice = simple(parent);
  if (choice.kind !== 'choice') return fail(where, 'a condition on a choice', `${quote(on)}, which is ${choice.kind}`);
  if (values.length === 0) return fail(where, `values of ${quote(on)} under which it is there`, 'none');
  const options = new Set(choice.options.map(canonical));
  const impossible = values.find((value) => !options.has(canonical(value)));
  if (impossible !== undefined)
    return fail(where, `a condition that can hold: an option of ${quote(on)}`, quote(impossible));
  const twice = repeated(values);
  return twice === undefined ? E.right(undefined) : fail(where, 'each value once', `${quote(twice)} twice`);
};

/** The names such that a condition stands after what it is on; those that wait for one another are left out. */
const inOrder = (known: ReadonlyMap<string, Dimension>): readonly string[] => {
  const ordered: string[] = [];
  const place = (): boolean => {
    const next = [...known].filter(
      ([name, dimension]) =>
        !ordered.includes(name) && (dimension.kind !== 'conditional' || ordered.includes(dimension.on)),
    );
    ordered.push(...next.map(([name]) => name));
    return next.length > 0;
  };
  while (place()) {
    // Every round places the children of the one before.
  }
  return ordered;
};

/** The names of a space's dimensions, conditions after what they are on, or what is wrong with them. */
export const checkDimensions = (dimensions: Dimensions): E.Either<Failure, readonly string[]> => {
  const known = new Map(Object.entries(dimensions));
  if (known.size === 0) return fail('Space', 'at least one dimension', 'none: the space is empty');
  const [wrong] = [...known].flatMap(([name, dimension]) => {
    const where = `Space.${name}`;
    const checked = pipe(
      checkSimple(where, simple(dimension)),
      E.chain(() => (dimension.kind === 'conditional' ? checkCondition(where, dimension, known) : E.right(undefined))),
    );
    return E.isLeft(checked) ? [checked] : [];
  });
  if (wrong !== undefined) return wrong;
  const order = inOrder(known);
  const circular = [...known.keys()].find((name) => !order.includes(name));
  return circular === undefined
    ? E.right(order)
    : fail(`Space.${circular}`, 'conditions that go back to a choice without one', 'conditions in a circle');
};
