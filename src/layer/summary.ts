/** What a network is made of, as a table. */
import { type Counted, count, type Sized } from '../ops/count.ts';
import type { Ops } from '../ops/ops.ts';
import type { Random } from '../ops/random.ts';
import type { Dtype } from '../scalar/dtype.ts';
import { type Shape, show, size } from '../tensor/shape.ts';
import { entries, type Form, map, type Of, type Path, showPath } from '../tensor/tree.ts';
import { inference } from './context.ts';
import type { AnyLayer, Declaration, Layer, Spec } from './layer.ts';

/** One layer of a network. */
export interface SummaryRow {
  readonly path: Path;
  readonly kind: string;
  /** The shape of an example's output. */
  readonly output: Shape;
  /** How many numbers are learned. */
  readonly parameters: number;
  /** Operations of a forward pass of one example at inference, see `Ops.count`. */
  readonly flops: number;
}

/** A network's layers in order, and their totals. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly flops: number;
}

const shapes = <F extends Form>({ tree, specs }: Declaration<F>): Of<F, Sized> =>
  map(tree, ({ shape }: Spec): Sized => ({ shape }), specs);

const numbers = <F extends Form>({ tree, specs }: Declaration<F>): number =>
  entries<F, Spec>(tree, specs).reduce((sum, [, { shape }]) => sum + size(shape), 0);

/**
 * The cost of a forward pass of a batch at inference.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * Network.forwardCost('f32', 10)(Layer.denseWithoutBias(3, 2)).flops // => 120
 * ```
 */
export const forwardCost =
  (dtype: Dtype, batch: number) =>
  <P extends Form, S extends Form>(layer: Layer<Shape, Shape, P, S>): Counted<Shape> =>
    count(dtype)(
      (ops: Ops<Sized>) =>
        layer.forward(
          ops,
          shapes(layer.parameters),
          shapes(layer.state),
          { shape: [batch, ...layer.input] },
          inference(),
        ).y.shape,
    );

/**
 * The cost of a training step's forward pass and pullback, without the loss and the optimizer.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * Network.trainingCost('f32', 10)(Layer.denseWithoutBias(3, 2)).flops // => 240
 * ```
 */
export const trainingCost =
  (dtype: Dtype, batch: number) =>
  <P extends Form, S extends Form>(layer: Layer<Shape, Shape, P, S>): Counted<Shape> =>
    count(dtype)((ops: Ops<Sized>) => {
      const drawn: Random<Sized> = {
        skip: () => drawn,
        bernoulli: (shape) => ({ shape }),
        normal: (shape) => ({ shape }),
      };
      const { y, pullback } = layer.forward(
        ops,
        shapes(layer.parameters),
        shapes(layer.state),
        { shape: [batch, ...layer.input] },
        { ...inference<Sized>(), training: true, random: drawn },
      );
      // Every gradient of a parameter is read; that of the network's own input is not.
      entries<P, Sized>(layer.parameters.tree, pullback(y).dParams);
      return y.shape;
    });

const rowsOf = (dtype: Dtype, layer: AnyLayer, path: Path): readonly SummaryRow[] => {
  const children = layer.children.flatMap((child) => rowsOf(dtype, child.layer, [...path, ...child.path]));
  const own: SummaryRow = {
    path,
    kind: layer.description.kind,
    output: layer.output,
    parameters: numbers(layer.parameters) - children.reduce((sum, row) => sum + row.parameters, 0),
    flops: forwardCost(dtype, 1)(layer).flops - children.reduce((sum, row) => sum + row.flops, 0),
  };
  // A composition has a row of its own where it does something of its own, as a residual's sum.
  return layer.children.length === 0 || own.flops > 0 || own.parameters > 0 ? [...children, own] : children;
};

/**
 * The layers of a network with their output shapes, numbers of parameters and FLOPs, and the totals.
 *
 * @example
 * ```ts
 * import { Activation, Layer, Network } from 'nabla-ts';
 * const network = Layer.sequential(Layer.dense(3, 4), Activation.relu, Layer.dense(4, 2));
 * Network.summary(network).parameters // => 26
 * Network.summary(network).rows.map(({ kind }) => kind) // => ['dense', 'relu', 'dense']
 * ```
 */
export const summary = (layer: AnyLayer, dtype: Dtype = 'f32'): Summary => {
  const rows = rowsOf(dtype, layer, []);
  return {
    rows,
    parameters: rows.reduce((sum, row) => sum + row.parameters, 0),
    flops: rows.reduce((sum, row) => sum + row.flops, 0),
  };
};

/** A whole number with commas between thousands. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/gu, ',');

/**
 * A summary as text: a table with a row a layer and the totals.
 *
 * @example
 * ```ts
 * import { Layer, Network } from 'nabla-ts';
 * Network.showSummary(Network.summary(Layer.dense(3, 2))).split('\n')[0] // => '  layer  output  parameters  FLOPs'
 * ```
 */
export const showSummary = ({ rows, parameters, flops }: Summary): string => {
  const lines = [
    ['', 'layer', 'output', 'parameters', 'FLOPs'],
    ...rows.map((row) => [showPath(row.path), row.kind, show(row.output), grouped(row.parameters), grouped(row.flops)]),
    ['', 'total', '', grouped(parameters), grouped(flops)],
  ];
  // never: every line has a cell in each column
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
