/**
 * A BLAS of the system (OpenBLAS, MKL, BLIS, Accelerate), opened through koffi, that multiplies matrices which lie in the
 * memory of a WebAssembly module, where they are: nothing is copied.
 *
 * Its sums run in an order of its own, with fused multiply-add, so its products are those of the reference up to rounding:
 * ‖C − C′‖ ≤ 2·γₖ·‖A‖·‖B‖ in the Frobenius norm, γₖ = k·u/(1 − k·u). Everything else of this project is exact to the bit.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Addresses, Outside } from '../engine/emit/outside.ts';
import type { Product } from '../engine/emit/product.ts';
import type { Dtype } from '../scalar/dtype.ts';
import * as Failure from '../tensor/failure.ts';
import { gemm } from './gemm.ts';
import { adviceOf, librariesOf, threadSetters } from './libraries.ts';

export type { Addresses, Product };

/** An open library. */
export interface Blas {
  /** The name or path that it was found under. */
  readonly library: string;
  /** What it says of itself, where it says anything: version, processor. */
  readonly description: string;
  /** Whether it could be told to use one thread. */
  readonly oneThread: boolean;
  /**
   * A product: none where neither the rows nor the columns of an operand are dense; else what binds it to addresses and to a
   * memory, whose result does it, as often as it is called. c overlaps neither a nor b. Binding throws where a matrix
   * reaches beyond the memory, and the call where the memory has grown since, for its buffer is another one then.
   */
  readonly product: Outside;
}

/** A function of a library. */
type Foreign = (...operands: readonly unknown[]) => unknown;

/** The part of koffi that is used. */
export interface Loader {
  readonly load: (path: string) => { readonly func: (definition: string) => Foreign };
}

const ROW_MAJOR = 101;
const transposition = (transposed: boolean): 111 | 112 => (transposed ? 112 : 111);

const definition = (letter: 's' | 'd', type: 'float' | 'double'): string =>
  `void cblas_${letter}gemm(int, int, int, int, int, int, ${type}, const void *, int, const void *, int, ${type}, void *, int)`;

const attempt = <A>(f: () => A): O.Option<A> => O.tryCatch(f);

const productOf =
  (functions: Readonly<Record<Dtype, Foreign>>): Blas['product'] =>
  (product) =>
    pipe(
      gemm(product),
      O.map(({ bytes, a, b }) => (at: Addresses) => (memory: ArrayBuffer) => {
        const { dtype, m, k, n } = product;
        const view = (name: keyof Addresses, extent: number): Uint8Array => {
          const [from, length] = [at[name], extent * bytes];
          if (from % bytes !== 0 || from < 0 || from + length > memory.byteLength)
            throw new RangeError(
              `Blas: ${name} of a product [${m}, ${k}]·[${k}, ${n}] in ${dtype} takes bytes ${from}–${from + length} of a memory of ${memory.byteLength}`,
            );
          return new Uint8Array(memory, from, length);
        };
        const [x, y, z] = [view('a', a.extent), view('b', b.extent), view('c', m * n)];
        const multiply = functions[dtype];
        const [left, right] = [transposition(a.transposed), transposition(b.transposed)];
        return () => {
          if (m === 0 || n === 0) return;
          if (z.byteLength === 0) throw new RangeError('Blas: the memory has grown since the product was bound to it');
          multiply(ROW_MAJOR, left, right, m, n, k, 1, x, a.leading, y, b.leading, 0, z, n);
        };
      }),
    );

const opened =
  (koffi: Loader) =>
  (library: string): E.Either<string, Blas> =>
    E.tryCatch(
      () => {
        const loaded = koffi.load(library);
        const func = (of: string): Foreign => loaded.func(of);
        const functions = { f32: func(definition('s', 'float')), f64: func(definition('d', 'double')) };
        const setters = threadSetters.filter((setter) => O.isSome(attempt(() => func(setter)(1))));
        const description = attempt(() => `${func('const char *openblas_get_config()')()}`);
        return Object.freeze({
          library,
          description: O.getOrElse(() => library)(description),
          oneThread: setters.length > 0,
          product: productOf(functions),
        });
      },
      (error) => `${library}: ${error instanceof Error ? error.message : `${error}`}`,
    );

/**
 * Opens a library with a loader, on a platform of Node's names; `open` is this with koffi on the platform that it runs on.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Failure } from 'nabla-ts';
 * import { Blas } from 'nabla-ts/native';
 * const opened = await Blas.openWith(() => Promise.reject(new Error('no such package')), 'linux')()();
 * E.mapLeft(Failure.show)(opened)
 * // => E.left('native engine: expected the package koffi (npm install koffi), received no such package')
 * ```
 */
export const openWith =
  (loader: () => Promise<Loader>, platform: string) =>
  (library?: string): TE.TaskEither<Failure.Failure, Blas> =>
    pipe(
      TE.tryCatch(loader, (error) =>
        Failure.failure(
          'file',
          'native engine',
          'the package koffi (npm install koffi)',
          error instanceof Error ? error.message : `${error}`,
        ),
      ),
      TE.chainEitherK((koffi) => {
        const names = library === undefined ? librariesOf(platform) : [library];
        const found = names.reduce<E.Either<readonly string[], Blas>>(
          (before, name) =>
            E.isRight(before)
              ? before
              : pipe(
                  opened(koffi)(name),
                  E.mapLeft((why) => before.left.concat(why)),
                ),
          E.left([]),
        );
        const expected = library === undefined ? adviceOf(platform) : 'a library with cblas_sgemm and cblas_dgemm';
        return pipe(
          found,
          E.mapLeft((why) => Failure.failure('file', 'native engine', expected, why.join('; '))),
        );
      }),
    );

/**
 * Opens the BLAS of the system, or that of a path, and tells it to use one thread. Fails, saying what to install, where koffi
 * or a library is missing. Needs Node.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as O from 'fp-ts/lib/Option.js';
 * import { Blas } from 'nabla-ts/native';
 * const opened = await Blas.open()();
 * const memory = new WebAssembly.Memory({ initial: 1 });
 * const numbers = new Float32Array(memory.buffer);
 * numbers.set([1, 2, 3, 4]);
 * const rows = { row: 2, column: 1 };
 * const square = { dtype: 'f32', m: 2, k: 2, n: 2, a: rows, b: rows } as const;
 * if (E.isRight(opened)) {
 *   const product = opened.right.product(square);
 *   if (O.isSome(product)) product.value({ a: 0, b: 0, c: 64 })(memory.buffer)();
 * }
 * E.isLeft(opened) || numbers.slice(16, 20).join() === '7,10,15,22' // => true
 * ```
 */
export const open: (library?: string) => TE.TaskEither<Failure.Failure, Blas> = openWith(
  async () => (await import('koffi')).default,
  process.platform,
);
