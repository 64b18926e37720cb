/** What the orthogonal initialiser draws from. */
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import * as Key from '../../src/tensor/key.ts';
import { keys } from '../arbitrary/keys.ts';
import { holds, law } from '../law.ts';

export const turnLaw = law(
  'orthogonal: turns and reflections alike',
  'of 64 keys some give a turn of the plane and some a reflection: all the same has probability 2⁻⁶³',
  keys,
  (key) => {
    const determinants = Array.from({ length: 64 }, (_, i) => {
      const { data } = Initialiser.orthogonal().draw('f64', { shape: [2, 2], fanIn: 2, fanOut: 2 })(Key.foldIn(i)(key));
      return (data[0] ?? NaN) * (data[3] ?? NaN) - (data[1] ?? NaN) * (data[2] ?? NaN);
    });
    return holds(determinants.some((d) => d > 0) && determinants.some((d) => d < 0), 'both signs', `${determinants}`);
  },
  { runs: 5 },
);
