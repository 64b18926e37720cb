/** Optimizers from JSON, transforms around them included. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { kindOf, named, type Registry } from './kind.ts';
import type { Optimizer } from './optimizer.ts';
import { registry as ours } from './registry.ts';

const read =
  (registry: Registry) =>
  (json: unknown, where: string): E.Either<Failure, Optimizer> =>
    pipe(
      json,
      named('an optimizer', where),
      E.chain(({ kind, fields: { optimizer, ...fields } }) => {
        const { optimizers, transforms } = registry;
        if (Object.hasOwn(transforms, kind))
          return pipe(
            kind,
            kindOf(transforms, where),
            E.chain((of) => of(registry)(fields, where)),
            E.chain((transform) => pipe(read(registry)(optimizer, `${where}.optimizer`), E.map(transform))),
          );
        if (Object.hasOwn(optimizers, kind))
          return pipe(
            kind,
            kindOf(optimizers, where),
            E.chain((of) => of(registry)(optimizer === undefined ? fields : { ...fields, optimizer }, where)),
          );
        const kinds = [...Object.keys(optimizers), ...Object.keys(transforms)].join(', ');
        return E.left(failure('config', `${where}.kind`, `one of ${kinds}`, quote(kind)));
      }),
    );

/**
 * The optimizer that a description says; the kinds are ours unless told. Fields that may be left out take their usual
 * values. Fails on another kind, on unknown fields and on values out of their range, naming the field.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const decoded = Optimizer.decode()({ kind: 'clipByValue', limit: 1, optimizer: { kind: 'adam', learningRate: 0.01 } });
 * E.isRight(decoded) // => true
 * E.isLeft(Optimizer.decode()({ kind: 'adam', beta3: 0.5 })) // => true
 * ```
 */
export const decode =
  (registry: Registry = ours) =>
  (json: unknown): E.Either<Failure, Optimizer> =>
    read(registry)(json, 'optimizer');
