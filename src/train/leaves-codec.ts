/** Records of tensors as JSON: one tensor a leaf, by its path (`2.weight`), so that a file reads like the network. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Declaration, Spec } from '../layer/layer.ts';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure, fromErrors, quote } from '../tensor/failure.ts';
import type { Json } from '../tensor/json.ts';
import { equals, show } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { codec } from '../tensor/tensor-codec.ts';
import { entries, type Form, type Of, showPath, type Tree, traverse } from '../tensor/tree.ts';

/** A record of tensors as JSON. */
export const encodeLeaves = <F extends Form>(tree: Tree<F>, of: Of<F, Tensor>): { readonly [path: string]: Json } =>
  Object.fromEntries(entries<F, Tensor>(tree, of).map(([path, x]) => [showPath(path), codec.encode(x)]));

/** Reads a record of the form and shapes of a declaration. Fails on a leaf that is missing or too many, and on a tensor
 * of another shape or format, naming its path. */
export const decodeLeaves =
  <F extends Form>({ tree, specs }: Declaration<F>, dtype: Dtype, where: string) =>
  (json: Readonly<Record<string, unknown>>): E.Either<Failure, Of<F, Tensor>> => {
    const paths = entries<F, Spec>(tree, specs).map(([path]) => showPath(path));
    const odd = Object.keys(json).find((path) => !paths.includes(path));
    if (odd !== undefined)
      return E.left(failure('codec', where, `the leaves ${paths.join(', ') || 'none'}`, quote(odd)));
    return traverse<F, Failure, Spec, Tensor>(
      tree,
      ({ shape }, path) => {
        const at = `${where}.${showPath(path)}`;
        return pipe(
          codec.decode(json[showPath(path)]),
          E.mapLeft(fromErrors(at)),
          E.filterOrElse(
            (x) => x.dtype === dtype && equals(x.shape, shape),
            (x) => failure('codec', at, `${dtype}${show(shape)}`, `${x.dtype}${show(x.shape)}`),
          ),
        );
      },
      specs,
    );
  };
