/** A configuration that was checked, with what every step of it needs. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Declaration, Spec } from '../layer/layer.ts';
import type { Ops } from '../ops/ops.ts';
import { reference } from '../ops/reference/reference.ts';
import type { Optimizer, Slots } from '../optimizer/optimizer.ts';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { entries, type Form, type Of, showPath } from '../tensor/tree.ts';
import { type Config, checkConfig } from './config.ts';
import { notFiniteLeaf } from './diverged.ts';
import { checkExamples } from './evaluate.ts';
import { type Examples, rowsOf } from './examples.ts';
import type { Progress, State } from './state.ts';

export interface Plan<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly config: Config<In, Out, P, S>;
  readonly ops: Ops<Tensor>;
  readonly rows: number;
  /** Rows a batch; the last may have fewer. */
  readonly size: number;
  /** Batches an epoch. */
  readonly batches: number;
}

/** Rows of the smallest batch of an epoch. */
const smallestBatch = (rows: number, size: number): number => (rows % size === 0 ? size : rows % size);

/** Where a batch has only rows of weight 0 its mean is 0 ÷ 0: refused beforehand where the order of rows could make one. */
const checkEmptyBatches = (loss: string, size: number, { inputs, weights }: Examples): E.Either<Failure, void> => {
  if (weights === undefined) return E.right(undefined);
  const rows = inputs.shape[0] ?? 0;
  const smallest = smallestBatch(rows, size);
  const zeros = Array.from(weights.data).filter((weight) => weight === 0).length;
  return zeros < smallest
    ? E.right(undefined)
    : E.left(
        failure(
          'value',
          'config.data.weights',
          `fewer rows of weight 0 than the smallest batch has rows (${smallest}), for a batch of them has no mean (${loss})`,
          `${zeros} of ${rows}`,
        ),
      );
};

/** Where a layer needs company (batch norm has no variance in a batch of one), the smallest batch must have it. */
const checkCompany = (minimum: number, rows: number, size: number): E.Either<Failure, void> => {
  if (smallestBatch(rows, size) >= minimum) return E.right(undefined);
  // The nearest sizes that work, on either side; all rows at once is one of them unless there are too few of these.
  const sizes = Array.from({ length: rows }, (_, i) => i + 1).filter((n) => smallestBatch(rows, n) >= minimum);
  const [below, above] = [sizes.findLast((n) => n < size), sizes.find((n) => n > size)];
  const working = [below, above, ...(rows >= minimum ? ['full'] : [])].filter((n) => n !== undefined);
  return E.left(
    failure(
      'config',
      'config.batchSize',
      `batches of at least ${minimum} rows, as a layer normalises over them; ${
        working.length === 0 ? `${rows} rows are too few` : `of ${rows} rows these sizes work: ${working.join(', ')}`
      }`,
      `${size}, which leaves a batch of ${smallestBatch(rows, size)}`,
    ),
  );
};

/** The plan of a configuration, or what is wrong with it. */
export const plan = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): E.Either<Failure, Plan<In, Out, P, S>> => {
  const { layer, loss, data, validation, batchSize = 'full' } = config;
  const rows = rowsOf(data);
  const size = batchSize === 'full' ? rows : Math.min(batchSize, rows);
  const examples = (where: string, given: Examples): E.Either<Failure, Examples> =>
    pipe(given, checkExamples(where, layer.input, layer.output, loss));
  return pipe(
    checkConfig(config),
    E.chain(() => examples('config.data', data)),
    E.chain(() => checkCompany(layer.minimumBatch, rows, size)),
    E.chain(() =>
      loss.reduction === 'mean' ? checkEmptyBatches(loss.description.kind, size, data) : E.right(undefined),
    ),
    E.chain(() => (validation === undefined ? E.right(data) : examples('config.validation', validation))),
    E.chain((known) =>
      known.inputs.dtype === data.inputs.dtype
        ? E.right(known)
        : E.left(
            failure('value', 'config.validation', `numbers in ${data.inputs.dtype} as in the data`, known.inputs.dtype),
          ),
    ),
    E.map(() => ({ config, ops: reference(data.inputs.dtype), rows, size, batches: Math.ceil(rows / size) })),
  );
};

/** Fails at the first leaf that does not have the declared shape and the format, or that is not finite. */
const checkLeaves = <F extends Form>(
  where: string,
  { tree, specs }: Declaration<F>,
  dtype: Dtype,
  of: Of<F, Tensor>,
): E.Either<Failure, void> => {
  const found = entries<F, Tensor>(tree, of);
  for (const [i, [path, spec]] of entries<F, Spec>(tree, specs).entries()) {
    const x = found[i]?.[1];
    if (x === undefined || x.dtype !== dtype || !equals(x.shape, spec.shape))
      // never: none, but for callers without types: the forms are equal
      return E.left(
        failure(
          'shape',
          `${where}.${showPath(path)}`,
          `${dtype}${show(spec.shape)}, as the layer and the data have it`,
          x === undefined ? 'none' : `${x.dtype}${show(x.shape)}`,
        ),
      );
  }
  const broken = notFiniteLeaf(found);
  return broken === undefined
    ? E.right(undefined)
    : E.left(failure('value', `${where}.${showPath(broken.path)}`, 'finite numbers', `${broken.value}`));
};

/** Fails where slots are not those of an optimizer. */
const checkSlots = (
  { description: { kind }, numbers, vectors }: Optimizer,
  slots: Slots<Form, Tensor>,
): E.Either<Failure, void> => {
  const missing = Object.keys(numbers).find((name) => !Object.hasOwn(slots.numbers, name));
  if (missing !== undefined)
    return E.left(failure('config', 'state.slots', `the number "${missing}" of ${kind}`, 'none'));
  const expected = Object.keys(vectors).sort().join(', ');
  const received = Object.keys(slots.vectors).sort().join(', ');
  return expected === received
    ? E.right(undefined)
    : E.left(failure('config', 'state.slots', `the vectors of ${kind} (${expected || 'none'})`, received || 'none'));
};

/** Fails where an epoch that is under way was cut into other batches: some rows would come twice and some never. */
const checkProgress = (rows: number, size: number, progress: Progress): E.Either<Failure, void> =>
  progress.batch === 0 || (progress.rows === rows && progress.size === size && progress.batch * size < rows)
    ? E.right(undefined)
    : E.left(
        failure(
          'config',
          'state.progress',
          `an epoch of ${rows} rows in batches of ${size}`,
          `${progress.batch} batches of ${progress.size} from ${progress.rows} rows`,
        ),
      );

/** A state that the plan can go on from, or why it cannot: tensors of another shape or format or that are not finite,
 * the slots of another optimizer, or an epoch that is under way in other batches. */
export const fits =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
    config,
    ops,
    rows,
    size,
  }: Plan<In, Out, P, S>) =>
  (state: State<In, Out, P, S>): E.Either<Failure, State<In, Out, P, S>> =>
    pipe(
      checkLeaves('state.params', config.layer.parameters, ops.dtype, state.params),
      E.chain(() => checkLeaves('state.layerState', config.layer.state, ops.dtype, state.layerState)),
      E.chain(() => checkSlots(config.optimizer, state.slots)),
      E.chain(() => checkProgress(rows, size, state.progress)),
      E.map(() => state),
    );
