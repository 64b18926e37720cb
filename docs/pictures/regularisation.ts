/** Draws the pictures of chapter 8: `npx tsx docs/pictures/regularisation.ts`. Differences with intervals are read from its tables. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Activation, Engine, Key, Layer, Loss, Network, Optimizer, Train } from 'nabla-ts';
import { readDigits } from '../../examples/digits.ts';
import { partsOf } from '../../examples/regularisation/digits.ts';
import { asked, curve, gapped } from '../../examples/regularisation/plain.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { save } from './save.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const chapter = readFileSync(here('../08-regularisation.md'), 'utf8');

const LINE = /^\| ([^|]+) \| [\d.]+ \| ([+−][\d.]+) \[([+−][\d.]+), ([+−][\d.]+)\] \|/;
const short = (title: string): string =>
  title.replace(', 300 digits, 30 % of the labels wrong', ', wrong labels').replace(/, (150|300) digits$/, '');
const number = (text = ''): number => Number(text.replace('−', '-'));

/** The rows of the chapter's tables whose first column is the accuracy, each with the title that stands above in bold; batch
 * norm at depth is another matter, beyond the scale. */
const differences = (() => {
  let title = '';
  let measure = '';
  return chapter.split('\n').flatMap((line) => {
    const above = /^\*\*(.+?)\*\*/.exec(line)?.[1];
    title = above ?? title;
    measure = above === undefined ? measure : '';
    measure = /^\| \| ([^|]+) \|/.exec(line)?.[1] ?? measure;
    const [, way, estimate, low, high] = LINE.exec(line) ?? [];
    return way === undefined || measure !== 'accuracy' || /batch norm|η 0\.3/.test(title)
      ? []
      : [{ name: `${short(title)}: ${way}`, estimate: number(estimate), low: number(low), high: number(high) }];
  });
})();

const effects = draw({
  width: 330,
  height: { step: 17 },
  data: { values: differences },
  encoding: {
    y: { field: 'name', type: 'nominal', title: null, sort: null, axis: { labelLimit: 0 } },
  },
  layer: [
    { mark: { type: 'rule', color: 'var(--line)' }, encoding: { x: { datum: 0 } } },
    {
      mark: { type: 'rule', strokeWidth: 2, color: 'var(--blue)' },
      encoding: {
        x: { field: 'low', type: 'quantitative', title: 'accuracy, more than without' },
        x2: { field: 'high' },
      },
    },
    {
      mark: { type: 'point', filled: true, size: 45, color: 'var(--blue)', opacity: 1 },
      encoding: { x: { field: 'estimate', type: 'quantitative' } },
    },
  ],
});

/** The mean of random passes, and twice their deviation on either side. */
const unsure = pipe(
  TE.fromEither(curve(0.1, 1)(1)),
  TE.map((network) => {
    const { mean, deviation } = Network.monteCarlo({ passes: 200, key: Key.fromSeed(1) })(network)(asked);
    return Array.from(asked.data, (x, i) => {
      const [m, d] = [mean.data[i] ?? 0, deviation.data[i] ?? 0];
      return { x, mean: m, low: m - 2 * d, high: m + 2 * d, truth: Math.sin(4 * x) };
    });
  }),
  TE.chain((values) => {
    const { inputs, targets } = gapped(1);
    const points = Array.from(inputs.data, (x, i) => ({ x, y: targets.data[i] ?? 0 }));
    const x = { field: 'x', type: 'quantitative' as const, title: 'x' };
    const y = { type: 'quantitative' as const, title: null };
    return draw({
      width: 560,
      height: 260,
      layer: [
        {
          data: { values },
          mark: { type: 'area', opacity: 0.25, color: 'var(--blue)' },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 1, strokeDash: [4, 3], color: 'var(--ink)' },
          encoding: { x, y: { ...y, field: 'truth' } },
        },
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 2, color: 'var(--blue)' },
          encoding: { x, y: { ...y, field: 'mean' } },
        },
        {
          data: { values: points },
          mark: { type: 'point', filled: true, size: 18, color: 'var(--orange)', opacity: 1 },
          encoding: { x, y: { ...y, field: 'y' } },
        },
      ],
    });
  }),
);

/** What training and validation come to as a network learns wrong labels by heart. */
const byHeart = pipe(
  readDigits(here('../../../shared/data/digits.csv.gz')),
  E.chain((digits) => {
    const { train, validation } = partsOf(digits, { train: 300, validation: 400, test: 10, wrong: 0.3 }, 1);
    const config = {
      layer: Layer.sequential(Layer.dense(64, 64), Activation.relu, Layer.dense(64, 10)),
      loss: Loss.softmaxCrossEntropy(),
      optimizer: Optimizer.adam({ learningRate: 0.003 }),
      batchSize: 32,
      epochs: 80,
      data: train,
      validation,
      engine: Engine.create(),
    };
    return pipe(
      Train.start(config, Key.fromSeed(1)),
      Train.fit(config),
      E.map(({ history }) =>
        history.flatMap(({ epoch, loss, validationLoss = Number.NaN }) => [
          { epoch, loss, of: 'training, 30 % of the labels wrong' },
          { epoch, loss: validationLoss, of: 'validation, labels right' },
        ]),
      ),
    );
  }),
  TE.fromEither,
  TE.chain((values) =>
    draw({
      width: 560,
      height: 220,
      data: { values },
      mark: { type: 'line', strokeWidth: 2 },
      encoding: {
        x: { field: 'epoch', type: 'quantitative', title: 'epoch' },
        y: { field: 'loss', type: 'quantitative', title: 'cross-entropy' },
        color: {
          field: 'of',
          type: 'nominal',
          title: null,
          scale: { range: ['var(--orange)', 'var(--blue)'] },
          legend: { orient: 'top', labelLimit: 0 },
        },
      },
    }),
  ),
);

void save({ regularisation: effects, uncertainty: unsure, 'by-heart': byHeart });
