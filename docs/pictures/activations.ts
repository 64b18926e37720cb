/** Draws the pictures of chapter 7: `npx tsx docs/pictures/activations.ts [NAME …]`. Numbers with intervals are
 * read from its tables. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Inspect, Key, Network, type Tensor, type Train } from 'nabla-ts';
import type { TopLevelSpec } from 'vega-lite';
import { OUTWARDS } from '../../examples/08-activations.ts';
import { firstSplit, type Parts } from '../../examples/activations/digits.ts';
import { hidden, inspectInitial } from '../../examples/activations/initial.ts';
import { type ActivationName, type Beginning, type Deep, loss, network } from '../../examples/activations/networks.ts';
import { percentile, watchedPasses } from '../../examples/activations/outwards.ts';
import { watched } from '../../examples/activations/run.ts';
import { firstRows } from '../../examples/digits.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { tableOf } from './activations/tables.ts';
import { save } from './save.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const chapter = readFileSync(here('../07-which-activation.md'), 'utf8');

const WIDTH = 100;
const ROWS = 300;
const COLOURS = ['var(--orange)', 'var(--purple)', 'var(--blue)', 'var(--green)', 'var(--ink)'];

const legend = { orient: 'top' as const, labelLimit: 0 };
const byLayer = { field: 'layer', type: 'nominal' as const, title: 'hidden layer', scale: { range: COLOURS }, legend };

/** The share of values in each of so many bins from −most to most; what is beyond is in the last ones. */
const histogram = (values: ArrayLike<number>, most: number, bins: number): readonly { x: number; share: number }[] => {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((((values[i] ?? 0) + most) / (2 * most)) * bins);
    const at = Math.min(bins - 1, Math.max(0, bin));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ x: -most + ((i + 0.5) * 2 * most) / bins, share: count / values.length }));
};

type Of = Either<readonly Inspect.LayerPass[]>;
type Either<A> = E.Either<Failure.Failure, A>;

const passOf = (of: Deep, examples: Train.Examples): Of =>
  network(of).use((layer) =>
    pipe(
      Network.init(layer, Key.fromSeed(1)),
      Inspect.pass({ loss }, examples),
      E.map(({ layers }) => layers.filter(({ slope }) => slope !== undefined)),
    ),
  );

const tanhOf = (beginning: Beginning): Deep => ({ activation: 'tanh', beginning, depth: 5, width: WIDTH });

const density = (
  title: string,
  layers: readonly Inspect.LayerPass[],
  of: (layer: Inspect.LayerPass) => Tensor.Tensor | undefined,
  most: number,
  top: number,
) => ({
  title,
  width: 300,
  height: 170,
  data: {
    values: layers.flatMap((layer, i) =>
      histogram(of(layer)?.data ?? [], most, 61).map((point) => ({ ...point, layer: i + 1 })),
    ),
  },
  mark: { type: 'line' as const, strokeWidth: 1.6, clip: true },
  encoding: {
    x: { field: 'x', type: 'quantitative' as const, title: null, axis: { format: '~g' } },
    y: { field: 'share', type: 'quantitative' as const, title: 'share', scale: { domain: [0, top] } },
    color: byLayer,
  },
});

/** Figures 6 and 7: activations and gradients of tanh before the first step. */
const beginning = (parts: Parts): Either<TopLevelSpec> => {
  const examples = firstRows(ROWS)(parts.train);
  return pipe(
    E.Do,
    E.apS('old', passOf(tanhOf('old'), examples)),
    E.apS('normalised', passOf(tanhOf('normalised'), examples)),
    E.map(({ old, normalised }) => ({
      vconcat: [
        {
          hconcat: [
            density('activations, U[−1/√n, 1/√n]', old, ({ output }) => output, 1, 0.4),
            density('activations, normalised', normalised, ({ output }) => output, 1, 0.4),
          ],
        },
        {
          hconcat: [
            density('gradients, U[−1/√n, 1/√n]', old, ({ gradient }) => gradient, 0.001, 0.4),
            density('gradients, normalised', normalised, ({ gradient }) => gradient, 0.001, 0.4),
          ],
        },
      ],
    })),
  );
};

const rowsOf = (found: readonly Either<Inspect.Inspection>[]) =>
  found.flatMap((one) =>
    E.isLeft(one)
      ? []
      : hidden(one.right).map((layer, i) => ({ epoch: one.right.epoch, layer: i + 1, ...layer, path: undefined })),
  );

const line = (title: string, field: string, axis: string, values: readonly object[]) => ({
  title,
  width: 300,
  height: 210,
  data: { values: [...values] },
  mark: { type: 'line' as const, strokeWidth: 2 },
  encoding: {
    x: { field: 'epoch', type: 'quantitative' as const, title: 'epoch' },
    y: { field, type: 'quantitative' as const, title: axis, scale: { domain: [0, 1] } },
    color: byLayer,
  },
});

/** A line with a band of one deviation to either side. */
const banded = (title: string, values: ReadonlyArray<{ readonly mean: number; readonly deviation: number }>) => {
  const { data, encoding, mark, ...size } = line(
    title,
    'mean',
    'mean activation',
    values.map((one) => ({ ...one, low: one.mean - one.deviation, high: one.mean + one.deviation })),
  );
  return {
    ...size,
    data,
    encoding,
    layer: [
      {
        mark: { type: 'area' as const, opacity: 0.12, clip: true },
        encoding: {
          y: { ...encoding.y, field: 'low' },
          y2: { field: 'high' },
        },
      },
      { mark },
    ],
  };
};

