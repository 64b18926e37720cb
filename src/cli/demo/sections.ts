/** The demonstration as sections of the report. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { TopLevelSpec } from 'vega-lite';
import type { Failure } from '../../index.ts';
import { confusion, lines, lossCurve } from '../report/charts.ts';
import { decisionSurface, lattices, transition } from '../report/demo-charts.ts';
import { draw, drawVega } from '../report/draw.ts';
import type { Figure, Section } from '../report/page.ts';
import { surface } from '../report/surface.ts';
import { number, percent } from '../table/summary.ts';
import { curve } from './crossing.ts';
import type { Franke } from './franke.ts';
import type { Ising } from './ising.ts';
import { deviation, mean } from './scalars.ts';
import { examples, type Xor } from './xor.ts';

type Drawn = TE.TaskEither<Failure.Failure, Section>;

const figure = (spec: TopLevelSpec, caption: string): TE.TaskEither<Failure.Failure, Figure> =>
  pipe(
    draw(spec),
    TE.map((svg) => ({ svg, caption })),
  );

const withFigures = (
  section: Omit<Section, 'figures'>,
  figures: ReadonlyArray<TE.TaskEither<Failure.Failure, Figure>>,
): Drawn =>
  pipe(
    figures,
    TE.sequenceSeqArray,
    TE.map((drawn) => ({ ...section, figures: drawn })),
  );

const last = <A>(all: readonly A[]): A | undefined => all[all.length - 1];

export const xorSection = ({ hidden, linear }: Xor): Drawn =>
  withFigures(
    {
      heading: '1. XOR',
      text: 'Exclusive or is 1 where exactly one input is. A network without a hidden layer parts the plane by one straight line, and no line has 01 and 10 on one side and 00 and 11 on the other: it gets three of four at best, and ends by answering ½ everywhere, at a loss of ln 2. Four hidden units bend the line.',
      facts: [
        { value: `${hidden.correct} of 4`, name: `right with ${hidden.sizes.join('-')}` },
        { value: `${linear.most} of 4`, name: `right with ${linear.sizes.join('-')}, at its best` },
        { value: number(last(hidden.history)?.loss ?? Number.NaN), name: 'loss with a hidden layer' },
        { value: number(last(linear.history)?.loss ?? Number.NaN), name: 'loss without (ln 2 = 0.6931)' },
      ],
    },
    [
      figure(
        decisionSurface(hidden.field, examples),
        'With four hidden units: the output over the plane, from 0 (blue) to 1 (orange), and the four points to learn.',
      ),
      figure(
        decisionSurface(linear.field, examples),
        'Without a hidden layer: after the same training the output is ½ everywhere.',
      ),
      figure(
        lines({
          series: [hidden, linear].map(({ sizes, history }) => ({
            name: sizes.join('-'),
            points: history.map(({ epoch, loss }) => [epoch, loss] as const),
          })),
          x: 'epoch',
          y: 'loss',
          logY: true,
        }),
        'The loss of both, on a logarithmic scale.',
      ),
    ],
  );

export const frankeSection = ({ fits, shown, heights, noise, points }: Franke): Drawn => {
  const range = [-0.05, 1.25] as const;
  const solid = (of: ReadonlyArray<readonly number[]>, caption: string): TE.TaskEither<Failure.Failure, Figure> =>
    pipe(
      drawVega(surface(of, range)),
      TE.map((svg) => ({ svg, caption })),
    );
  return withFigures(
    {
      heading: '2. Franke’s function',
      text: `A surface of two hills, a dip and a slope, known at ${points.toLocaleString('en')} random points with noise of standard deviation ${noise}. One hidden layer of hyperbolic tangents, trained by L-BFGS on all points at once, fits it: too few units cannot follow the surface; with enough of them it is the noise that sets the limit.`,
      facts: [
        { value: (shown?.r2 ?? Number.NaN).toFixed(3), name: `R² on held-out points, width ${shown?.width}` },
        { value: number(shown?.rmse ?? Number.NaN), name: `error on held-out points (noise ${noise})` },
        { value: number(shown?.surfaceError ?? Number.NaN), name: 'error on the surface itself' },
      ],
    },
    [
      solid(heights, 'Franke’s function over the unit square.'),
      solid(shown?.heights ?? [], `What the network of width ${shown?.width} made of the noisy points.`),
      figure(
        lines({
          series: [
            { name: 'on held-out points', points: fits.map(({ width, rmse }) => [width, rmse] as const) },
            {
              name: 'on the surface itself',
              points: fits.map(({ width, surfaceError }) => [width, surfaceError] as const),
            },
          ],
          x: 'hidden units',
          y: 'root mean square error',
          logX: true,
          points: true,
        }),
        `Error against width. The upper curve cannot fall below the noise, ${noise}.`,
      ),
      figure(
        lines({
          series: fits
            .filter(({ width }) => [2, 4, 16, 64].includes(width))
            .map(({ width, history }) => ({
              name: `width ${width}`,
              points: history.map(({ epoch, loss }) => [epoch, loss] as const),
            })),
          x: 'step of L-BFGS',
          y: 'mean squared error',
          logY: true,
        }),
        'The loss on the training points for four of the widths.',
      ),
    ],
  );
};

export const isingSection = (result: Ising): Drawn => {
  const { crossing: found, exact, uncertainty, accuracy, outputs, size } = result;
  const fitted = curve(found);
  const temperatures = outputs.map(({ temperature }) => temperature);
  const low = temperatures[0] ?? 0;
  const high = last(temperatures) ?? 0;
  const logit = 3 / Math.abs(found.slope);
  const off = Math.abs(found.at - exact);
  return withFigures(
    {
      heading: '3. The Ising phase transition',
      text: `Spins on a ${size} × ${size} lattice like to agree with their neighbours; heat stirs them. Below a critical temperature most point one way, above it they do not. The network saw ${result.configurations.toLocaleString('en')} configurations, drawn by Wolff’s cluster algorithm, and was told of each only whether it came from below. Where its mean output on fresh ones crosses ½ is its estimate of the critical temperature, which Onsager found in 1944 to be 2/ln(1 + √2).`,
      facts: [
        { value: `${found.at.toFixed(3)} ± ${uncertainty.toFixed(3)}`, name: 'critical temperature, estimated' },
        { value: exact.toFixed(5), name: 'critical temperature, exact' },
        { value: off.toFixed(3), name: 'apart (the lattice is finite)' },
        { value: percent(accuracy), name: 'test accuracy' },
      ],
    },
    [
      figure(
        transition({
          means: outputs.map(({ temperature, values }) => ({
            temperature,
            mean: mean(values),
            error: deviation(values) / Math.sqrt(values.length),
          })),
          curve: Array.from({ length: 61 }, (_, i) => found.at - logit + (i * 2 * logit) / 60)
            .filter((t) => t > low && t < high)
            .map((t) => [t, fitted(t)]),
          estimate: found.at,
          exact,
        }),
        `Mean output at each temperature, with its standard error, and the logistic curve fitted through the ${found.through} points between 0.15 and 0.85. The uncertainty of the estimate is its standard deviation under the bootstrap of the test configurations.`,
      ),
      figure(
        lattices(result.examples.map(({ temperature, spins }) => ({ title: `T = ${temperature}`, size, spins }))),
        'A configuration below, near and above the critical temperature.',
      ),
      figure(
        confusion(result.confusion, ['disordered', 'ordered']),
        `The test configurations. Most mistakes are near the critical temperature, where a lattice this small may look either way.`,
      ),
      figure(
        lines({
          series: [
            { name: 'estimated', points: result.drift.map(({ size: side, at }) => [side, at] as const) },
            { name: 'exact', points: result.drift.map(({ size: side }) => [side, exact] as const) },
          ],
          x: 'side of the lattice',
          y: 'critical temperature',
          points: true,
        }),
        `The estimate by size: ${result.drift
          .map(({ size: side, at, uncertainty: by }) => `${at.toFixed(3)} ± ${by.toFixed(3)} on ${side} × ${side}`)
          .join(', ')}. A finite lattice orders a little above the critical temperature; the larger it is, the less.`,
      ),
      figure(
        lossCurve(result.history),
        'Training loss (cross-entropy and a little L2 penalty). Every epoch moves and flips the configurations anew.',
      ),
    ],
  );
};
