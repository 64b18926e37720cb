/** The powers that bias corrections divide by, prepared once for each base, beside the ones computed anew. */
import * as fc from 'fast-check';
import { power, powers } from '../../src/optimizer/elementary.ts';
import { all, type Law, law, same } from '../law.ts';

/** Bases from far from 1 to next to it, as decays are. */
const bases = fc.oneof(
  fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1 - 2 ** -20),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
);

/** Exponents around the one from which on a power changes no bit of 1 (βᵗ < 2⁻⁵⁴), and any others. */
const steps = (base: number): fc.Arbitrary<number> => {
  const gone = Math.min(2 ** 40, Math.ceil(-54 / Math.log2(base)));
  return fc.oneof(
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: Math.max(1, gone - Math.ceil(gone / 5)), max: Math.max(1, gone + Math.ceil(gone / 5)) }),
    fc.integer({ min: 1, max: 2 ** 31 }),
  );
};

export const powerLaw: Law = law(
  'prepared powers',
  'a power of a prepared base, and what it leaves of 1, have the bits of those computed anew',
  bases.chain((base) => fc.tuple(fc.constant(base), steps(base))),
  ([base, step]) => {
    const prepared = powers();
    return all(
      same(power(base, step), prepared.power(base, step), 'power'),
      same(1 - power(base, step), prepared.oneMinusPower(base, step), '1 − power'),
    );
  },
  { runs: 400, formula: '1 − βᵗ = 1 for βᵗ < 2⁻⁵⁴' },
);