/** Figure 2: the means of sigmoid layers over training, and the deviations around them. */
const plateau = (parts: Parts): Either<TopLevelSpec> => {
  const run = (depth: number) =>
    rowsOf(
      watched(
        { activation: 'sigmoid', beginning: 'old', depth, width: WIDTH },
        { data: parts.train, learningRate: 0.3, batchSize: 10, epochs: 150 },
        firstRows(50)(parts.train),
        5,
      )(1),
    );
  return E.right({
    hconcat: [banded('four hidden layers of sigmoids', run(4)), banded('five hidden layers of sigmoids', run(5))],
  });
};

/** Figure 3: how far out tanh and softsign get. */
const outwards = (parts: Parts): Either<TopLevelSpec> => {
  const run = watchedPasses(parts, firstRows(ROWS)(parts.test), OUTWARDS, 1);
  const far = (activation: ActivationName) =>
    run(activation)(1).flatMap((one) =>
      E.isLeft(one)
        ? []
        : one.right.layers.map(({ output }, i) => ({
            epoch: one.right.epoch,
            layer: i + 1,
            far: percentile(output.data, 0.98),
          })),
    );
  return E.right({
    hconcat: [
      line('tanh', 'far', '98th percentile', far('tanh')),
      line('softsign', 'far', '98th percentile', far('softsign')),
    ],
  });
};

/** Figure 4: where the activations of tanh and softsign are after training. */
const ended = (parts: Parts): Either<TopLevelSpec> => {
  const run = watchedPasses(parts, firstRows(ROWS)(parts.test), OUTWARDS, OUTWARDS.epochs);
  const last = (activation: ActivationName) => run(activation)(1)[0] ?? E.right({ epoch: 0, layers: [] });
  return pipe(
    E.Do,
    E.apS('tanh', last('tanh')),
    E.apS('softsign', last('softsign')),
    E.map(({ tanh, softsign }) => ({
      hconcat: [
        density('tanh, after 40 epochs', tanh.layers, ({ output }) => output, 1, 0.06),
        density('softsign, after 40 epochs', softsign.layers, ({ output }) => output, 1, 0.06),
      ],
    })),
  );
};

const DEPTHS = [2, 4, 8, 16, 30];

/** How the gradient fares on its way down, by depth. */
const gradients = (parts: Parts): Either<TopLevelSpec> => {
  const examples = firstRows(100)(parts.train);
  const made: readonly (readonly [ActivationName, Beginning, string])[] = [
    ['sigmoid', 'normalised', 'sigmoid, Glorot'],
    ['tanh', 'normalised', 'tanh, Glorot'],
    ['ReLU', 'He', 'ReLU, He'],
    ['ReLU', 'normal(0, 1)', 'ReLU, normal(0, 1)'],
    ['ReLU', 'old', 'ReLU, U[−1/√n, 1/√n]'],
  ];
  const values = made.flatMap(([activation, beginning, name]) =>
    DEPTHS.flatMap((depth) =>
      pipe(
        inspectInitial(examples, 1)({ activation, beginning, depth, width: 64 }),
        E.map((inspection) => {
          const layers = hidden(inspection);
          return [
            { depth, name, ratio: (layers[0]?.gradientNorm ?? 0) / (layers[layers.length - 1]?.gradientNorm ?? 1) },
          ];
        }),
        E.getOrElseW(() => []),
      ),
    ),
  );
  return E.right({
    width: 560,
    height: 280,
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: true },
    encoding: {
      x: { field: 'depth', type: 'quantitative', title: 'hidden layers' },
      y: {
        field: 'ratio',
        type: 'quantitative',
        title: 'gradient, first by last layer',
        scale: { type: 'log' },
        axis: { format: '.0e', tickCount: 8 },
      },
      color: {
        field: 'name',
        type: 'nominal',
        title: null,
        sort: null,
        scale: { range: COLOURS },
        legend: { ...legend, columns: 3 },
      },
    },
  });
};

/** Numbers with intervals, from a table of the chapter. */
const intervals = (heading: string, x: string, y: string, log: boolean): TopLevelSpec => {
  const values = tableOf(chapter, heading).map((cell) => ({ ...cell, row: cell.row.replace(/\*/g, '') }));
  const position = {
    x: { field: 'row', type: 'nominal' as const, title: x, sort: null, axis: { labelAngle: 0 } },
    xOffset: { field: 'column', sort: null },
    color: { field: 'column', type: 'nominal' as const, title: null, sort: null, scale: { range: COLOURS }, legend },
  };
  const scale = log ? { type: 'log' as const } : { zero: true };
  return {
    width: 560,
    height: 280,
    data: { values },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { ...position, y: { field: 'low', type: 'quantitative', title: y, scale }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 45, opacity: 1 },
        encoding: { ...position, y: { field: 'estimate', type: 'quantitative', title: y, scale } },
      },
    ],
  };
};

const digits = firstSplit(here('../../../shared/data/digits.csv.gz'));
const drawn = (of: (parts: Parts) => Either<TopLevelSpec>): TE.TaskEither<Failure.Failure, string> =>
  pipe(TE.fromEither(digits), TE.chainEitherK(of), TE.chain(draw));

const pictures = {
  'which-activation-gradients': drawn(gradients),
  'which-activation-beginning': drawn(beginning),
  'which-activation-plateau': drawn(plateau),
  'which-activation-outwards': drawn(outwards),
  'which-activation-ended': drawn(ended),
  'which-activation-dying': draw(intervals('rate', 'learning rate', 'share of dead units', false)),
  'which-activation-ranking': draw(intervals('depth', 'hidden layers', 'test error', true)),
};
const wanted = process.argv.slice(2);

void save(
  Object.fromEntries(Object.entries(pictures).filter(([name]) => wanted.length === 0 || wanted.includes(name))),
);
