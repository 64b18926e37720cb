/** What a loss costs: by its formula, in either format, far out, and at best. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { checkTargets } from '../../../src/loss/checkTargets.ts';
import type { Loss } from '../../../src/loss/loss.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { show as showFailure } from '../../../src/tensor/failure.ts';
import { cast, generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, holds, type Law, law, sameTensor, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf, toleranceOf } from '../options.ts';
import { alike, suits } from './domains.ts';
import { bounded, roundingOf } from './rounding.ts';
import {
  extremeSamples,
  f64,
  type LossOptions,
  type LossSample,
  numbers,
  rowsOf,
  showSample,
  showWith,
  tensor,
} from './sample.ts';

const costsIn = (dtype: Dtype, { loss, prediction, target }: LossSample): readonly number[] =>
  numbers(loss.costs(reference(dtype), cast(dtype)(prediction), cast(dtype)(target)).values);

/** A transcription in plain numbers is not asked to be careful: it may lose half of the digits of f64. */
const CARELESS = 2 ** -26;

type Expected = NonNullable<LossOptions['expected']>;

const transcribed =
  (expected: Expected, tolerance: number) =>
  (sample: LossSample, dtype: Dtype): Verdict => {
    const { loss, prediction, target } = sample;
    const { values: bounds } = roundingOf(dtype, sample);
    if (!bounded(bounds)) return { excluded: 'no bound of the rounding' };
    const [predictions, targets] = [rowsOf(prediction), rowsOf(target)];
    const shape = prediction.shape.slice(1);
    return all(
      ...costsIn(dtype, sample).map((received, i): Verdict => {
        const cost = expected({
          prediction: predictions[i] ?? [],
          target: targets[i] ?? [],
          shape,
          description: loss.description,
        });
        const bound = tolerance * ((bounds[i] ?? NaN) + CARELESS * (1 + Math.abs(cost)));
        return Math.abs(cost - received) <= bound || Object.is(cost, received)
          ? undefined
          : {
              expected: code(cost),
              received: code(received),
              where: `costs[${i}] in ${dtype}`,
              tolerance: `${bound}: what rounding may do, and 2⁻²⁶·(1 + |cost|) for the transcription’s`,
            };
      }),
    );
  };

const formats =
  (tolerance: number) =>
  (sample: LossSample): Verdict => {
    const bounds = roundingOf('f32', sample);
    if (!bounded([...bounds.values, ...bounds.gradient])) return { excluded: 'no bound of the rounding' };
    const { loss, prediction, target, cotangent } = sample;
    const to = cast('f32');
    const [wide, narrow] = [
      loss.costs(f64, prediction, target),
      loss.costs(reference('f32'), to(prediction), to(target)),
    ];
    const near = (exact: Tensor, rounded: Tensor, by: readonly number[], where: string): Verdict => {
      const at = numbers(exact).findIndex(
        (x, i) => !(Math.abs(x - (rounded.data[i] ?? NaN)) <= tolerance * (by[i] ?? NaN)),
      );
      return rounded.dtype === 'f32' && at < 0
        ? undefined
        : {
            expected: `${exact.data[at]}, rounded to f32 on the way`,
            received: `${rounded.dtype} ${rounded.data[at]}`,
            where: `${where}${positionOf(exact.shape, at)}`,
            tolerance: `${tolerance * (by[at] ?? NaN)}: running error analysis of the loss in f32`,
          };
    };
    return all(
      near(wide.values, narrow.values, bounds.values, 'costs'),
      near(wide.pullback(cotangent), narrow.pullback(to(cotangent)), bounds.gradient, 'dPrediction'),
    );
  };

/** Whether targets may stand as predictions: numbers of one kind, in one shape. */
const comparable =
  (options: LossOptions) =>
  ({ loss, prediction, target }: LossSample): boolean =>
    code(prediction.shape) === code(target.shape) &&
    alike(options.prediction ?? 'numbers', options.target ?? suits(loss, prediction.shape.slice(1)));

