/** What the laws of transforms are told. */
import type * as E from 'fp-ts/lib/Either.js';
import type { Transform } from '../../../src/optimizer/transform/transform.ts';
import type { Failure } from '../../../src/tensor/failure.ts';
import type { Leaf } from '../optimizer/run.ts';
import type { PackOptions } from '../options.ts';

/** One parameter as a transcription of a transform is given it: plain numbers, row-major. */
export interface PlainLeaf {
  readonly role: Leaf['role'];
  readonly parameter: readonly number[];
  readonly gradient: readonly number[];
}

export interface TransformOptions extends PackOptions {
  /** The gradient that the optimizer inside is given at the first step, transcribed: of each parameter. */
  readonly expected?: (leaves: readonly PlainLeaf[]) => ReadonlyArray<readonly number[]>;
  /** That it shortens gradients: to what limit, and whether by each number, each parameter's norm or the norm of all. */
  readonly clips?: { readonly limit: number; readonly by: 'number' | 'norm' | 'globalNorm' };
  /** That it takes one step of the optimizer inside for so many gradients, with their mean. */
  readonly accumulates?: number;
  /** That it prefers an average of the parameters that it was at after each step. */
  readonly averages?: true;
  /** That it adds λθ to the gradient, of weights or of all. */
  readonly decays?: { readonly rate: number; readonly of: 'weights' | 'all' };
  /** That after each step it shortens the weights that come into a unit to a limit, column by column, and no biases. */
  readonly constrains?: { readonly limit: number };
  /** The parameters that it is for, where it is not for any. */
  readonly parameters?: readonly Leaf[];
  /** Reads a transform from the description of an optimizer that it is around, with that optimizer left out. */
  readonly decode?: (description: unknown) => E.Either<Failure, Transform>;
}
