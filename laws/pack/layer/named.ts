/** The tensors of a run by the places at which they stand, so that a law can say which number differs. */
import type { Run } from '../../../src/layer/layer.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Of, type Tree } from '../../../src/tensor/tree.ts';
import { all, isExcluded, placeOf, same, sameTensor, type Verdict } from '../../law.ts';
import type { Bench } from '../../layer/case.ts';

/** A tensor and its place, as it is written in code. */
export type Named = readonly [place: string, value: Tensor];

/** The leaves of a record by their places. */
export const leaves = <F extends Form>(name: string, tree: Tree<F>, of: Of<F, Tensor>): readonly Named[] =>
  entries<F, Tensor>(tree, of).map(([path, x]): Named => [placeOf(name, path), x]);

/** The next state of a run. */
export const nextState = <P extends Form, S extends Form>(
  { layer }: Pick<Bench<P, S>, 'layer'>,
  run: Run<P, S, Tensor>,
): readonly Named[] => leaves<S>('state', layer.state.tree, run.state);

/** What a pullback gives. */
export const gradients = <P extends Form, S extends Form>(
  { layer }: Pick<Bench<P, S>, 'layer'>,
  run: Run<P, S, Tensor>,
  dy: Tensor,
): readonly Named[] => {
  const { dParams, dx } = run.pullback(dy);
  return [...leaves<P>('dParams', layer.parameters.tree, dParams), ['dx', dx]];
};

/** Holds when tensors have the same bits, one by one; `when` is said of where they do not. */
export const sameNamed = (expected: readonly Named[], received: readonly Named[], when = ''): Verdict => {
  const verdict = all(
    same(expected.map(([place]) => place).join(' '), received.map(([place]) => place).join(' '), 'the tensors'),
    ...expected.map(([place, x], i) => {
      const other = received[i]?.[1];
      return other === undefined ? undefined : sameTensor(x, other, place);
    }),
  );
  return verdict === undefined || isExcluded(verdict) ? verdict : { ...verdict, where: `${verdict.where}${when}` };
};
