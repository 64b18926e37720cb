/** Transforms from JSON. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import { kindOf, named, type Registry } from '../kind.ts';
import { transforms } from './registry.ts';
import type { Transform } from './transform.ts';

/**
 * The transform that a description says, without an optimizer inside; the kinds are ours unless told. Fails on another
 * kind, on unknown fields and on values out of their range, naming the field.
 *
 * @example
 * ```ts
 * import { Transform } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * E.isRight(Transform.decode()({ kind: 'clipByGlobalNorm', limit: 1 })) // => true
 * E.isLeft(Transform.decode()({ kind: 'clipByGlobalNorm', limit: -1 })) // => true
 * ```
 */
export const decode =
  (kinds: Registry['transforms'] = transforms) =>
  (json: unknown): E.Either<Failure, Transform> =>
    pipe(
      json,
      named('a transform', 'transform'),
      E.chain(({ kind, fields }) =>
        pipe(
          kind,
          kindOf(kinds, 'transform'),
          E.chain((of) => of({ optimizers: {}, transforms: kinds, schedules: {} })(fields, 'transform')),
        ),
      ),
    );
