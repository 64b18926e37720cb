/** The network of all rows: beside the same by hand, and what it refuses. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Engine, Failure, Key, Network, Tensor, Train, Trial } from '../../src/index.ts';
import { all, code, holds, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { changed, ROWS, samples, setupOf } from '../pack/trial/samples.ts';
import { got } from './search-mistakes.ts';

const slowly = Trial.refit({ engine: () => Engine.reference });
const text = ({ network, ...scalers }: Trial.Refitted): string =>
  code([network.use((known) => Network.encode(known)), scalers]);

/** Standardised by hand of the library's own parts, and trained by them. */
const byHand = (setup: Trial.Setup, point: Trial.Settings, epochs: number): string => {
  const kind = setup.task.kind;
  const task = { kind, inputs: 2, outputs: setup.task.kind === 'classification' ? setup.task.classes : 2 };
  const scaled = (tensor: Tensor.Tensor) => {
    const { scaler } = got(Data.standardise()(tensor));
    return { scaler, tensor: Tensor.cast('f32')(got(Data.Scaler.apply(scaler)(tensor))) };
  };
  const x = scaled(setup.inputs);
  const y = kind === 'regression' ? scaled(setup.targets) : { scaler: null, tensor: Tensor.cast('f32')(setup.targets) };
  const { layer, ...told } = got(Trial.recipe(task)(point));
  return layer.use((known) => {
    const config = {
      ...told,
      layer: known,
      data: { inputs: x.tensor, targets: y.tensor },
      epochs,
      engine: Engine.reference,
    };
    const state = got(Train.fit(config)(Train.start(config, Key.foldIn(setup.folds.length)(setup.key))));
    return code([Network.encode(Train.network(state)), { features: x.scaler, targets: y.scaler }]);
  });
};

const whole = law(
  'a network of all rows',
  'is what its recipe trains on all of them, drawing as one more fold would; on the engine, too, and whatever the folds are',
  samples,
  ({ kind, point, seed, first }) => {
    const setup = setupOf(kind, seed);
    const budget = { budget: first };
    const refitted = text(got(slowly(setup)(point, budget)));
    return all(
      same(byHand(setup, point, first), refitted, 'by hand'),
      same(text(got(Trial.refit()(setup)(point, budget))), refitted, 'on the engine'),
      same(text(got(slowly({ ...setup, folds: setup.folds.toReversed() })(point, budget))), refitted, 'other folds'),
    );
  },
  { runs: 12 },
);

const every = law(
  'a network of every row',
  'is another where any row is another',
  fc.record({ sample: samples, row: fc.nat(ROWS - 1) }),
  ({ sample: { kind, point, seed, first }, row }) => {
    const setup = setupOf(kind, seed);
    const refitted = text(got(slowly(setup)(point, { budget: first })));
    const other = { ...setup, inputs: changed([row])(setup.inputs) };
    return holds(
      text(got(slowly(other)(point, { budget: first }))) !== refitted,
      'another network',
      'the same',
      `row ${row}`,
    );
  },
  { runs: 12 },
);

const scalings = lawOf<readonly [NonNullable<Trial.Setup['scaling']>, readonly [shift: number, scale: number]]>(
  'scales of all rows',
  'are the moments, the range, or none, of features named alike',
  [
    ['standardise', [4.5, Math.sqrt(8.25)]],
    ['minMax', [0, 9]],
    ['none', [0, 1]],
  ],
  ([scaling, [shift, scale]]) => {
    const setup: Trial.Setup = {
      ...setupOf('classification', 1),
      inputs: Tensor.generate('f64', [ROWS, 1], (i) => i),
      scaling,
    };
    const { features, targets } = got(slowly(setup)({ layers: 0 }, { budget: 1 }));
    const [one] = features.features;
    // Sums of ten small numbers.
    const near = (a: number, b = Number.NaN): Verdict => holds(Math.abs(a - b) <= 1e-14, `${a}`, `${b}`, scaling);
    return all(
      same(1, features.features.length),
      same('feature 1', one?.name),
      near(shift, one?.shift),
      near(scale, one?.scale),
      same(null, targets),
    );
  },
);

const refusals = lawOf<readonly [Trial.Settings, number, string]>(
  'a network of all rows is refused',
  'where its trial would be',
  [
    [{ layers: 0 }, 0, 'budget: expected a whole number of epochs, at least 1, received 0'],
    [{ layers: 0 }, 1.5, 'budget: expected a whole number of epochs, at least 1, received 1.5'],
    [{}, 1, 'settings'],
    [{ layers: 0, nonsense: 1 }, 1, 'settings.nonsense'],
    [{ layers: 0, scaling: 'none' }, 1, 'settings.scaling'],
    [{ layers: 0, l2: 1 }, 1, 'settings.l2: expected a setting that is fixed or searched, not both'],
    [{ layers: 1, width: 3, optimizer: 'gradientDescent', learningRate: 1e38 }, 9, 'expected a finite'],
  ],
  ([point, budget, words]) =>
    pipe(
      slowly({ ...setupOf('regression', 3), settings: { l2: 0 } })(point, { budget }),
      E.match<Failure.Failure, Trial.Refitted, Verdict>(
        (wrong) => holds(Failure.show(wrong).includes(words), words, Failure.show(wrong)),
        () => ({ expected: words, received: 'a network' }),
      ),
    ),
);

/** The laws of networks of all rows. */
export const refittingLaws: LawSet = lawSet('networks of all rows', [whole, every, scalings, refusals]);
