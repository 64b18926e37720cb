/**
 * The native engine: plans as WebAssembly, whose matrix products a BLAS of the system does in the same memory. Its numbers
 * are those of the reference up to the rounding of the products (see blas.ts), not to the bit: they depend on the library.
 */
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { createWith, type Engine } from '../engine/engine.ts';
import type { Failure } from '../tensor/failure.ts';
import { type Blas, open } from './blas.ts';

/** Products of fewer multiplications are emitted: a call of the library costs more than they take. */
const FEWEST = 20_000;

/**
 * The native engine of an open library.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Blas, Native } from 'nabla-ts/native';
 * const opened = await Blas.open()();
 * E.isLeft(opened) || Native.over(opened.right).name === 'native' // => true
 * ```
 */
export const over = (blas: Blas): Engine =>
  createWith('native', (product) => (product.m * product.k * product.n < FEWEST ? O.none : blas.product(product)));

/** Which library: the system's, unless a path is given. */
export interface Options {
  readonly library?: string;
}

/**
 * An engine for `Train` whose products are done by the BLAS of the system, on one thread. Fails, saying what to install,
 * where the package koffi or a library is missing. Needs Node.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Engine } from 'nabla-ts';
 * import { Native } from 'nabla-ts/native';
 * const found = await Native.create({ library: 'no-such-library.so' })();
 * // Where it is missing, the engine that needs nothing.
 * const engine = E.getOrElse(() => Engine.create())(found);
 * engine.name // => 'wasm'
 * ```
 */
export const create = (options: Options = {}): TE.TaskEither<Failure, Engine> =>
  pipe(open(options.library), TE.map(over));
