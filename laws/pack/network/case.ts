/** What a law about a network is tried on: the network as it is, and a batch. */
import * as fc from 'fast-check';
import { cast as castNetwork, type Network, type SomeNetwork } from '../../../src/layer/network.ts';
import { encode } from '../../../src/layer/network-codec.ts';
import * as Key from '../../../src/tensor/key.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import { cast, type Tensor, takeRows } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Of, type Tree } from '../../../src/tensor/tree.ts';
import { keys, normals } from '../../arbitrary/keys.ts';
import { code, type Verdict } from '../../law.ts';
import { type Bench, binaryPlaces, shortened } from '../../layer/case.ts';

/** A network and how it is run. */
export interface NetworkCase {
  readonly network: SomeNetwork;
  readonly batch: number;
  readonly training: boolean;
  readonly places: number;
  readonly key: Key.Key;
  /** Examples to draw from. */
  readonly inputs?: Tensor;
}

/** Cases of networks: batches of up to four examples, in training and at inference. */
export const casesOf = (networks: fc.Arbitrary<SomeNetwork>, inputs?: Tensor): fc.Arbitrary<NetworkCase> =>
  fc
    .record({
      network: networks,
      batch: fc.integer({ min: 1, max: 4 }),
      training: fc.boolean(),
      places: binaryPlaces,
      key: keys,
    })
    .map((given) => ({
      ...given,
      batch: Math.max(
        given.batch,
        given.network.use(({ layer }) => layer.minimumBatch),
      ),
      ...(inputs === undefined ? {} : { inputs }),
    }));

const batchOf = (input: Shape, { batch, places, key, inputs }: NetworkCase): Tensor => {
  if (inputs === undefined) return shortened(places)(normals([batch, ...input], Key.foldIn(1)(key)));
  const rows = inputs.shape[0] ?? 0;
  const draws = Key.uniform([batch], 'f64')(Key.foldIn(1)(key));
  return cast('f64')(takeRows(Array.from(draws.data, (u) => Math.floor(u * rows)))(inputs));
};

/** What is done with a network and a batch: `exact` is the network in f64, with the numbers that it has. */
export type Use<R> = <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>, bench: Bench<P, S>) => R;

/** Runs a law's body on a case. */
export const onNetwork = <R>(given: NetworkCase, body: Use<R>): R =>
  given.network.use((network) => {
    const { layer, params, state } = castNetwork('f64')(network);
    const { batch, places, training, key } = given;
    return body(network, {
      layer,
      params,
      state,
      x: batchOf(layer.input, given),
      dy: shortened(places)(normals([batch, ...layer.output], Key.foldIn(2)(key), 3)),
      training,
      key,
    });
  });

/** A law's body on the bench alone. */
export const onBench =
  (body: <P extends Form, S extends Form>(bench: Bench<P, S>) => Verdict) =>
  (given: NetworkCase): Verdict =>
    onNetwork(given, (_, bench) => body(bench));

/** How many numbers a record holds. */
export const numbersIn = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): number =>
  entries<F, Tensor>(tree, of).reduce((sum, [, { shape }]) => sum + size(shape), 0);

/** More parameters than these are not printed. */
const PRINTED = 400;

/** A case as a line of code: the network's JSON, as `Network.decode` reads it, and the batch. */
export const showSample = (given: NetworkCase): string =>
  onNetwork(given, (network, { x, dy, training, key }) => {
    const { layer, params, dtype } = network;
    const numbers = numbersIn(layer.parameters.tree, params);
    const written =
      numbers <= PRINTED
        ? encode(network)
        : { input: layer.input, layer: layer.description, dtype, parameters: numbers };
    return code({ network: written, x, dy, training, key });
  });
