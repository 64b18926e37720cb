/**
 * Parzen estimators on one dimension, laid out as [0, 1]: a mixture of the prior and of a bump on each observation, all of
 * one weight (Bergstra, Bardenet, Bengio and Kégl 2011, section 4.2). A bump is a normal cut off at the ends; its width is
 * the greater distance to a neighbour, the prior's middle being one of them, from 1 ÷ min(100, n + 1) to 1.
 */
import { foldIn, type Key, normal, uniform } from '../../tensor/key.ts';
import type { Simple } from '../space/dimension.ts';
import { exp, normalCdf } from '../space/elementary.ts';
import { countOf } from '../space/unit.ts';

/** A density relative to the prior's, and places drawn by it. */
export interface Estimator {
  readonly density: (place: number) => number;
  readonly draw: (count: number, key: Key) => readonly number[];
}

interface Bump {
  readonly mean: number;
  readonly width: number;
  /** How much of the normal is in [0, 1]. */
  readonly mass: number;
}

const SQRT_TAU = Math.sqrt(2 * Math.PI);

const bumpsOf = (places: readonly number[]): readonly Bump[] => {
  const known = [...places, 0.5].toSorted((a, b) => a - b);
  const least = 1 / Math.min(100, places.length + 1);
  const prior = known.indexOf(0.5);
  return known.flatMap((mean, i) => {
    if (i === prior) return [];
    const distances = [known[i - 1], known[i + 1]].flatMap((other) =>
      other === undefined ? [] : [Math.abs(mean - other)],
    );
    const width = Math.min(1, Math.max(least, ...distances));
    return [{ mean, width, mass: normalCdf((1 - mean) / width) - normalCdf(-mean / width) }];
  });
};

/** How often a draw outside [0, 1] is drawn again: it is outside with probability below 0.66, so never 64 times. */
const TRIES = 64;

const drawNumbers = (bumps: readonly Bump[], count: number, key: Key): readonly number[] => {
  const parts = uniform([2 * count], 'f64')(key).data;
  const places = Array.from({ length: count }, (_, i) => {
    const bump = bumps[Math.floor((parts[i] ?? 0) * (bumps.length + 1))];
    return { bump, place: bump === undefined ? (parts[count + i] ?? 0) : Number.NaN };
  });
  for (let round = 0; round < TRIES && places.some(({ place }) => Number.isNaN(place)); round++) {
    const draws = normal([count], 'f64')(foldIn(round)(key)).data;
    for (const [i, { bump, place }] of places.entries()) {
      if (bump === undefined || !Number.isNaN(place)) continue;
      const tried = bump.mean + bump.width * (draws[i] ?? 0);
      if (tried >= 0 && tried <= 1) places[i] = { bump, place: tried };
    }
  }
  return places.map(({ bump, place }) => (Number.isNaN(place) ? (bump?.mean ?? 0) : place));
};

/** Of a number: bumps; of a whole one, the share that they have of its interval. */
const ofNumbers = (dimension: Simple, places: readonly number[]): Estimator => {
  const bumps = bumpsOf(places);
  const count = countOf(dimension);
  const bump = Number.isFinite(count)
    ? (place: number, { mean, width, mass }: Bump): number => {
        const cell = Math.min(count - 1, Math.floor(place * count));
        const share = normalCdf(((cell + 1) / count - mean) / width) - normalCdf((cell / count - mean) / width);
        return (share * count) / mass;
      }
    : (place: number, { mean, width, mass }: Bump): number => {
        const z = (place - mean) / width;
        return exp(-0.5 * z * z) / (SQRT_TAU * width * mass);
      };
  return {
    density: (place) => bumps.reduce((sum, one) => sum + bump(place, one), 1) / (bumps.length + 1),
    draw: (n, key) => drawNumbers(bumps, n, key),
  };
};

/** Of a choice: each option as often as it was observed, and once more. */
const ofOptions = (options: number, places: readonly number[]): Estimator => {
  const counts = new Array<number>(options).fill(1);
  const indexOf = (place: number): number => Math.min(options - 1, Math.floor(place * options));
  for (const place of places) counts[indexOf(place)] = (counts[indexOf(place)] ?? 0) + 1;
  const total = options + places.length;
  return {
    density: (place) => ((counts[indexOf(place)] ?? 0) * options) / total,
    draw: (n, key) =>
      Array.from(uniform([n], 'f64')(key).data, (u) => {
        let [option, below] = [0, counts[0] ?? 0];
        while (option < options - 1 && u * total >= below) {
          option += 1;
          below += counts[option] ?? 0;
        }
        return (option + 0.5) / options;
      }),
  };
};

/** The estimator of a dimension from the places that were observed on it. */
export const parzen = (dimension: Simple, places: readonly number[]): Estimator =>
  dimension.kind === 'choice' ? ofOptions(dimension.options.length, places) : ofNumbers(dimension, places);
