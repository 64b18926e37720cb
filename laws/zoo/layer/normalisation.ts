/** Wrong batch norm and layer norm, without scale and shift. */
import { Expr, Initialiser, Layer, Ops, Tree } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { LayerOptions, PlainRun } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';
import { type Any, broken as entry, keeping, lawsOf } from './parts.ts';

type Form = Layer.RecordForm<{ readonly mean: Layer.LeafForm; readonly variance: Layer.LeafForm }>;
const tree = Tree.record<{ readonly mean: Layer.LeafForm; readonly variance: Layer.LeafForm }>({
  mean: Tree.leaf,
  variance: Tree.leaf,
});

const EPSILON = 0.1;
const MOMENTUM = 0.25;
const [x, n] = [Expr.input('x'), Expr.input('n')];

/** How a batch norm goes wrong; nothing given, it is right. */
interface Faults {
  /** 1/√(σ² + ε). */
  readonly inverse?: Expr.Expr<'x'>;
  /** What the variance that normalises is multiplied by, of n numbers. */
  readonly normalising?: Expr.Expr<'n'>;
  /** What the variance that is stored is multiplied by, of n numbers. */
  readonly stored?: Expr.Expr<'n'>;
  readonly momentum?: number;
  /** The pullback takes the statistics for constants. */
  readonly frozen?: boolean;
  /** The batch's own statistics at inference too. */
  readonly own?: boolean;
  /** The state moves at inference too. */
  readonly moving?: boolean;
}

const one: Expr.Expr<'n'> = Expr.divide(n, n);
const unbiased: Expr.Expr<'n'> = Expr.divide(n, Expr.subtract(n, 1));
const rightInverse = Expr.divide(1, Expr.sqrt(Expr.add(x, EPSILON)));
const square = Expr.multiply(x, x);

/** The means along an axis, broadcast again. */
const meanOver = <T>(ops: Ops.Ops<T>, axis: number, of: T): T =>
  ops.broadcast(ops.shape(of), Ops.divide(ops, ops.sum([axis], of), ops.scalar(ops.shape(of)[axis] ?? 1)));

/** dx = (g − mean g − x̂·mean(g·x̂))/√(σ² + ε). */
const through = <T>(ops: Ops.Ops<T>, axis: number, normal: T, inverse: T, dy: T): T => {
  const along = Ops.multiply(ops, normal, meanOver(ops, axis, Ops.multiply(ops, dy, normal)));
  return Ops.multiply(ops, inverse, Ops.subtract(ops, Ops.subtract(ops, dy, meanOver(ops, axis, dy)), along));
};

const FEATURES = 3;
const spec = { shape: [FEATURES], fanIn: 1, fanOut: 1, role: 'bias' } as const;

const batchNorm = ({
  inverse: root = rightInverse,
  normalising = one,
  stored = unbiased,
  momentum = MOMENTUM,
  frozen = false,
  own = false,
  moving = false,
}: Faults = {}): Layer.Layer<readonly [3], readonly [3], Layer.EmptyForm, Form> => ({
  ...Layer.plain,
  input: [FEATURES],
  output: [FEATURES],
  minimumBatch: 2,
  description: { kind: 'normalising' },
  parameters: Layer.none,
  state: {
    tree,
    specs: {
      mean: { ...spec, initialiser: Initialiser.zeros },
      variance: { ...spec, initialiser: Initialiser.constant(1) },
    },
  },
  forward: (ops, _params, state, given, { training }) => {
    const shape = ops.shape(given);
    const rows = ops.scalar(shape[0] ?? 1);
    const mean = meanOver(ops, 0, given);
    const centred = Ops.subtract(ops, given, mean);
    const variance = meanOver(ops, 0, ops.map(square, { x: centred }));
    const moved = (old: typeof given, all: typeof given): typeof given =>
      Ops.add(
        ops,
        Ops.multiply(ops, ops.scalar(1 - momentum), old),
        Ops.multiply(ops, ops.scalar(momentum), ops.reshape([FEATURES], ops.slice(0, 0, 1, all))),
      );
    const next = () => ({
      mean: moved(state.mean, mean),
      variance: moved(state.variance, Ops.multiply(ops, variance, ops.map(stored, { n: rows }))),
    });
    if (!training && !own) {
      const inverse = Ops.repeat(ops, shape, ops.map(root, { x: state.variance }));
      const centre = Ops.repeat(ops, shape, state.mean);
      return {
        y: Ops.multiply(ops, Ops.subtract(ops, given, centre), inverse),
        state: moving ? next() : state,
        pullback: (dy) => ({ dParams: Layer.noValues, dx: Ops.multiply(ops, dy, inverse) }),
      };
    }
    const inverse = ops.map(root, { x: Ops.multiply(ops, variance, ops.map(normalising, { n: rows })) });
    const normal = Ops.multiply(ops, centred, inverse);
    return {
      y: normal,
      state: training ? next() : state,
      pullback: (dy) => ({
        dParams: Layer.noValues,
        dx: frozen ? Ops.multiply(ops, dy, inverse) : through(ops, 0, normal, inverse, dy),
      }),
    };
  },
});

