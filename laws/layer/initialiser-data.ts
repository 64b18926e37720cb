/** Initialisers as plain data: what is refused. */
import * as E from 'fp-ts/lib/Either.js';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { holds, lawOf, type Verdict } from '../law.ts';

export const badInitialisers = lawOf<readonly [unknown, string]>(
  'bad data is refused',
  'with a failure that names the field, and never an exception',
  [
    [{ kind: 'constant' }, 'w.value'],
    [{ kind: 'constant', value: 'a' }, 'w.value'],
    [{ kind: 'constant', value: 1, more: 2 }, 'w.more'],
    [{ kind: 'uniform', low: 1, high: 0 }, 'w'],
    [{ kind: 'normal', mean: 0, deviation: -1 }, 'w.deviation'],
    [{ kind: 'orthogonal', gain: 0 }, 'w.gain'],
    [{ kind: 'toString' }, 'w.kind'],
    [{}, 'w'],
    [null, 'w'],
  ],
  ([json, where]): Verdict => {
    const read = Initialiser.decode(Initialiser.registry, 'w')(json);
    return E.isRight(read)
      ? { expected: 'a failure', received: JSON.stringify(read.right.description) }
      : holds(read.left.where === where, where, read.left.where);
  },
);