/** Of numbers everything is finite; a probability or a rate of 0 may cost ∞, but not where it is right. */
const finite =
  (options: LossOptions) =>
  (sample: LossSample, dtype: Dtype): Verdict => {
    const domain = options.prediction ?? 'numbers';
    const { loss, prediction, target, cotangent } = sample;
    const run = (of: Tensor): { readonly values: readonly number[]; readonly gradient: readonly number[] } => {
      const { values, pullback } = loss.costs(reference(dtype), cast(dtype)(of), cast(dtype)(target));
      return { values: numbers(values), gradient: numbers(pullback(cast(dtype)(cotangent))) };
    };
    const { values, gradient } = run(prediction);
    const usual = domain === 'numbers';
    const wanted = usual ? 'a finite number' : 'a number, finite or ∞';
    const ok = (x: number): boolean => (usual ? Number.isFinite(x) : !Number.isNaN(x));
    const right = comparable(options)(sample) ? run(target).values : [];
    return all(
      ...values.map((x, i) => holds(ok(x) && x !== Number.NEGATIVE_INFINITY, wanted, code(x), `costs[${i}]`)),
      ...gradient.map((x, i) => holds(ok(x), wanted, code(x), `dPrediction${positionOf(prediction.shape, i)}`)),
      ...right.map((x, i) =>
        holds(Number.isFinite(x), 'a finite cost', code(x), `costs[${i}], predicted as the target is`),
      ),
    );
  };

const least =
  (best: NonNullable<LossOptions['best']>, tolerance: number) =>
  (sample: LossSample): Verdict => {
    const { prediction, target } = sample;
    const shape = prediction.shape.slice(1);
    const at = tensor(
      prediction.shape,
      rowsOf(target).flatMap((row) => best(row, shape)),
    );
    const ideal = { ...sample, prediction: at };
    const bounds = [roundingOf('f64', sample).values, roundingOf('f64', ideal).values];
    const [given, lowest] = [costsIn('f64', sample), costsIn('f64', ideal)];
    return all(
      ...given.map((cost, i): Verdict => {
        const [a = NaN, b = NaN] = bounds.map((of) => of[i]);
        // At the edge of a domain, as for log 0 where it has no weight, rounding has no bound.
        const slack = tolerance * (Number.isFinite(a + b) ? 4 * (a + b) : CARELESS * (1 + Math.abs(cost)));
        return cost >= (lowest[i] ?? NaN) - slack
          ? undefined
          : {
              expected: `at least ${lowest[i]}, the cost of ${code(rowsOf(at)[i])}`,
              received: code(cost),
              where: `costs[${i}]`,
              tolerance: `${slack}: 4 times what rounding may do, or 2⁻²⁶ where it has no bound`,
            };
      }),
    );
  };

const targets = ({ loss, prediction, target }: LossSample): Verdict => {
  const checked = checkTargets(loss, prediction.shape.slice(1))(target);
  const spoilt = checkTargets(loss, prediction.shape.slice(1))(generate('f64', target.shape, () => Number.NaN));
  return all(
    E.isRight(checked)
      ? sameTensor(target, checked.right, 'the targets')
      : { expected: 'the targets to pass', received: showFailure(checked.left) },
    holds(E.isLeft(spoilt), 'targets of NaN to be refused', 'they passed', 'checkTargets'),
    holds(loss.expected(prediction.shape).values !== '', 'what targets hold, in words', 'nothing'),
  );
};