const sum = (xs: readonly number[]): number => xs.reduce((total, value) => total + value, 0);

/** Ioffe and Szegedy 2015, algorithm 1, and the unbiased variance of its section 3.1 in the running one. */
const algorithm = ({ x: batch, state: { mean = [], variance = [] }, training }: PlainRun) => {
  const m = batch.length;
  const columns = mean.map((_, j) => batch.map((row) => row[j] ?? NaN));
  const means = training ? columns.map((column) => sum(column) / m) : mean;
  const variances = training
    ? columns.map((column, j) => sum(column.map((v) => (v - (means[j] ?? NaN)) ** 2)) / m)
    : variance;
  const moved = (old: readonly number[], fresh: readonly number[], by: number): readonly number[] =>
    training ? old.map((v, j) => (1 - MOMENTUM) * v + MOMENTUM * by * (fresh[j] ?? NaN)) : old;
  return {
    y: batch.map((row) => row.map((v, j) => (v - (means[j] ?? NaN)) / Math.sqrt((variances[j] ?? NaN) + EPSILON))),
    state: { mean: moved(mean, means, 1), variance: moved(variance, variances, m / (m - 1)) },
  };
};

const told: LayerOptions = {
  expected: algorithm,
  except: { 'rows do not depend on those that follow': 'batch norm normalises over the batch in training' },
};

/** Layer norm of four features: along an axis, with a pullback of one's choice. */
const layerNorm = (axis: number, whole: boolean, epsilon: (dtype: 'f32' | 'f64') => number = () => EPSILON): Any =>
  keeping('rowNorm', [4], (ops, given) => {
    const centred = Ops.subtract(ops, given, meanOver(ops, axis, given));
    const variance = meanOver(ops, axis, ops.map(square, { x: centred }));
    const inverse = ops.map(Expr.divide(1, Expr.sqrt(Expr.add(x, epsilon(ops.dtype)))), { x: variance });
    const normal = Ops.multiply(ops, centred, inverse);
    return {
      y: normal,
      back: (dy) =>
        whole
          ? through(ops, axis, normal, inverse, dy)
          : Ops.multiply(
              ops,
              inverse,
              Ops.subtract(ops, dy, Ops.multiply(ops, normal, meanOver(ops, axis, Ops.multiply(ops, dy, normal)))),
            ),
    };
  });

const rowwise: LayerOptions = {
  expected: ({ x: batch }) => ({
    y: batch.map((row) => {
      const mean = sum(row) / row.length;
      const variance = sum(row.map((v) => (v - mean) ** 2)) / row.length;
      return row.map((v) => (v - mean) / Math.sqrt(variance + EPSILON));
    }),
  }),
};

export const correct: readonly LawSet[] = [lawsOf(batchNorm(), told), lawsOf(layerNorm(1, true), rowwise)];

export const broken: readonly Broken[] = [
  entry(
    'batch norm through frozen statistics',
    'the pullback takes mean and variance for constants',
    'pullback: dual numbers',
    batchNorm({ frozen: true }),
    told,
  ),
  entry(
    'biased running variance',
    'the running variance is stored without n/(n − 1)',
    'formula',
    batchNorm({ stored: one }),
    told,
  ),
  entry(
    'unbiased variance normalises',
    'the batch is divided by the unbiased deviation, in training only',
    'formula',
    batchNorm({ normalising: unbiased }),
    told,
  ),
  entry(
    'momentum the other way round',
    'momentum weighs the old value instead of the new',
    'formula',
    batchNorm({ momentum: 1 - MOMENTUM }),
    told,
  ),
  entry(
    'epsilon outside the root',
    '1/(√σ² + ε) instead of 1/√(σ² + ε)',
    'formula',
    batchNorm({ inverse: Expr.divide(1, Expr.add(Expr.sqrt(x), EPSILON)) }),
    told,
  ),
  entry(
    'batch statistics at inference',
    'what is predicted of an example depends on the others',
    'rows are independent',
    batchNorm({ own: true }),
    told,
  ),
  entry(
    'statistics move at inference',
    'predicting changes the running statistics',
    'inference keeps the state',
    batchNorm({ moving: true }),
    told,
  ),
  entry(
    'layer norm over the batch',
    'the wrong axis is normalised',
    'rows are independent',
    layerNorm(0, true),
    rowwise,
  ),
  entry(
    'layer norm without the mean in its pullback',
    'the mean of dy is not taken away',
    'pullback: dual numbers',
    layerNorm(1, false),
    rowwise,
  ),
  entry(
    'another epsilon in f32',
    'ε is ten times as great in f32, against overflow',
    'f32: within rounding of f64',
    layerNorm(1, true, (dtype) => (dtype === 'f32' ? 10 * EPSILON : EPSILON)),
    rowwise,
  ),
];
