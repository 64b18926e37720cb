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
  Engine,
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

/** What a lattice of a size says of the critical temperature. */
export interface Estimate {
  readonly size: number;
  readonly configurations: number;
  readonly at: number;
  readonly uncertainty: number;
  readonly accuracy: number;
}

export interface Ising extends Lattice {
  /** The estimate by size, this lattice's among them. */
  readonly drift: readonly Estimate[];
}

/** What was learnt from lattices of one size. */
interface Lattice {
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

/** A lattice, and how many configurations of each temperature are drawn to train on and to test on. */
interface Draws {
  readonly size: number;
  readonly training: number;
  readonly test: number;
}

/** The lattice that is shown. */
const SHOWN: Draws = { size: 16, training: 400, test: 150 };
/** Those that it is compared with: the larger, the dearer a configuration is. */
const OTHERS: readonly Draws[] = [
  { size: 10, training: 400, test: 150 },
  { size: 24, training: 200, test: 80 },
  { size: 40, training: 80, test: 40 },
];
const WIDTH = 32;
/** Configurations that a network is shown, the same ones anew where there are fewer. */
const SHOWINGS = 164_000;
const BATCH = 100;
const TEMPERATURES = Array.from({ length: 41 }, (_, i) => (150 + 5 * i) / 100);
const REPETITIONS = 200;

const loss = Loss.binaryCrossEntropyWithLogits();
const exact = Data.Ising.criticalTemperature();
const layerOf = (size: number) =>
  Layer.sequential(Layer.dense(size * size, WIDTH), Activation.sigmoid, Layer.dense(WIDTH, 1));

/** 1 where spins were drawn below the critical temperature. */
const labels = ({ temperatures }: Data.Ising.Configurations): Tensor.Tensor =>
  Tensor.generate('f32', [temperatures.length, 1], (i) => ((temperatures[i] ?? 0) < exact ? 1 : 0));

const sampled =
  (
    world: World,
    title: string,
    size: number,
    perTemperature: number,
    key: Key.Key,
  ): TE.TaskEither<Failure.Failure, Data.Ising.Configurations> =>
  async () => {
    const bar = begin(world)(title, TEMPERATURES.length);
    const drawn: Data.Ising.Configurations[] = [];
    for (const [t, temperature] of TEMPERATURES.entries()) {
      const options = { size, temperatures: [temperature], perTemperature };
      drawn.push(Data.Ising.sample(options)(Key.foldIn(t)(key)));
      bar.update(t + 1, `T = ${temperature}`);
      await world.breathe();
    }
    bar.end(`${drawn.length * perTemperature} configurations`);
    return E.right({
      size,
      temperatures: drawn.flatMap(({ temperatures }) => temperatures),
      spins: drawn.flatMap(({ spins }) => Array.from(spins)),
    });
  };

/** The states of training, each epoch on configurations moved and flipped anew: the symmetries of the lattice make fresh
 * examples for nothing. */
const trained = (world: World, size: number, inputs: Tensor.Tensor, targets: Tensor.Tensor, key: Key.Key) => {
  const [starting = key, moving = key] = Key.split(2)(key);
  const rows = inputs.shape[0] ?? 0;
  const epochs = Math.round(SHOWINGS / rows);
  const config = {
    layer: layerOf(size),
    loss,
    // One for all epochs, each of which has data of its own.
    engine: Engine.create(),
    penalty: Penalty.l2(1e-4),
    optimizer: Optimizer.adam({
      learningRate: Schedule.cosine({ initial: 0.01, steps: epochs * Math.ceil(rows / BATCH) }),
    }),
    data: { inputs, targets },
    batchSize: BATCH,
    epochs,
  };
  const start = Train.start(config, starting);
  const states = function* (from: typeof start): Iterable<E.Either<Failure.Failure, typeof start>> {
    for (let state = from; state.epoch < epochs; ) {
      const moved = Data.Ising.transformRows(Key.foldIn(state.epoch)(moving))(inputs);
      const next = Train.epoch({ ...config, data: { inputs: moved, targets } })(state);
      yield next;
      if (E.isLeft(next)) return;
      state = next.right;
    }
  };
  return follow(world, `Ising ${size * size}-${WIDTH}-1`, epochs)(states)(start);
};

/** The configurations' outputs, those of one temperature together. */
const byTemperature = (values: readonly number[], test: number): readonly Outputs[] =>
  TEMPERATURES.map((temperature, t) => ({ temperature, values: values.slice(t * test, (t + 1) * test) }));

const EXAMPLES = [1.8, 2.25, 3.2];

/** Draws configurations of a lattice, trains, and finds the critical temperature, all from a key. */
const lattice =
  (world: World, { size, training: perTraining, test: perTest }: Draws) =>
  (key: Key.Key): TE.TaskEither<Failure.Failure, Lattice> => {
    const [drawing = key, testing = key, training = key, resampling = key] = Key.split(4)(key);
    return pipe(
      TE.Do,
      TE.bind('training', () => sampled(world, `Ising ${size} × ${size}, to train`, size, perTraining, drawing)),
      TE.bind('test', () => sampled(world, `Ising ${size} × ${size}, to test`, size, perTest, testing)),
      TE.bind('state', ({ training: drawn }) =>
        trained(world, size, Data.Ising.toTensor(drawn), labels(drawn), training),
      ),
      TE.chainEitherK(({ training: drawn, test, state }) => {
        const network = Train.network(state);
        const inputs = Data.Ising.toTensor(test);
        const values = Tensor.toArray(Network.predict(network)(inputs)).map(sigmoid);
        const actual = Tensor.toArray(labels(test));
        const outputs = byTemperature(values, perTest);
        const spread = Array.from({ length: 20 }, (_, i) => Math.floor(((i + 0.5) * values.length) / 20));
        return pipe(
          E.Do,
          E.apS('crossing', crossing(outputs)),
          E.apS('confusion', Metric.confusionMatrix(2)(actual)(values.map((value) => (value > 0.5 ? 1 : 0)))),
          E.map(({ crossing: found, confusion }) => ({
            size,
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
                spins: Array.from(test.spins).slice(at * size * size, (at + 1) * size * size),
              };
            }),
            gradients: checked(
              `Ising ${size * size}-${WIDTH}-1`,
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

const estimate = ({ size, configurations, crossing: { at }, uncertainty, accuracy }: Lattice): Estimate => ({
  size,
  configurations,
  at,
  uncertainty,
  accuracy,
});

/** The lattice that is shown, and what lattices of other sizes say beside it. */
export const ising =
  (world: World) =>
  (key: Key.Key): TE.TaskEither<Failure.Failure, Ising> =>
    pipe(
      TE.Do,
      TE.bind('shown', () => lattice(world, SHOWN)(key)),
      TE.bind('others', () =>
        pipe(
          OTHERS,
          TE.traverseSeqArray((draws) => lattice(world, draws)(Key.foldIn(draws.size)(key))),
        ),
      ),
      TE.map(({ shown, others }) => ({
        ...shown,
        drift: [shown, ...others].map(estimate).toSorted((a, b) => a.size - b.size),
      })),
    );
