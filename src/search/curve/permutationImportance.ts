/**
 * Permutation importance: how much worse predictions become when what a feature says is given to other rows.
 *
 * Laws: a feature that is not used, and one that does not vary, has importance 0; the same key gives the same; a feature's
 * importance does not ask which others are asked for.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { foldIn, type Key, permutation, split } from '../../tensor/key.ts';
import { show } from '../../tensor/shape.ts';
import { generate, type Tensor } from '../../tensor/tensor.ts';
import { countFrom, knownFields } from '../fold/refuse.ts';
import { type Interval, levelOf } from '../interval/interval.ts';
import { mean } from '../interval/mean.ts';
import { placed } from './point.ts';

export interface ImportanceOptions {
  /** How often each feature is shuffled. */
  readonly repeats: number;
  /** The level of the intervals, for example 0.95. */
  readonly level: number;
  /** Columns that are shuffled together, as those of one category are: each column by itself unless given. */
  readonly groups?: ReadonlyArray<readonly number[]>;
}

/** How much a feature mattered. */
export interface Importance {
  /** The columns that were shuffled together. */
  readonly columns: readonly number[];
  /** The mean of what the error rose by; its interval is about the shuffling, not about other rows. */
  readonly increase: Interval;
  /** What the error rose by, each time. */
  readonly increases: readonly number[];
}

const where = 'Curve.permutationImportance';

/** The inputs with the given columns moved together to other rows. */
const shuffled =
  (columns: readonly number[], inputs: Tensor) =>
  (key: Key): Tensor => {
    const [rows = 0, width = 0] = inputs.shape;
    const order = permutation(rows)(key);
    return generate(inputs.dtype, inputs.shape, (i) => {
      const column = i % width;
      const row = Math.floor(i / width);
      return inputs.data[(columns.includes(column) ? (order[row] ?? 0) : row) * width + column] ?? Number.NaN;
    });
  };

const groupsOf =
  (width: number) =>
  (groups: ReadonlyArray<readonly number[]>): E.Either<Failure, ReadonlyArray<readonly number[]>> => {
    const wrong = groups.flat().find((column) => !(Number.isInteger(column) && column >= 0 && column < width));
    const empty = groups.findIndex(({ length }) => length === 0);
    if (wrong !== undefined)
      return E.left(failure('shape', where, `columns from 0 to ${width - 1}`, `column ${wrong}`));
    return empty < 0 && groups.length > 0
      ? E.right(groups)
      : E.left(failure('config', where, 'groups of at least one column', empty < 0 ? 'no group' : `group ${empty}`));
  };

const finite =
  (of: (inputs: Tensor) => E.Either<Failure, number>) =>
  (inputs: Tensor): E.Either<Failure, number> =>
    pipe(
      of(inputs),
      E.filterOrElse(Number.isFinite, (error) => failure('value', where, 'a finite error', `${error}`)),
    );

/**
 * For each feature of `inputs` [rows, features], how much the error rises when its column is shuffled among the rows
 * `repeats` times; `error` answers with the error of what is predicted from inputs, and closes over the network and its
 * targets. It is about this network, not about nature: of two features that say the same, a network may use either, and
 * shuffling one alone makes rows that cannot be. Take rows that were not trained on, for what was learnt by heart matters
 * for the others. (L. Breiman, *Random forests*, Machine Learning 45, 2001, section 10; A. Fisher, C. Rudin and F. Dominici,
 * JMLR 20, 2019.)
 *
 * Fails as `error` does, naming the feature and the repeat; on inputs of another shape or without rows, on fewer than two
 * repeats, on columns that are not there, and on an error that is not finite.
 *
 * @example
 * ```ts
 * import { Curve, Key, Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const inputs = Tensor.generate('f64', [50, 2], (i) => Math.floor(i / 2));
 * const target = Tensor.generate('f64', [50], (i) => i);
 * // A rule that says the first column, and does not ask for the second, which would be as good.
 * const first = (x: Tensor.Tensor) => Tensor.generate('f64', [50], (i) => x.data[2 * i] ?? 0);
 * pipe(
 *   inputs,
 *   Curve.permutationImportance({ repeats: 20, level: 0.95 })((x) => Metric.meanSquaredError(target)(first(x)))(Key.fromSeed(1)),
 *   E.map((features) => features.map(({ increase }) => increase.low > 0)),
 * ) // => E.right([true, false])
 * ```
 */
export const permutationImportance =
  (options: ImportanceOptions) =>
  (error: (inputs: Tensor) => E.Either<Failure, number>) =>
  (key: Key) =>
  (inputs: Tensor): E.Either<Failure, readonly Importance[]> => {
    const [rows = 0, width = 0] = inputs.shape;
    const measured = finite(error);
    return pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['repeats', 'level', 'groups'])(options)),
      E.chainFirst(() => levelOf(where)(options.level)),
      E.filterOrElse(
        () => inputs.shape.length === 2 && rows >= 2 && width >= 1,
        () => failure('shape', where, 'inputs of shape [rows ≥ 2, features ≥ 1]', show(inputs.shape)),
      ),
      E.bind('repeats', () => countFrom(where, 'repeats', 2)(options.repeats)),
      E.bind('groups', () => groupsOf(width)(options.groups ?? Array.from({ length: width }, (_, column) => [column]))),
      E.bind('base', () => pipe(measured(inputs), placed('inputs as they are'))),
      E.chain(({ repeats, groups, base }) =>
        E.traverseArray((columns: readonly number[]) =>
          pipe(
            // The first column names the group: so its importance is the same whatever else is asked for.
            split(repeats)(foldIn(columns[0] ?? 0)(key)),
            E.traverseArrayWithIndex((repeat, own) =>
              pipe(
                measured(shuffled(columns, inputs)(own)),
                E.map((worse) => worse - base),
                placed(`columns ${columns.join(', ')}, repeat ${repeat}`),
              ),
            ),
            E.bindTo('increases'),
            E.bind('increase', ({ increases }) => mean(options.level)(increases)),
            E.map(({ increases, increase }): Importance => ({ columns, increase, increases })),
          ),
        )(groups),
      ),
    );
  };
