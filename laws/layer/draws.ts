/** Which numbers initialisers make of which draws. */
import * as fc from 'fast-check';
import { withinTwo } from '../../src/layer/initialiser/distribution.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import * as Key from '../../src/tensor/key.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { all, holds, type Law, law, lawOf, same, type Verdict } from '../law.ts';
import { range, U } from './rows.ts';

const rejection: Law = lawOf(
  'truncatedNormal: rejection',
  'what is beyond ±2 is drawn again, alone and as often as need be; ±2 itself is kept',
  [0],
  () => {
    const attempts = [[3, 2, -1, -2.5, -2], [5, 0.5], [1.5]];
    const asked: string[] = [];
    const kept = withinTwo(5, (count, attempt) => {
      asked.push(`${count} in attempt ${attempt}`);
      return attempts[attempt] ?? [];
    });
    return all(
      same('5 in attempt 0; 2 in attempt 1; 1 in attempt 2', asked.join('; ')),
      same('1.5, 2, -1, 0.5, -2', kept.join(', ')),
    );
  },
);

const truncated: Law = law(
  'truncatedNormal: mean + deviation·z',
  'z being the normal draws under the key folded with 0, wherever they are within ±2',
  keys,
  (key) => {
    const received = Initialiser.truncatedNormal(3, 0.5).draw('f64', { shape: [2, 20], fanIn: 2, fanOut: 20 })(key);
    return all(
      ...Array.from(
        normals([40], Key.foldIn(0)(key)).data,
        (z, i): Verdict => (Math.abs(z) > 2 ? undefined : same(3 + 0.5 * z, received.data[i], `element ${i}`)),
      ),
    );
  },
  { runs: 5 },
);

const first: Law = law(
  'orthogonal: begins with the first draws',
  'its first column, or its first row where it is wide, is gain·v/|v|, v being the first normal draws under the key',
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), keys),
  ([rows, columns, key]) => {
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const v = Array.from(normals([count, length], key).data).slice(0, length);
    const size = Math.hypot(...v);
    const { data } = Initialiser.orthogonal(2).draw('f64', { shape: [rows, columns], fanIn: 1, fanOut: 1 })(key);
    // Of a sum of at most 5 squares the root is off by 4u, twice over for hypot's own; a quotient and a product more.
    const tolerance = 16 * U;
    return all(
      ...range(length).map((i): Verdict => {
        const expected = (2 * (v[i] ?? NaN)) / size;
        const received = data[rows < columns ? i : i * columns] ?? NaN;
        return holds(
          Math.abs(received - expected) <= tolerance * Math.abs(expected),
          `${expected} ± ${tolerance} of it`,
          `${received}`,
          `number ${i}`,
        );
      }),
    );
  },
  { runs: 40 },
);

export const drawLaws: readonly Law[] = [rejection, truncated, first];