const described =
  (decode: LossOptions['decode']) =>
  (sample: LossSample): Verdict => {
    const { loss, prediction, target } = sample;
    const { description, reduction } = loss;
    const filed: unknown = JSON.parse(JSON.stringify(description));
    const plain = all(
      holds(code(filed) === code(description), code(description), code(filed), 'the description, through JSON'),
      holds(
        !('reduction' in description) || description.reduction === reduction,
        reduction,
        code(description.reduction),
        'description.reduction',
      ),
    );
    if (plain !== undefined || decode === undefined) return plain;
    const decoded = decode(filed);
    if (E.isLeft(decoded)) return { expected: 'a loss', received: showFailure(decoded.left) };
    return all(
      holds(
        code(decoded.right.description) === code(description) && decoded.right.reduction === reduction,
        code(description),
        code(decoded.right.description),
        'the description, decoded',
      ),
      sameTensor(
        loss.costs(f64, prediction, target).values,
        decoded.right.costs(f64, prediction, target).values,
        'the decoded loss: costs',
      ),
      holds(E.isLeft(decode({ ...description, kidn: 1 })), 'an unknown field to be refused', 'it passed', 'kidn'),
    );
  };

const showFirst = showWith('dtype');

/** The laws of what a loss costs. */
export const valueLaws = (
  value: Loss | fc.Arbitrary<Loss>,
  samples: fc.Arbitrary<LossSample>,
  options: LossOptions,
): readonly Law[] => {
  const [runs, tolerance, show] = [runsOf(options, 20), toleranceOf(options), showSample] as const;
  const formatted = fc.constantFrom(...dtypesOf(options));
  const { expected, bound } = options;
  const best =
    options.best ??
    (fc.sample(samples, { seed: 0, numRuns: 1 }).every(comparable(options)) ? (t: readonly number[]) => t : undefined);
  return [
    ...(expected === undefined
      ? []
      : [
          law(
            'formula',
            'each example costs what the transcription of the formula says, in either format',
            fc.tuple(samples, formatted),
            ([sample, dtype]) => transcribed(expected, tolerance)(sample, dtype),
            { runs: runsOf(options, 40), show: showFirst, formula: 'costs(x, t)ᵢ = expected(xᵢ, tᵢ)' },
          ),
        ]),
    ...(dtypesOf(options).length < 2
      ? []
      : [
          law(
            'formats agree',
            'in f32 a loss and its gradient are those of f64 but for rounding',
            samples,
            formats(tolerance),
            { runs, show, formula: '|f32 − f64| ≤ the running error bound' },
          ),
        ]),
    law(
      'finite at extreme predictions',
      'costs and gradients are numbers also far out and at the edges of what is predicted, and finite where that is right',
      fc.tuple(extremeSamples(value, options), formatted),
      ([sample, dtype]) => finite(options)(sample, dtype),
      { runs: runsOf(options, 50), show: showFirst, formula: 'costs(x, t) ∈ ℝ, pullback(c) ∈ ℝ' },
    ),
    ...(best === undefined
      ? []
      : [
          law('least at the target', 'no prediction costs less than the best one', samples, least(best, tolerance), {
            runs,
            show,
            formula: 'cost(x, t) ≥ cost(best(t), t)',
          }),
        ]),
    ...(bound === undefined
      ? []
      : [
          law(
            'bounded below',
            'no example costs less than the bound',
            fc.tuple(samples, formatted),
            ([sample, dtype]) =>
              all(
                ...costsIn(dtype, sample).map((x, i) =>
                  holds(x >= bound, `at least ${bound}`, code(x), `costs[${i}] in ${dtype}`),
                ),
              ),
            { runs, show: showFirst, formula: 'cost(x, t) ≥ bound' },
          ),
        ]),
    law(
      'targets',
      'targets that a loss is for pass its check, NaN does not, and it says in words what they hold',
      samples,
      targets,
      {
        runs,
        show,
        formula: 'checkTargets(t) = t',
      },
    ),
    law(
      'description',
      'the description is JSON and says the reduction; decoded, it is the same loss, and an unknown field is refused',
      samples,
      described(options.decode),
      { runs, show, formula: 'decode(JSON(description)) = loss' },
    ),
  ];
};
