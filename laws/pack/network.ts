/** `laws.network`: the laws of a network as it is, with the parameters that it has: one loaded from somewhere, say. */
import * as fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import type { Registry } from '../../src/layer/kind.ts';
import type { SomeNetwork } from '../../src/layer/network.ts';
import { decode, encode } from '../../src/layer/network-codec.ts';
import { registry as ours } from '../../src/layer/registry.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { LawSet } from '../law.ts';
import { casesOf, numbersIn } from './network/case.ts';
import { gradientLaws } from './network/gradient.ts';
import { leafLaws } from './network/leaves.ts';
import { predictLaws } from './network/predict.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** How networks are written and read. */
export interface NetworkCodec {
  readonly encode: (network: SomeNetwork) => unknown;
  readonly decode: (json: unknown) => E.Either<Failure, SomeNetwork>;
}

/** What the laws of a network may be told. */
export interface NetworkOptions extends PackOptions {
  /** The kinds that its layers decode by: this library's unless given. */
  readonly registry?: Registry;
  /** How it is written and read: as this library does unless given. */
  readonly codec?: NetworkCodec;
  /** Examples, of shape [rows, …input]: batches are drawn from them; else from normal numbers. */
  readonly inputs?: Tensor;
}

const codecOf = ({ registry = ours, codec }: NetworkOptions): NetworkCodec =>
  codec ?? { encode: (network) => network.use((known) => encode(known)), decode: decode(registry) };

const isArbitrary = (of: SomeNetwork | fc.Arbitrary<SomeNetwork>): of is fc.Arbitrary<SomeNetwork> => 'generate' in of;

/** As many parameters as make a gradient by differences take a second. */
const MANY = 10_000;
const numbersOf = (of: SomeNetwork): number => of.use(({ layer, params }) => numbersIn(layer.parameters.tree, params));

/**
 * The laws of a network, or of random ones, with their own parameters: finite, of the shapes that are declared, drawn
 * apart; written and read to the same; predictions row by row and the same each time; the gradient right where it stands.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const network = Network.init(Layer.dense(2, 3), Key.fromSeed(1));
 * const set = laws.network(Network.someNetwork(network), { runs: 2 });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const network = (of: SomeNetwork | fc.Arbitrary<SomeNetwork>, options: NetworkOptions = {}): LawSet => {
  const cases = casesOf(isArbitrary(of) ? of : fc.constant(of), options.inputs);
  const runs = runsOf(options, 20);
  // A direction asks all parameters at once, so of many parameters few are enough.
  const few = runsOf(options, !isArbitrary(of) && numbersOf(of) > MANY ? 4 : 20);
  return packed('network', options, [
    ...leafLaws(cases, codecOf(options), few),
    ...predictLaws(cases, runs, toleranceOf(options)),
    ...gradientLaws(cases, few, toleranceOf(options)),
  ]);
};
