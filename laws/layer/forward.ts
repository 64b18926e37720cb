/** Laws of a layer's `forward`: shapes, rows, draws, and that it writes to nothing it is given. */

import type * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Registry } from '../../src/layer/kind.ts';
import type { AnyLayer, Spec } from '../../src/layer/layer.ts';
import { decodeLayer, encodeLayer } from '../../src/layer/network-codec.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import { show as showShape } from '../../src/tensor/shape.ts';
import { equals, generate, show, type Tensor, takeRows } from '../../src/tensor/tensor.ts';
import { entries, type Form, type Of, showPath, type Tree } from '../../src/tensor/tree.ts';
import { all, type Law, law, same, type Verdict } from '../law.ts';
import { type Bench, casesOf, listed, onBench, pulled, rebuilt, runOf, showCase } from './case.ts';

/** Holds when two tensors have the same bits. */
export const sameTensor = (expected: Tensor, received: Tensor, where: string): Verdict =>
  equals(expected, received) ? undefined : { expected: show(expected), received: show(received), where };

/** Holds when two lists of tensors have the same bits. */
export const sameTensors = (expected: readonly Tensor[], received: readonly Tensor[], where: string): Verdict =>
  all(
    same(expected.length, received.length, `${where}: number of tensors`),
    ...expected.map((x, i) => sameTensor(x, received[i] ?? generate(x.dtype, [0], () => 0), `${where} ${i}`)),
  );

const sameShapes = <F extends Form>(
  { tree, specs }: { readonly tree: Tree<F>; readonly specs: Of<F, Spec> },
  of: Of<F, Tensor>,
  where: string,
): Verdict => {
  const declared = entries<F, Spec>(tree, specs).map(([path, { shape }]) => `${showPath(path)}${showShape(shape)}`);
  const found = entries<F, Tensor>(tree, of).map(([path, { shape }]) => `${showPath(path)}${showShape(shape)}`);
  return same(declared.join(' '), found.join(' '), where);
};

const shapesHold = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const { layer, x, dy } = bench;
  const { y, state, pullback } = runOf(bench);
  const { dParams, dx } = pullback(dy);
  return all(
    same(showShape([x.shape[0] ?? 0, ...layer.output]), showShape(y.shape), 'output'),
    same(showShape(x.shape), showShape(dx.shape), 'gradient of the input'),
    sameShapes(layer.parameters, dParams, 'gradient of the parameters'),
    sameShapes(layer.state, state, 'state'),
  );
};

const copy = (x: Tensor): readonly number[] => Array.from(x.data);
const unchanged = (before: readonly number[], after: Tensor, where: string): Verdict =>
  before.every((value, i) => Object.is(value, after.data[i]))
    ? undefined
    : { expected: `[${before}]`, received: `[${copy(after)}]`, where };

const writesNothing = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const given = [
    ...listed(bench.layer.parameters.tree, bench.params),
    ...listed(bench.layer.state.tree, bench.state),
    bench.x,
    bench.dy,
  ];
  const before = given.map(copy);
  const run = runOf(bench);
  const y = copy(run.y);
  pulled(bench, run, bench.dy);
  return all(
    ...given.map((x, i) => unchanged(before[i] ?? [], x, `input ${i}`)),
    unchanged(y, run.y, 'the output, by the pullback'),
  );
};

const firstRows = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const batch = bench.x.shape[0] ?? 0;
  const whole = runOf(bench).y;
  return all(
    ...Array.from({ length: batch }, (_, i) => {
      const rows = Array.from({ length: i + 1 }, (_row, k) => k);
      return sameTensor(
        takeRows(rows)(whole),
        runOf({ ...bench, x: takeRows(rows)(bench.x) }).y,
        `the first ${i + 1} rows`,
      );
    }),
  );
};

const eachRow = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const whole = runOf(bench).y;
  return all(
    ...Array.from({ length: bench.x.shape[0] ?? 0 }, (_, i) =>
      sameTensor(takeRows([i])(whole), runOf({ ...bench, x: takeRows([i])(bench.x) }).y, `row ${i} alone`),
    ),
  );
};

const deterministic = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const [first, again] = [runOf(bench), runOf(bench)];
  return all(
    sameTensor(first.y, again.y, 'output'),
    sameTensors(pulled(bench, first, bench.dy), pulled(bench, again, bench.dy), 'gradient'),
    // Asked twice, a pullback answers the same: it has no state of its own.
    sameTensors(pulled(bench, first, bench.dy), pulled(bench, first, bench.dy), 'gradient, asked again'),
  );
};

const survives =
  (registry: Registry) =>
  <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
    const text = JSON.stringify(encodeLayer(bench.layer));
    const read = decodeLayer(registry)(JSON.parse(text));
    if (E.isLeft(read)) return { expected: text, received: showFailure(read.left) };
    const run = runOf(bench);
    return read.right.use((layer) => {
      // The decoded layer's records are of its own form; they are filled leaf by leaf, in order.
      const again: Bench<Form, Form> = {
        ...bench,
        layer,
        params: rebuilt<Form, Spec, Tensor>(
          layer.parameters.tree,
          layer.parameters.specs,
          listed(bench.layer.parameters.tree, bench.params),
        ),
        state: rebuilt<Form, Spec, Tensor>(
          layer.state.tree,
          layer.state.specs,
          listed(bench.layer.state.tree, bench.state),
        ),
      };
      const second = runOf(again);
      return all(
        same(text, JSON.stringify(encodeLayer(layer)), 'description'),
        sameTensor(run.y, second.y, 'output'),
        sameTensors(pulled(bench, run, bench.dy), pulled(again, second, bench.dy), 'gradient'),
      );
    });
  };

/** What is known of the layers that laws are about. */
export interface LayerLawOptions {
  readonly runs: number;
  /** The kinds that they decode by. */
  readonly registry: Registry;
  /** Whether rows are independent in training too; where they are not (batch norm), only inference is asked. */
  readonly rowwise: boolean;
}

/** The laws of random layers going forward. */
export const forwardLaws = (
  name: string,
  layers: fc.Arbitrary<AnyLayer>,
  { runs, registry, rowwise }: LayerLawOptions,
): readonly Law[] => {
  const cases = casesOf(layers);
  const options = { runs, show: showCase };
  return [
    law(
      `${name}: shapes`,
      'output, gradients and state have the shapes that the layer declares',
      cases,
      (given) => onBench(given, shapesHold),
      options,
    ),
    law(
      `${name}: writes to nothing`,
      'neither forward nor pullback changes a number that it is given',
      cases,
      (given) => onBench(given, writesNothing),
      options,
    ),
    law(
      `${name}: rows are independent`,
      'outside training, row i of the output is that of row i alone, bit for bit',
      cases.map((given) => ({ ...given, training: false })),
      (given) => onBench(given, eachRow),
      options,
    ),
    ...(rowwise
      ? [
          law(
            `${name}: rows do not depend on those that follow`,
            'in training, the first rows of the output are those of the first rows alone, masks included',
            cases.map((given) => ({ ...given, training: true })),
            (given) => onBench(given, firstRows),
            options,
          ),
        ]
      : []),
    law(
      `${name}: deterministic`,
      'the same arguments and key give the same bits, and a pullback asked again the same gradients',
      cases,
      (given) => onBench(given, deterministic),
      options,
    ),
    law(
      `${name}: codec`,
      'read back from its JSON, a layer gives the same output and gradients',
      cases,
      (given) => onBench(given, survives(registry)),
      options,
    ),
  ];
};
