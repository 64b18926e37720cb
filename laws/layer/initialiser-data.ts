/** Initialisers as plain data: their codec, and what they do in either format. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import { cast } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { holds, type Law, law, sameTensor, type Verdict } from '../law.ts';

const sides = fc.integer({ min: 1, max: 12 });
const initialisers = fc.constantFrom(
  Initialiser.uniform(-1, 3),
  Initialiser.normal(2, 0.5),
  Initialiser.glorotUniform,
  Initialiser.glorotNormal,
  Initialiser.heUniform,
  Initialiser.heNormal,
  Initialiser.lecunUniform,
  Initialiser.lecunNormal,
  Initialiser.zeros,
  Initialiser.constant(-0.3),
  Initialiser.truncatedNormal(0, 0.1),
  Initialiser.orthogonal(2),
);
const somewhere = fc.record({ initialiser: initialisers, dtype: dtypes, rows: sides, columns: sides, key: keys });

export const initialiserDataLaws: readonly Law[] = [
  law(
    'initialisers: codec',
    'read back from its JSON, an initialiser gives the same draws',
    somewhere,
    ({ initialiser, dtype, rows, columns, key }) => {
      const given = { shape: [rows, columns], fanIn: rows, fanOut: columns };
      const read = Initialiser.decode(
        Initialiser.registry,
        'here',
      )(JSON.parse(JSON.stringify(initialiser.description)));
      return E.isLeft(read)
        ? { expected: JSON.stringify(initialiser.description), received: showFailure(read.left) }
        : sameTensor(initialiser.draw(dtype, given)(key), read.right.draw(dtype, given)(key), 'draws');
    },
  ),
  law(
    'initialisers: f32 is f64 rounded once',
    'element by element',
    somewhere,
    ({ initialiser, rows, columns, key }) => {
      const given = { shape: [rows, columns], fanIn: rows, fanOut: columns };
      return sameTensor(cast('f32')(initialiser.draw('f64', given)(key)), initialiser.draw('f32', given)(key), 'draws');
    },
  ),
  law(
    'initialisers: bad data is refused',
    'with a failure that names the field, and never an exception',
    fc.constantFrom<readonly [unknown, string]>(
      [{ kind: 'constant' }, 'w.value'],
      [{ kind: 'constant', value: 'a' }, 'w.value'],
      [{ kind: 'constant', value: 1, more: 2 }, 'w.more'],
      [{ kind: 'uniform', low: 1, high: 0 }, 'w'],
      [{ kind: 'normal', mean: 0, deviation: -1 }, 'w.deviation'],
      [{ kind: 'orthogonal', gain: 0 }, 'w.gain'],
      [{ kind: 'toString' }, 'w.kind'],
      [{}, 'w'],
      [null, 'w'],
    ),
    ([json, where]): Verdict => {
      const read = Initialiser.decode(Initialiser.registry, 'w')(json);
      return E.isRight(read)
        ? { expected: 'a failure', received: JSON.stringify(read.right.description) }
        : holds(read.left.where === where, where, read.left.where);
    },
  ),
];
