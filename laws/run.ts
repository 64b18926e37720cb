/** How this project runs its own laws: vitest, `LAWS_SEED` (default 1) and `LAWS_RUNS` (a multiplier, default 1). */
import { describe, it } from 'vitest';
import { type LawSet, register } from './law.ts';

const number = (name: string, fallback: number): number => {
  const text = process.env[name];
  const value = text === undefined || text === '' ? fallback : Number(text);
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number, got "${text}"`);
  return value;
};

export const options = { seed: number('LAWS_SEED', 1), multiplier: number('LAWS_RUNS', 1) };

/** How many samples a property has that is no law, and from which seed. */
export const runs = (count: number) => ({ numRuns: Math.ceil(count * options.multiplier), seed: options.seed });

/** Registers a set of laws with vitest. */
export const runLaws: (set: LawSet) => void = register({ describe, it }, options);
