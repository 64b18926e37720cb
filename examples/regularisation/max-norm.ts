/** Weights that are kept short, with dropout: at rates that are too large without, and each way at the rate that suits it. */
import { Layer, Optimizer, Schedule, Transform } from 'nabla-ts';
import type { Digits } from '../digits.ts';
import type { Study, Way } from './compare.ts';
import { type Split, thinned, trained } from './digits.ts';

const LIMITS = { none: undefined, 'maxNorm 1': 1, 'maxNorm 2': 2, 'maxNorm 3': 3 } as const;
type Limit = keyof typeof LIMITS;

const kept = (limit: Limit, optimizer: Optimizer.Optimizer): Optimizer.Optimizer => {
  const most = LIMITS[limit];
  return most === undefined ? optimizer : Transform.maxNorm(most)(optimizer);
};

const limited = (limits: readonly Limit[], way: (limit: Limit) => Way): Study['ways'] =>
  Object.fromEntries(limits.map((limit) => [limit, way(limit)]));

/** Wrong labels, few units, and a rate that stays as it is. */
const wrong = (digits: Digits, length: number): readonly Study[] => {
  const split: Split = { train: 300, validation: 0, test: 1000, wrong: 0.3 };
  const train = trained(digits, split, length);
  return [0.03, 0.1, 0.3].map((learningRate) => ({
    name: `max-norm, dropout 0.5, momentum, η ${learningRate}, 300 digits, 30 % of the labels wrong`,
    ways: limited(['none', 'maxNorm 1', 'maxNorm 3'], (limit) =>
      train({
        layer: thinned(Layer.dropout(0.5), 64),
        optimizer: kept(limit, Optimizer.momentum({ learningRate, momentum: 0.9 })),
      }),
    ),
  }));
};

/** Right labels, many units, and a rate that falls to a hundredth along half a cosine, with much momentum. */
const falling = (digits: Digits, length: number): readonly Study[] => {
  const split: Split = { train: 300, validation: 0, test: 1000, wrong: 0 };
  const train = trained(digits, split, length);
  const epochs = 60;
  const way =
    (initial: number) =>
    (limit: Limit): Way => {
      const steps = Math.ceil(epochs * length) * Math.ceil(split.train / 32);
      const learningRate = Schedule.cosine({ initial, final: initial / 100, steps });
      return train({
        layer: thinned(Layer.dropout(0.5), 256),
        optimizer: kept(limit, Optimizer.momentum({ learningRate, momentum: 0.95 })),
        epochs,
      });
    };
  return [
    ...[0.03, 0.1, 0.2].map((rate) => ({
      name: `max-norm, dropout 0.5 of 256 units, η from ${rate} down, 300 digits`,
      ways: limited(['none', 'maxNorm 2', 'maxNorm 3'], way(rate)),
    })),
    {
      name: 'max-norm, each at its own best rate, 300 digits',
      ways: { 'none, η from 0.03': way(0.03)('none'), 'maxNorm 2, η from 0.1': way(0.1)('maxNorm 2') },
    },
  ];
};

/** The studies of max-norm; `length` shortens all runs. */
export const ofMaxNorm = (digits: Digits, length = 1): readonly Study[] => [
  ...wrong(digits, length),
  ...falling(digits, length),
];
