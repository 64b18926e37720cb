/** The law of a layer's codec: its description says all that it does. */
import type * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Registry } from '../../../src/layer/kind.ts';
import type { Spec } from '../../../src/layer/layer.ts';
import { decodeLayer, encodeLayer } from '../../../src/layer/network-codec.ts';
import { show as showFailure } from '../../../src/tensor/failure.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import { all, type Law, law, same, sameTensor, type Verdict } from '../../law.ts';
import { type Bench, type LayerCase, listed, onBench, rebuilt, runOf } from '../../layer/case.ts';
import { ownKind } from '../description.ts';
import { gradients, nextState, sameNamed } from './named.ts';
import { showSample } from './sample.ts';

const survives =
  (registry: Registry) =>
  <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
    const text = JSON.stringify(encodeLayer(bench.layer));
    const read = decodeLayer(registry)(JSON.parse(text));
    if (E.isLeft(read)) {
      const { kind } = bench.layer.description;
      const hint = Object.hasOwn(registry, kind) ? '' : ownKind('Layer', kind);
      return { expected: text, received: `${showFailure(read.left)}${hint}` };
    }
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
        sameTensor(run.y, second.y, 'y'),
        sameNamed(nextState(bench, run), nextState(again, second)),
        sameNamed(gradients(bench, run, bench.dy), gradients(again, second, bench.dy)),
      );
    });
  };

/** The law of the codec. */
export const codecLaw = (cases: fc.Arbitrary<LayerCase>, registry: Registry, runs: number): Law =>
  law(
    'codec',
    'read back from its JSON, a layer gives the same output, state and gradients, and the same JSON',
    cases,
    (given) => onBench(given, survives(registry)),
    { runs, show: showSample, formula: 'decode ∘ encode = id' },
  );
