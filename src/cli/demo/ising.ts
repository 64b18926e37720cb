/**
 * The Ising phase transition: a network with one hidden layer is shown spins and told whether they were drawn below the
 * critical temperature, as Carrasquilla and Melko did (*Machine learning phases of matter*, Nature Physics 13, 431,
 * 2017). Where its mean output crosses ½ is its estimate of the critical temperature.
 */
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
  Penalty,
  Schedule,
  Tensor,
  Train,
} from '../../index.ts';
import { begin } from '../progress.ts';
import { follow } from '../training.ts';
import type { World } from '../world.ts';
import { bootstrap, type Crossing, crossing, type Outputs } from './crossing.ts';
import { type Checked, checked } from './gradients.ts';
import { sigmoid } from './scalars.ts';

export interface Ising {
  readonly size: number;
  /** Configurations to train on. */
  readonly configurations: number;
  readonly history: readonly Train.Row[];
  /** On configurations that were not trained on. */
  readonly outputs: readonly Outputs[];
  readonly accuracy: number;
  /** Rows: disordered, ordered; columns: what the network says. */
  readonly confusion: ReadonlyArray<readonly number[]>;
  readonly crossing: Crossing;
  readonly uncertainty: number;
  /** Onsager's critical temperature. */
  readonly exact: number;
  /** A configuration from a low, the critical and a high temperature. */
  readonly examples: ReadonlyArray<{ readonly temperature: number; readonly spins: readonly number[] }>;
  readonly gradients: Checked;
}

const SIZE = 16;
const WIDTH = 32;
const EPOCHS = 10;
const BATCH = 100;
const TRAINING = 400;
const TEST = 150;
const TEMPERATURES = Array.from({ length: 41 }, (_, i) => (150 + 5 * i) / 100);
const REPETITIONS = 200;

const loss = Loss.binaryCrossEntropyWithLogits();
const exact = Data.Ising.criticalTemperature();
const layer = Layer.sequential(Layer.dense(SIZE * SIZE, WIDTH), Activation.sigmoid, Layer.dense(WIDTH, 1));

/** 1 where spins were drawn below the critical temperature. */
const labels = ({ temperatures }: Data.Ising.Configurations): Tensor.Tensor =>
  Tensor.generate('f32', [temperatures.length, 1], (i) => ((temperatures[i] ?? 0) < exact ? 1 : 0));

const sampled =
  (
    world: World,
    title: string,
    perTemperature: number,
    key: Key.Key,
  ): TE.TaskEither<Failure.Failure, Data.Ising.Configurations> =>
  async () => {
    const bar = begin(world)(title, TEMPERATURES.length);
    const drawn: Data.Ising.Configurations[] = [];
    for (const [t, temperature] of TEMPERATURES.entries()) {
      const options = { size: SIZE, temperatures: [temperature], perTemperature };
      drawn.push(Data.Ising.sample(options)(Key.foldIn(t)(key)));
      bar.update(t + 1, `T = ${temperature}`);
      await world.breathe();
    }
    bar.end(`${drawn.length * perTemperature} configurations`);
    return E.right({
      size: SIZE,
      temperatures: drawn.flatMap(({ temperatures }) => temperatures),
      spins: drawn.flatMap(({ spins }) => Array.from(spins)),
    });
  };

/** The states of training, each epoch on configurations moved and flipped anew: the symmetries of the lattice make fresh
 * examples for nothing. */
const trained = (world: World, inputs: Tensor.Tensor, targets: Tensor.Tensor, key: Key.Key) => {
  const [starting = key, moving = key] = Key.split(2)(key);
  const config = {
    layer,
    loss,
    penalty: Penalty.l2(1e-4),
    optimizer: Optimizer.adam({
      learningRate: Schedule.cosine({ initial: 0.01, steps: EPOCHS * Math.ceil((inputs.shape[0] ?? 0) / BATCH) }),
    }),
    data: { inputs, targets },
    batchSize: BATCH,
    epochs: EPOCHS,
  };
  const start = Train.start(config, starting);
  const states = function* (from: typeof start): Iterable<E.Either<Failure.Failure, typeof start>> {
    for (let state = from; state.epoch < EPOCHS; ) {
      const moved = Data.Ising.transformRows(Key.foldIn(state.epoch)(moving))(inputs);
      const next = Train.epoch({ ...config, data: { inputs: moved, targets } })(state);
      yield next;
      if (E.isLeft(next)) return;
      state = next.right;
    }
  };
  return follow(world, `Ising ${SIZE * SIZE}-${WIDTH}-1`, EPOCHS)(states)(start);
};

/** The configurations' outputs, those of one temperature together. */
const byTemperature = (values: readonly number[]): readonly Outputs[] =>
  TEMPERATURES.map((temperature, t) => ({ temperature, values: values.slice(t * TEST, (t + 1) * TEST) }));

const EXAMPLES = [1.8, 2.25, 3.2];

/** Draws configurations, trains, and finds the critical temperature, all from a key. */
export const ising =
  (world: World) =>
  (key: Key.Key): TE.TaskEither<Failure.Failure, Ising> => {
    const [drawing = key, testing = key, training = key, resampling = key] = Key.split(4)(key);
    return pipe(
      TE.Do,
      TE.bind('training', () => sampled(world, 'Ising, to train', TRAINING, drawing)),
      TE.bind('test', () => sampled(world, 'Ising, to test', TEST, testing)),
      TE.bind('state', ({ training: drawn }) => trained(world, Data.Ising.toTensor(drawn), labels(drawn), training)),
      TE.chainEitherK(({ training: drawn, test, state }) => {
        const network = Train.network(state);
        const inputs = Data.Ising.toTensor(test);
        const values = Tensor.toArray(Network.predict(network)(inputs)).map(sigmoid);
        const actual = Tensor.toArray(labels(test));
        const outputs = byTemperature(values);
        const spread = Array.from({ length: 20 }, (_, i) => Math.floor(((i + 0.5) * values.length) / 20));
        return pipe(
          E.Do,
          E.apS('crossing', crossing(outputs)),
          E.apS('confusion', Metric.confusionMatrix(2)(actual)(values.map((value) => (value > 0.5 ? 1 : 0)))),
          E.map(({ crossing: found, confusion }) => ({
            size: SIZE,
            configurations: drawn.temperatures.length,
            history: state.history,
            outputs,
            accuracy: ((confusion[0]?.[0] ?? 0) + (confusion[1]?.[1] ?? 0)) / values.length,
            confusion,
            crossing: found,
            uncertainty: bootstrap(REPETITIONS, resampling)(outputs),
            exact,
            examples: EXAMPLES.map((wanted) => {
              const at = test.temperatures.indexOf(wanted);
              return {
                temperature: wanted,
                spins: Array.from(test.spins).slice(at * SIZE * SIZE, (at + 1) * SIZE * SIZE),
              };
            }),
            gradients: checked(
              `Ising ${SIZE * SIZE}-${WIDTH}-1`,
              network,
              loss,
              Tensor.takeRows(spread)(inputs),
              Tensor.takeRows(spread)(labels(test)),
            ),
          })),
        );
      }),
    );
  };
