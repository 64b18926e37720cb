/**
 * Draws the pictures of chapter 11. The experiments run first, which takes some minutes; what they give is printed, too.
 *
 *     npx tsx docs/pictures/limits.ts
 */
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Key, Tensor } from 'nabla-ts';
import { FULL, type Measured, measure, report } from '../../examples/11-limits.ts';
import { intervals } from '../../examples/limits/compare.ts';
import { learnt, measured, methods, truth, years } from '../../examples/limits/extrapolation.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { curves, side } from './curves.ts';
import { save } from './save.ts';

const dashed = [6, 3];
const dotted = [2, 3];

const littleData = ({ ising, franke }: Measured) =>
  side('independent', [
    curves({
      title: 'Order of 12 × 12 Ising spins',
      x: 'configurations learnt from',
      y: 'accuracy on fresh ones',
      looks: [
        { method: 'cut through |m|', colour: 'blue' },
        { method: 'random features', label: 'ridge on random features', colour: 'green' },
        { method: 'network, ReLU', colour: 'orange' },
        {
          method: 'network, ReLU, 8 turned copies',
          label: 'the same, 8 turned copies',
          colour: 'orange',
          dash: dashed,
        },
        { method: 'network, tanh', colour: 'purple' },
      ],
    })(ising),
    curves({
      title: 'Franke’s function from noisy points',
      x: 'points learnt from',
      y: 'root mean squared error',
      logarithmic: true,
      domain: [0.03, 3],
      looks: [
        { method: 'ridge on hills', colour: 'blue' },
        { method: 'ridge on powers', colour: 'blue', dash: dashed },
        { method: 'random features', label: 'ridge on random features', colour: 'green' },
        { method: 'network', colour: 'orange' },
      ],
    })(franke),
  ]);

const mixedTypes = ({ mixed }: Measured) =>
  curves({
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
      { method: 'random features, one-hot', colour: 'purple', dash: dashed },
      { method: 'ridge, columns as numbers', colour: 'blue', dash: dotted },
    ],
  })(mixed);

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

const understanding = ({ turned }: Measured) =>
  pipe(
    intervals(turned),
    E.map((all) => {
      const row = { field: 'method', type: 'nominal' as const, title: null, sort: null };
      const scale = {
        domain: ['network', 'cut through |m|', 'cut through |energy|'],
        range: ['var(--orange)', 'var(--blue)', 'var(--green)'],
      };
      const x = { field: 'low', type: 'quantitative' as const, title: 'accuracy', scale: { domain: [0.5, 1] } };
      return {
        data: {
          values: all.map(({ method, setting, interval: { estimate, low, high } }) => ({
            method,
            setting,
            mean: estimate,
            low,
            high,
          })),
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
    }),
  );

/** The pictures of what was measured. */
export const pictures = (of: Measured) => ({
  'limits-data': pipe(littleData(of), TE.fromEither, TE.chain(draw)),
  'limits-types': pipe(mixedTypes(of), TE.fromEither, TE.chain(draw)),
  'limits-extrapolation': pipe(extrapolation(), TE.fromEither, TE.chain(draw)),
  'limits-understanding': pipe(understanding(of), TE.fromEither, TE.chain(draw)),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  await pipe(
    measure(),
    E.bindTo('found'),
    E.bind('lines', ({ found }) => report(found)),
    E.match(
      (failure) => save({ limits: TE.left(failure) }),
      ({ found, lines }) => {
        process.stdout.write(`${lines.join('\n')}\n`);
        return save(pictures(found));
      },
    ),
  );
