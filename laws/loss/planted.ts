/** Faults that are planted in the gradient of each loss: the laws must find them. */
import type { Loss } from '../../src/loss/loss.ts';
import { type Expr, ifLess, input, multiply, negate } from '../../src/scalar/expr.ts';
import { all, holds, type LawSet, lawOf, lawSet, lawsOf } from '../law.ts';
import { loss as lawsOfLoss } from '../pack/loss.ts';
import { type Family, families, lossesOf } from './families.ts';

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

/** About the middle of what a family predicts. */
const middle = ({ told: { prediction = 'numbers' } }: Family): number => (prediction === 'numbers' ? 0 : 0.25);

const COMPARED = ['pullback: dual numbers', 'pullback: differences'];

/** Laws of the laws: a gradient that is wrong is found, both by differences and by dual numbers. */
export const plantedLaws: LawSet = lawSet(
  'planted faults',
  families.map((family) =>
    lawOf(`${family.name}: found`, 'a fault in the gradient is found, in both ways', faults, (fault) =>
      all(
        ...lawsOf(lawsOfLoss(lossesOf(family).map(faulty(fault, middle(family))), { ...family.told, runs: 24 }))
          .filter(({ law }) => COMPARED.includes(law.name))
          .map(({ law }) => {
            const outcome = law.check({ seed: 0 });
            const message = outcome.tag === 'failed' ? outcome.message : 'the law held';
            return holds(message.includes('dPrediction'), `${fault.name} to be found`, `${law.name}: ${message}`);
          }),
      ),
    ),
  ),
);
