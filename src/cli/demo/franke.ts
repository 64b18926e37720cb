/** Franke's function from noisy points: a surface fitted by one hidden layer, and how the error falls with its width. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  Activation,
  Data,
  type Failure,
  Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  Tensor,
  Train,
} from '../../index.ts';
import { watch } from '../training.ts';
import type { World } from '../world.ts';
import { type Checked, checked } from './gradients.ts';

/** What a network of one width made of the surface. */
export interface Fit {
  readonly width: number;
  readonly history: readonly Train.Row[];
  /** On held-out points with noise. */
  readonly r2: number;
  readonly rmse: number;
  /** On the surface itself, on a grid over the unit square. */
  readonly surfaceError: number;
  /** The fitted heights on the grid. */
  readonly heights: ReadonlyArray<readonly number[]>;
  readonly gradients: Checked;
}

export interface Franke {
  readonly points: number;
  readonly noise: number;
  /** From the narrowest network to the widest. */
  readonly fits: readonly Fit[];
  /** The one that is shown. */
  readonly shown: Fit | undefined;
  /** The true heights on the grid. */
  readonly heights: ReadonlyArray<readonly number[]>;
}

const POINTS = 1000;
const HELD_OUT = 500;
const NOISE = 0.05;
const GRID = 31;
const WIDTHS = [1, 2, 4, 8, 16, 32, 64] as const;
/** The width whose surface is shown. */
const SHOWN = 16;
/** Each is over all the points. */
const STEPS = 200;

const loss = Loss.squaredError();
const truth = Data.frankeGrid(GRID);

/** The unit square as a network is given it: wide enough for the hyperbolic tangents to bend. */
const centred = (x: Tensor.Tensor): Tensor.Tensor =>
  Tensor.generate('f32', x.shape, (i) => 6 * (x.data[i] ?? Number.NaN) - 3);

const rows = ({ data }: Tensor.Tensor): ReadonlyArray<readonly number[]> =>
  Array.from({ length: GRID }, (_, i) => Array.from(data).slice(i * GRID, (i + 1) * GRID));

const fit =
  (world: World, training: Train.Examples, heldOut: Train.Examples, key: Key.Key) =>
  (width: number): TE.TaskEither<Failure.Failure, Fit> => {
    const config = {
      layer: Layer.sequential(Layer.dense(2, width), Activation.tanh, Layer.dense(width, 1)),
      loss,
      optimizer: Optimizer.lbfgs(),
      data: { inputs: centred(training.inputs), targets: training.targets },
      epochs: STEPS,
    };
    const title = `Franke 2-${width}-1`;
    return pipe(
      Train.start(config, key),
      watch(world, title)(config),
      TE.chainEitherK((state) => {
        const network = Train.network(state);
        const predicted = Network.predict(network)(centred(heldOut.inputs));
        const surface = Network.predict(network)(centred(truth.inputs));
        const batch = Tensor.takeRows(Array.from({ length: 20 }, (_, i) => i));
        return pipe(
          E.Do,
          E.apS('r2', Metric.r2(heldOut.targets)(predicted)),
          E.apS('rmse', Metric.rootMeanSquaredError(heldOut.targets)(predicted)),
          E.apS('surfaceError', Metric.rootMeanSquaredError(truth.targets)(surface)),
          E.map((errors) => ({
            width,
            history: state.history,
            ...errors,
            heights: rows(surface),
            gradients: checked(title, network, loss, batch(config.data.inputs), batch(config.data.targets)),
          })),
        );
      }),
    );
  };

/** Draws the points and fits networks of every width, all from a key. */
export const franke =
  (world: World) =>
  (key: Key.Key): TE.TaskEither<Failure.Failure, Franke> => {
    const [training = key, heldOut = key, parameters = key] = Key.split(3)(key);
    const points = (count: number) => Data.frankePoints({ rows: count, noise: NOISE });
    return pipe(
      WIDTHS,
      TE.traverseSeqArray(fit(world, points(POINTS)(training), points(HELD_OUT)(heldOut), parameters)),
      TE.map((fits) => ({
        points: POINTS,
        noise: NOISE,
        fits,
        shown: fits.find(({ width }) => width === SHOWN),
        heights: rows(truth.targets),
      })),
    );
  };
