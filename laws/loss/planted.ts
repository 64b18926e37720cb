/** Faults that are planted in the gradient of each loss: the laws must find them. */
import type * as fc from 'fast-check';
import type { Loss } from '../../src/loss/loss.ts';
import { type Expr, ifLess, input, multiply, negate } from '../../src/scalar/expr.ts';
import { all, holds, type LawSet, lawOf, lawSet } from '../law.ts';
import { families, samplesOf } from './families.ts';
import { lossLaws } from './loss.ts';
import { type LossSample, numbers } from './sample.ts';

/** What becomes of an element of the gradient at a prediction. */
interface Fault {
  readonly name: string;
  readonly gradient: Expr<'gradient' | 'prediction' | 'edge'>;
}

const gradient = input('gradient');
const beyond = (then: Expr<'gradient'> | number): Fault['gradient'] =>
  ifLess(input('prediction'), input('edge'), gradient, then);

const faults: readonly Fault[] = [
  { name: 'a factor of 1 + 10⁻⁶', gradient: multiply(gradient, 1 + 1e-6) },
  { name: 'another sign for the greater predictions', gradient: beyond(negate(gradient)) },
  { name: 'nothing for the greater predictions', gradient: beyond(0) },
];

const faulty =
  (fault: Fault, edge: number) =>
  (loss: Loss): Loss => ({
    ...loss,
    costs: (ops, prediction, target) => {
      const { values, pullback } = loss.costs(ops, prediction, target);
      return {
        values,
        pullback: (dValues) =>
          ops.map(fault.gradient, { gradient: pullback(dValues), prediction, edge: ops.scalar(edge) }),
      };
    },
  });

const median = (xs: readonly number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;

const spoilt = (fault: Fault, samples: fc.Arbitrary<LossSample>): fc.Arbitrary<LossSample> =>
  samples.map((sample) => ({
    ...sample,
    loss: faulty(fault, median(numbers(sample.prediction)))(sample.loss),
  }));

/** The laws that compare with a derivative. */
const COMPARED = 2;

/** Laws of the laws: a gradient that is wrong is found, both by differences and by dual numbers. */
export const plantedLaws: LawSet = lawSet(
  'planted faults',
  families.map((family) =>
    lawOf(`${family.name}: found`, 'a fault in the gradient is found, in both ways', faults, (fault) =>
      all(
        ...lossLaws(family.name, spoilt(fault, samplesOf(family)), 24)
          .laws.slice(0, COMPARED)
          .map((law) => {
            const outcome = law.check({ seed: 0, multiplier: 1 });
            const message = outcome.tag === 'failed' ? outcome.message : 'the law held';
            return holds(message.includes('‖gradient‖'), `${fault.name} to be found`, `${law.name}: ${message}`);
          }),
      ),
    ),
  ),
);
