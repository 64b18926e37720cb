/** What the laws of losses are told, and what they are tried on. */
import * as fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import type { Loss, LossDescription, value as lossValue, Valued } from '../../../src/loss/loss.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Failure } from '../../../src/tensor/failure.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';
import { code } from '../../law.ts';
import { drawn } from '../drawn.ts';
import type { PackOptions } from '../options.ts';
import { type Domain, extremesOf, type Numbers, numbersOf, suits } from './domains.ts';

/** One example in plain numbers, row-major. */
export interface PlainExample {
  readonly prediction: readonly number[];
  readonly target: readonly number[];
  /** The shape of the prediction, without the batch axis. */
  readonly shape: Shape;
  readonly description: LossDescription;
}

export interface LossOptions extends PackOptions {
  /** The shapes of an example's prediction; some small ones that the loss takes, unless given. */
  readonly examples?: readonly Shape[];
  /** What predictions hold; `numbers` unless given. */
  readonly prediction?: Domain | Numbers;
  /** What targets hold; the first domain that the loss says it takes, unless given. */
  readonly target?: Domain | Numbers;
  /** What an example costs, transcribed in plain numbers. */
  readonly expected?: (example: PlainExample) => number;
  /** The prediction that costs least, of a target; the target itself where both hold the same, unless given. */
  readonly best?: (target: readonly number[], shape: Shape) => readonly number[];
  /** What no example costs less than. */
  readonly bound?: number;
  /** Reads a loss from its description. */
  readonly decode?: (description: unknown) => E.Either<Failure, Loss>;
  /** How the costs of a batch are made one number; `Loss.value` unless given. */
  readonly value?: typeof lossValue;
}

/** A loss with predictions [batch, …] and targets for it, in f64; their numbers are numbers of f32 too. */
export interface LossSample {
  readonly loss: Loss;
  readonly prediction: Tensor;
  readonly target: Tensor;
  /** A weight for each example, a whole number from 1 to 4. */
  readonly weights: Tensor;
  /** What the cost of each example is multiplied by; never 0. */
  readonly cotangent: Tensor;
  /** A direction in which the prediction moves. */
  readonly direction: Tensor;
}

/** How reduced losses are made. */
export type Reducer = <T>(ops: Ops<T>, loss: Loss, prediction: T, target: T, weights?: T) => Valued<T>;

export const f64 = reference('f64');

export const numbers = (x: Tensor): readonly number[] => Array.from(x.data);

/** What a tensor holds of each example. */
export const rowsOf = ({ shape, data }: Tensor): ReadonlyArray<readonly number[]> => {
  const width = size(shape.slice(1));
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => Array.from(data).slice(i * width, (i + 1) * width));
};

/** A tensor of f64 from its numbers. */
export const tensor = (shape: Shape, values: readonly number[]): Tensor =>
  generate('f64', shape, (i) => values[i] ?? NaN);

export const showSample = ({ loss, ...given }: LossSample): string => code({ loss: loss.description, ...given });

/** A sample and something else that a law draws, by its name. */
export const showWith =
  (name: string) =>
  ([{ loss, ...given }, other]: readonly [LossSample, unknown]): string =>
    code({ loss: loss.description, ...given, [name]: other });

const SHAPES: readonly Shape[] = [[1], [2], [], [3], [4], [1, 2], [2, 2], [3, 2], [2, 3], [1, 4], [1, 2, 2]];

const takes = (loss: Loss, shape: Shape): boolean => {
  try {
    loss.expected([1, ...shape]);
    return true;
  } catch {
    return false;
  }
};

const shapesFor = (loss: Loss, options: LossOptions): readonly Shape[] => {
  const shapes = options.examples ?? SHAPES.filter((shape) => takes(loss, shape));
  if (shapes.length === 0)
    throw new Error(`laws.loss: say with \`examples\` what shapes of predictions ${loss.description.kind} takes`);
  return shapes;
};

const BATCH = 3;

const samplesWith =
  (predictions: (domain: Domain | Numbers) => Numbers) =>
  (value: Loss | fc.Arbitrary<Loss>, options: LossOptions): fc.Arbitrary<LossSample> =>
    drawn(value).chain((loss) =>
      fc
        .tuple(fc.constantFrom(...shapesFor(loss, options)), fc.integer({ min: 1, max: BATCH }))
        .chain(([shape, batch]) => {
          const classes = shape.at(-1) ?? 1;
          const { shape: targetShape } = loss.expected([batch, ...shape]);
          const many = (count: number, of: Numbers, one: Shape): fc.Arbitrary<Tensor> =>
            fc
              .array(of(one, classes), { minLength: count, maxLength: count })
              .map((rows) => tensor([count, ...one], rows.flat()));
          const perExample = (number: fc.Arbitrary<number>): fc.Arbitrary<Tensor> =>
            fc.array(number, { minLength: batch, maxLength: batch }).map((all) => tensor([batch], all));
          return fc.record({
            loss: fc.constant(loss),
            prediction: many(batch, predictions(options.prediction ?? 'numbers'), shape),
            target: many(batch, numbersOf(options.target ?? suits(loss, shape)), targetShape.slice(1)),
            weights: perExample(fc.integer({ min: 1, max: 4 })),
            cotangent: perExample(roundNumbers(4).map((x) => (x === 0 ? 1 : x))),
            direction: many(batch, numbersOf('numbers'), shape),
          });
        }),
    );

/** Samples for a loss. */
export const samples = samplesWith(numbersOf);

/** Samples whose predictions lie at the edges of their domain and far out in it. */
export const extremeSamples = samplesWith(extremesOf);
