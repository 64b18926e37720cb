/** Failures: a sentence with all three parts, and quotes of bounded length. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import * as Failure from '../../src/tensor/failure.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same } from '../law.ts';

const tags: readonly Failure.FailureTag[] = ['file', 'parse', 'shape', 'value', 'config', 'codec', 'diverged'];

const shown: Law = law(
  'show',
  'says where, what was expected and what came, in that order',
  fc.tuple(fc.constantFrom(...tags), fc.string(), fc.string(), fc.string()),
  ([tag, where, expected, received]) => {
    const failure = Failure.failure(tag, where, expected, received);
    return all(
      same(`${where}: expected ${expected}, received ${received}`, Failure.show(failure)),
      same(tag, failure.tag),
      same(true, Object.isFrozen(failure)),
    );
  },
);

const quoted: Law = law(
  'quote',
  'is at most 60 characters of any value, never fails, and is all of a short number or text',
  fc.oneof(fc.anything(), fc.string({ maxLength: 200 }), fc.double()),
  (value) => {
    const text = Failure.quote(value);
    return all(
      holds(text.length <= 60, 'at most 60 characters', `${text.length}`),
      typeof value === 'number' ? same(String(value), text) : undefined,
      typeof value === 'string' && value.length < 20 && JSON.stringify(value).length <= 60
        ? same(value, JSON.parse(text))
        : undefined,
    );
  },
  { runs: 300 },
);

const codec = t.type({ layers: t.array(t.type({ width: t.number })) });

const located: Law = law(
  'fromErrors',
  'names the path to the value that a codec refused, and quotes it',
  fc.tuple(fc.nat(5), fc.nat(5), fc.string({ maxLength: 10 })),
  ([before, after, wrong]) => {
    const good = (n: number) => Array.from({ length: n }, (_, width) => ({ width }));
    const decoded = codec.decode({ layers: [...good(before), { width: wrong }, ...good(after)] });
    if (E.isRight(decoded)) return { expected: 'a failure', received: 'a value' };
    const failure = Failure.fromErrors('network')(decoded.left);
    return all(
      same(`network.layers.${before}.width`, failure.where),
      same(Failure.quote(wrong), failure.received),
      same('codec', failure.tag),
    );
  },
);

export const failureLaws: LawSet = lawSet('failures', [shown, quoted, located]);
