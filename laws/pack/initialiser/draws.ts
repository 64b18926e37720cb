/** Laws of what an initialiser draws: from its key and from nothing else, in the shape and format that are asked for. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode, type InitialiserRegistry } from '../../../src/layer/initialiser/codec.ts';
import type { Fans, Initialiser } from '../../../src/layer/initialiser/initialiser.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { show as showFailure } from '../../../src/tensor/failure.ts';
import * as Key from '../../../src/tensor/key.ts';
import { show as showShape } from '../../../src/tensor/shape.ts';
import { cast, equals, type Tensor } from '../../../src/tensor/tensor.ts';
import { keys } from '../../arbitrary/keys.ts';

import { positionOf } from '../../law/position.ts';
import { all, code, holds, type Law, law, same, sameTensor, type Verdict } from '../../law.ts';
import { ownKind } from '../description.ts';

const sides = fc.integer({ min: 1, max: 12 });
const placesOf = (dtypes: readonly Dtype[]) =>
  fc.record({ rows: sides, columns: sides, dtype: fc.constantFrom(...dtypes), key: keys });

const fansOf = (rows: number, columns: number): Fans => ({ shape: [rows, columns], fanIn: rows, fanOut: columns });

/** Whether all elements are one number: such an initialiser draws nothing. */
const isFlat = ({ data }: Tensor): boolean => Array.from(data).every((x) => x === data[0]);

const formed = (dtype: Dtype, { shape }: Fans, x: Tensor): Verdict =>
  all(
    holds(
      dtype === x.dtype && showShape(shape) === showShape(x.shape),
      `${dtype} of shape ${showShape(shape)}`,
      `${x.dtype} of shape ${showShape(x.shape)}`,
      'draw',
    ),
    ...Array.from(x.data, (number, i) =>
      holds(Number.isFinite(number), 'a finite number', code(number), `draw${positionOf(x.shape, i)}`),
    ),
    same(
      x.shape.reduce((product, n) => product * n, 1),
      x.data.length,
      'how many numbers',
    ),
  );

/** The laws of draws. */
export const drawLaws = (
  of: Initialiser,
  registry: InitialiserRegistry,
  dtypes: readonly Dtype[],
  runs: number,
): readonly Law[] => {
  const places = placesOf(dtypes);
  return [
    law(
      'shapes',
      'a draw has the shape and the format that are asked for, and finite numbers; a bias has one axis, a slope none',
      fc.tuple(places, fc.integer({ min: 0, max: 3 })),
      ([{ rows, columns, dtype, key }, rank]) => {
        const given = { ...fansOf(rows, columns), shape: [rows, columns, 2].slice(0, rank) };
        return formed(dtype, given, of.draw(dtype, given)(key));
      },
      { runs, show: ([place, axes]) => code({ ...place, axes }), formula: 'shape (draw shape key) = shape' },
    ),
    law(
      'deterministic',
      'the same key gives the same bits',
      places,
      ({ rows, columns, dtype, key }) => {
        const draw = of.draw(dtype, fansOf(rows, columns));
        const first = draw(key);
        return all(
          sameTensor(first, draw(key), 'draw'),
          sameTensor(first, of.draw(dtype, fansOf(rows, columns))(key), 'draw'),
        );
      },
      { runs, formula: 'draw(key) = draw(key)' },
    ),
    law(
      'another key, another draw',
      'draws of two keys differ, unless nothing is drawn at all',
      fc.record({ columns: fc.integer({ min: 4, max: 12 }), rows: fc.integer({ min: 4, max: 12 }), key: keys }),
      ({ rows, columns, key }) => {
        const draw = of.draw('f64', fansOf(rows, columns));
        const [first, second] = [draw(key), draw(Key.foldIn(1)(key))];
        // Sixteen numbers or more: two of 32 bits each are all alike with probability 2⁻⁵¹².
        return isFlat(first) && equals(first, second)
          ? undefined
          : holds(!equals(first, second), 'another draw', 'the same numbers', `key ${JSON.stringify(key.words)}`);
      },
      { runs, formula: 'key ≠ key′ ⇒ draw(key) ≠ draw(key′)' },
    ),
    law(
      'elements are drawn apart',
      'of the elements of a draw no two are the same number, unless all are',
      // From three of each on: a turn of the plane is [[c, −s], [s, c]], whose elements must be the same.
      fc.record({ columns: fc.integer({ min: 3, max: 12 }), rows: fc.integer({ min: 3, max: 12 }), key: keys }),
      ({ rows, columns, key }) => {
        const drawn = of.draw('f64', fansOf(rows, columns))(key);
        if (isFlat(drawn)) return undefined;
        const values = Array.from(drawn.data);
        const twin = values.findIndex((x, i) => values.indexOf(x) !== i);
        return holds(
          twin < 0,
          'numbers that differ',
          `${values[twin]} twice`,
          `elements ${values.indexOf(values[twin] ?? NaN)} and ${twin}`,
        );
      },
      { runs, formula: 'i ≠ j ⇒ wᵢ ≠ wⱼ' },
    ),
    ...(dtypes.includes('f32') && dtypes.includes('f64')
      ? [
          law(
            'f32 is f64 rounded once',
            'element by element: a network in f32 begins as the rounding of the same network in f64',
            places,
            ({ rows, columns, key }) => {
              const given = fansOf(rows, columns);
              return sameTensor(cast('f32')(of.draw('f64', given)(key)), of.draw('f32', given)(key), 'draw');
            },
            { runs, formula: 'draw₃₂(key) = fround(draw₆₄(key))' },
          ),
        ]
      : []),
    law(
      'codec',
      'read back from its JSON, an initialiser gives the same draws',
      places,
      ({ rows, columns, dtype, key }) => {
        const text = JSON.stringify(of.description);
        const read = decode(registry, 'initialiser')(JSON.parse(text));
        const given = fansOf(rows, columns);
        const { kind } = of.description;
        return E.isLeft(read)
          ? {
              expected: text,
              received: `${showFailure(read.left)}${Object.hasOwn(registry, kind) ? '' : ownKind('Initialiser', kind)}`,
            }
          : all(
              same(text, JSON.stringify(read.right.description), 'description'),
              sameTensor(of.draw(dtype, given)(key), read.right.draw(dtype, given)(key), 'draw'),
            );
      },
      { runs, formula: 'decode ∘ encode = id' },
    ),
  ];
};
