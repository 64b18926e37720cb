/**
 * Draws the pictures of chapter 11: `npx tsx docs/pictures/limits.ts [NAME …]`. Numbers with intervals are read from its tables, which
 * `npx tsx examples/11-limits.ts` prints.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Key, Tensor } from 'nabla-ts';
import { FULL } from '../../examples/11-limits.ts';
import { learnt, measured, methods, truth, years } from '../../examples/limits/extrapolation.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { tableOf } from './activations/tables.ts';
import { curvesOf, type Summed, side } from './curves.ts';
import { save } from './save.ts';

const chapter = readFileSync(fileURLToPath(new URL('../11-limits.md', import.meta.url)), 'utf8');

/** What the table under a title says. */
const said = (title: string): readonly Summed[] =>
  tableOf(chapter, title).map(({ row, column, ...interval }) => ({ method: row, setting: column, interval }));

const dashed = [6, 3];
const dotted = [2, 3];

const littleData = side('independent', [
  pipe(
    said('accuracy by configurations'),
    curvesOf({
      title: 'Order of 12 × 12 Ising spins',
      x: 'configurations learnt from',
      y: 'accuracy on fresh ones',
      looks: [
        { method: 'cut through |m|', colour: 'blue' },
        { method: 'ridge on random features', colour: 'green' },
        { method: 'network, ReLU', colour: 'orange' },
        {
          method: 'network, ReLU, 8 turned copies of each',
          label: 'the same, 8 turned copies',
          colour: 'orange',
          dash: dashed,
        },
        { method: 'network, tanh', colour: 'purple' },
      ],
    }),
    E.right,
  ),
  pipe(
    said('root mean squared error by points'),
    curvesOf({
      title: 'Franke’s function from noisy points',
      x: 'points learnt from',
      y: 'root mean squared error',
      logarithmic: true,
      domain: [0.03, 3],
      looks: [
        { method: 'ridge on hills', colour: 'blue' },
        {
          method: 'ridge on powers, degree by leaving one out',
          label: 'ridge on powers',
          colour: 'blue',
          dash: dashed,
        },
        { method: 'ridge on random features', colour: 'green' },
        { method: 'network, tanh, by L-BFGS', label: 'network', colour: 'orange' },
      ],
    }),
    E.right,
  ),
]);

const mixedTypes = pipe(
  said('root mean squared error by rows'),
  curvesOf({
    title: 'A table of a place, a sum of money, a day and a yes or no',
    x: 'rows learnt from',
    y: 'root mean squared error',
    logarithmic: true,
    width: 560,
    height: 300,
    looks: [
      { method: 'ridge, hand-made features', colour: 'blue' },
      { method: 'network, hand-made features', colour: 'orange' },
      { method: 'boosted trees, columns as numbers', colour: 'green', dash: dotted },
      { method: 'network, one-hot places', colour: 'orange', dash: dashed },
      { method: 'network, columns as numbers', colour: 'orange', dash: dotted },
      {
        method: 'ridge on random features, one-hot places',
        label: 'random features, one-hot places',
        colour: 'purple',
        dash: dashed,
      },
      { method: 'ridge, columns as numbers', colour: 'blue', dash: dotted },
    ],
  }),
);

const SEEDS = [1, 2, 3, 4, 5];
const shown = ['ridge on trend and season', 'network, tanh', 'network, ReLU'];

/** What methods say of five years after three, each from the measurements of five seeds, beside the truth. */
const extrapolation = () => {
  const { count, steps } = FULL.years;
  const at = years(0, 5, 250);
  const times = Tensor.toArray(at);
  const right = times.map((year) => ({ year, value: truth(year) }));
  const [data = Key.fromSeed(1)] = Key.split(2)(Key.fromSeed(1));
  const { inputs, targets } = measured(count, data);
  const points = Tensor.toArray(inputs).map((year, i) => ({ year, value: targets.data[i] ?? Number.NaN }));
  const known = methods(steps);
  const x = { field: 'year', type: 'quantitative' as const, title: 'year', axis: { grid: false } };
  const y = { field: 'value', type: 'quantitative' as const, title: null, scale: { domain: [-2, 5] } };
  return pipe(
    shown,
    RA.traverse(E.Applicative)((name) =>
      pipe(
        SEEDS,
        RA.traverse(E.Applicative)((seed) =>
          pipe(
            known[name] ?? known['network, tanh'],
            E.fromNullable<Failure.Failure>({ tag: 'value', where: name, expected: 'a method', received: 'none' }),
            E.chain((method) => learnt(count, method, seed)),
            E.chain((predict) => predict(at)),
            E.map((said) => Tensor.toArray(said).map((value, i) => ({ year: times[i] ?? Number.NaN, value, seed }))),
          ),
        ),
        E.map((all) => ({
          title: name,
          width: 250,
          height: 230,
          layer: [
            {
              data: { values: [{ from: 0, to: 3 }] },
              mark: { type: 'rect' as const, color: 'var(--tint)' },
              encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
            },
            {
              data: { values: points },
              mark: { type: 'point' as const, color: 'var(--soft)', size: 8, opacity: 0.6, clip: true },
              encoding: { x, y },
            },
            {
              data: { values: all.flat() },
              mark: { type: 'line' as const, strokeWidth: 1.4, color: 'var(--orange)', clip: true },
              encoding: { x, y, detail: { field: 'seed', type: 'nominal' as const } },
            },
            {
              data: { values: right },
              mark: { type: 'line' as const, strokeWidth: 2, strokeDash: [5, 3], color: 'var(--blue)', clip: true },
              encoding: { x, y },
            },
          ],
        })),
      ),
    ),
    E.map((hconcat) => ({ hconcat: [...hconcat], spacing: 24 })),
  );
};

const KINDS = ['as learnt from', 'turned over', 'antiferromagnet'];

const understanding = (() => {
  const row = { field: 'method', type: 'nominal' as const, title: null, sort: null };
  const scale = {
    domain: ['network of 32 ReLUs', 'cut through |m|', 'cut through |energy|'],
    range: ['var(--orange)', 'var(--blue)', 'var(--green)'],
  };
  const x = { field: 'low', type: 'quantitative' as const, title: 'accuracy', scale: { domain: [0.5, 1] } };
  return {
    data: {
      values: said('accuracy on 1,050 fresh configurations').map(
        ({ method, setting, interval: { estimate, low, high } }) => ({
          method,
          setting,
          mean: estimate,
          low,
          high,
        }),
      ),
    },
    facet: { column: { field: 'setting', type: 'nominal' as const, title: null, sort: KINDS } },
    spec: {
      width: 190,
      height: 110,
      layer: [
        {
          mark: { type: 'rule' as const, strokeWidth: 2 },
          encoding: { x, x2: { field: 'high' }, y: row, color: { ...row, scale, legend: null } },
        },
        {
          mark: { type: 'point' as const, filled: true, size: 70, opacity: 1 },
          encoding: { x: { ...x, field: 'mean' }, y: row, color: { ...row, scale, legend: null } },
        },
      ],
    },
  };
})();

const pictures = {
  'limits-data': () => pipe(TE.fromEither(littleData), TE.chain(draw)),
  'limits-types': () => draw(mixedTypes),
  'limits-extrapolation': () => pipe(TE.fromEither(extrapolation()), TE.chain(draw)),
  'limits-understanding': () => draw(understanding),
};
const wanted = process.argv.slice(2);

void save(
  Object.fromEntries(
    Object.entries(pictures)
      .filter(([name]) => wanted.length === 0 || wanted.includes(name))
      .map(([name, picture]) => [name, picture()]),
  ),
);
