/** Laws of one run of a layer: shapes, that it writes to nothing, that it depends on its arguments alone. */
import type * as fc from 'fast-check';
import type { Declaration, Run } from '../../../src/layer/layer.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import * as Key from '../../../src/tensor/key.ts';
import { show as showShape } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Of } from '../../../src/tensor/tree.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, holds, type Law, law, placeOf, same, sameTensor, type Verdict } from '../../law.ts';
import { type Bench, benchOf, inFormat, type LayerCase, onBench, runOf } from '../../layer/case.ts';
import { gradients, leaves, type Named, nextState, sameNamed } from './named.ts';
import { showSample } from './sample.ts';

/** Runs a bench in a format. */
export const runIn = <P extends Form, S extends Form>(dtype: Dtype, bench: Bench<P, S>): Run<P, S, Tensor> =>
  runOf(inFormat(dtype, bench), reference(dtype));

const formOf = (dtype: Dtype, shape: readonly number[]): string => `${dtype} of shape ${showShape(shape)}`;

/** Holds when a tensor has a shape, in a format. */
const shaped = (dtype: Dtype, shape: readonly number[], received: Tensor, where: string): Verdict =>
  same(formOf(dtype, shape), formOf(received.dtype, received.shape), where);

/** Holds when the leaves of a record have the shapes that are declared, in a format. */
export const declared = <F extends Form>(
  dtype: Dtype,
  { tree, specs }: Declaration<F>,
  of: Of<F, Tensor>,
  name: string,
): Verdict => {
  const found = entries<F, Tensor>(tree, of);
  const told = entries<F, { readonly shape: readonly number[] }>(tree, specs);
  return all(
    same(told.length, found.length, `${name}: how many tensors`),
    ...found.map(([path, x], i) => shaped(dtype, told[i]?.[1].shape ?? [], x, placeOf(name, path))),
  );
};

/** Holds when a run has the shapes that are declared, in its format. */
export const shapesHold =
  (dtype: Dtype) =>
  <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
    const { layer, x, dy, params } = inFormat(dtype, bench);
    const { y, state, pullback } = runIn(dtype, bench);
    const { dParams, dx } = pullback(dy);
    return all(
      declared(dtype, layer.parameters, params, 'params'),
      shaped(dtype, [x.shape[0] ?? 0, ...layer.output], y, 'y'),
      shaped(dtype, x.shape, dx, 'dx'),
      declared(dtype, layer.parameters, dParams, 'dParams'),
      declared(dtype, layer.state, state, 'state'),
    );
  };

const copied = (x: Tensor): Tensor => generate(x.dtype, x.shape, (i) => x.data[i] ?? NaN);

/** Holds when a run and its pullback change nothing that they are given. */
export const writesNothing =
  (dtype: Dtype) =>
  <P extends Form, S extends Form>(of: Bench<P, S>): Verdict => {
    const bench = inFormat(dtype, of);
    const { parameters, state } = bench.layer;
    const given: readonly Named[] = [
      ['x', bench.x],
      ['dy', bench.dy],
      ...leaves<P>('params', parameters.tree, bench.params),
      ...leaves<S>('state', state.tree, bench.state),
    ];
    const before = given.map(([place, x]): Named => [place, copied(x)]);
    const run = runOf(bench, reference(dtype));
    const y: Named = ['y', copied(run.y)];
    gradients(bench, run, bench.dy);
    return all(sameNamed(before, given), sameNamed([y], [['y', run.y]], ', after the pullback'));
  };

/** Holds when the same arguments give the same bits. */
export const deterministic =
  (dtype: Dtype) =>
  <P extends Form, S extends Form>(of: Bench<P, S>): Verdict => {
    const bench = inFormat(dtype, of);
    const [first, again] = [runOf(bench, reference(dtype)), runOf(bench, reference(dtype))];
    const found = gradients(bench, first, bench.dy);
    return all(
      sameTensor(first.y, again.y, 'y'),
      sameNamed(nextState(bench, first), nextState(bench, again)),
      sameNamed(found, gradients(bench, again, bench.dy)),
      sameNamed(found, gradients(bench, first, bench.dy), ', asked again'),
    );
  };

/** A case and another of the same layer, from another key. */
const elsewhere = (given: LayerCase): LayerCase => ({ ...given, key: Key.foldIn(77)(given.key) });

const sharesNothing = <P extends Form, S extends Form>(bench: Bench<P, S>, other: Bench<P, S>): Verdict => {
  const alone = gradients(bench, runOf(bench), bench.dy);
  const run = runOf(bench);
  const between = runOf(other);
  gradients(other, between, other.dy);
  return sameNamed(alone, gradients(bench, run, bench.dy), ', after another run');
};

const staysFinite =
  (dtype: Dtype) =>
  <P extends Form, S extends Form>(of: Bench<P, S>): Verdict => {
    const bench = inFormat(dtype, of);
    const run = runOf(bench, reference(dtype));
    return all(
      ...[['y', run.y] as const, ...gradients(bench, run, bench.dy)].map(([place, { shape, data }]) => {
        const stray = Array.from(data).findIndex((value) => !Number.isFinite(value));
        return holds(
          stray < 0,
          'a finite number',
          code(data[stray]),
          `${place}${positionOf(shape, stray)} in ${dtype}`,
        );
      }),
    );
  };

/** Every format in turn. */
const each =
  (dtypes: readonly Dtype[], law: (dtype: Dtype) => <P extends Form, S extends Form>(bench: Bench<P, S>) => Verdict) =>
  (given: LayerCase): Verdict =>
    all(...dtypes.map((dtype) => onBench(given, law(dtype))));

/** The laws of one run. */
export const forwardLaws = (cases: fc.Arbitrary<LayerCase>, dtypes: readonly Dtype[], runs: number): readonly Law[] => {
  const options = { runs, show: showSample };
  return [
    law(
      'shapes',
      'parameters, output, gradients and state have the shapes that the layer declares, in the format of its numbers',
      cases,
      each(dtypes, shapesHold),
      { ...options, formula: 'shape y = [batch, …output]; shape dx = shape x; shape dθ = shape θ' },
    ),
    law(
      'writes to nothing',
      'neither forward nor pullback changes a number that it is given, nor the output after it is handed out',
      cases,
      each(dtypes, writesNothing),
      { ...options, formula: '(x, θ, state, dy) before = (x, θ, state, dy) after' },
    ),
    law(
      'deterministic',
      'the same arguments and key give the same bits, and a pullback asked again gives the same gradients',
      cases,
      each(dtypes, deterministic),
      { ...options, formula: 'f(θ, x, key) = f(θ, x, key)' },
    ),
    law(
      'calls share nothing',
      'a pullback gives the same gradients when another run, and its pullback, came between',
      cases,
      (given) => onBench(given, (bench) => sharesNothing(bench, benchOf(bench.layer, elsewhere(given)))),
      { ...options, formula: 'pullback₁(dy) = pullback₁(dy) after forward₂, pullback₂' },
    ),
    law(
      'large inputs stay finite',
      'at inputs as large as 10⁴ the output and all gradients are finite numbers: nothing overflows on the way',
      cases.map((given) => ({ ...given, far: true })),
      each(dtypes, staysFinite),
      { ...options, formula: '|x| ≤ 10⁴ ⇒ |f(x)| < ∞ and |∂f| < ∞' },
    ),
  ];
};
