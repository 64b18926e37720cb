/** How a law is run: which samples are drawn, and how many. */

/** Which samples are drawn, and how many. */
export interface RunOptions {
  /** A whole number. Every law mixes its own name into it; 1 unless given. */
  readonly seed?: number;
  /** Multiplies every law's own number of samples; above 0, and 1 unless given. */
  readonly multiplier?: number;
  /** Of a set, the one law to try: its name, or its names with those of the sets around it, as `outer / inner / law`. */
  readonly only?: string;
  /** Where a failure was found, to try that sample alone: with the same seed, and of a set with `only`. */
  readonly path?: string;
}

/** Numbers that would let a law hold because nothing was tried are refused. */
export const checked = (options: RunOptions): Required<Pick<RunOptions, 'seed' | 'multiplier'>> & RunOptions => {
  const { seed = 1, multiplier = 1 } = options;
  if (!Number.isSafeInteger(seed)) throw new RangeError(`laws: a seed is a whole number, not ${seed}`);
  if (!(Number.isFinite(multiplier) && multiplier > 0))
    throw new RangeError(`laws: a multiplier is a finite number above 0, not ${multiplier}`);
  return { ...options, seed, multiplier };
};

/** The seed of a law's samples: its name's FNV-1a hash is in it, so that they do not depend on which laws stand before it. */
export const seedOf = (name: string, seed: number): number =>
  [...name].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5) ^ seed;

/** How many samples a law says that it draws. */
export const checkedRuns = (name: string, runs: number): number => {
  if (Number.isSafeInteger(runs) && runs >= 1) return runs;
  throw new RangeError(`law "${name}": its number of samples (runs) is a whole number of at least 1, not ${runs}`);
};

/** What is said where nothing is found at a path. */
export const nothingAt = (name: string, { seed, path }: RunOptions): string =>
  `law "${name}": there is no sample at path ${JSON.stringify(path)} for seed ${seed}: a path is of one law and one seed`;
