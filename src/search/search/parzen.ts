/**
 * A Parzen estimator over the unit cube: a mixture of the prior and of a bump on each observation, all of one weight. A bump
 * is a product over the dimensions that are there in the observation (where one is not, the bump is as the prior). On a
 * number it is a normal cut off at the ends, as wide as the greater distance to a neighbour on that dimension, the prior's
 * middle being one of them, from 1 ÷ min(100, n + 1) to 1 (Bergstra, Bardenet, Bengio and Kégl 2011, section 4.2); on a
 * choice, the option observed, and every option 1 ÷ (n + 1) times as much.
 */
import { foldIn, type Key, normal, uniform } from '../../tensor/key.ts';
import type { Simple } from '../space/dimension.ts';
import { exp, normalCdf } from '../space/elementary.ts';
import { countOf } from '../space/unit.ts';

/** A number from 0 to 1 on each dimension, null where it is not there. */
export type Places = ReadonlyArray<number | null>;

/** A density relative to the prior's, and places drawn by it, on all dimensions. */
export interface Estimator {
  readonly density: (place: Places) => number;
  readonly draw: (count: number, key: Key) => ReadonlyArray<readonly number[]>;
}

/** A bump on one dimension: its density, and a place from a uniform and a normal number, if that one is inside. */
interface Bump {
  readonly density: (place: number) => number;
  readonly at: (u: number, z: number) => number | undefined;
}

const SQRT_TAU = Math.sqrt(2 * Math.PI);

const optionBump = (options: number, observed: number, others: number): Bump => {
  const indexOf = (place: number): number => Math.min(options - 1, Math.floor(place * options));
  const own = indexOf(observed);
  const total = 1 + options * others;
  return {
    density: (place) => ((indexOf(place) === own ? 1 + others : others) * options) / total,
    at: (u) => (u * total < 1 ? observed : Math.min(1, (u * total - 1) / (options * others))),
  };
};

const numberBump = (count: number, mean: number, width: number): Bump => {
  const mass = normalCdf((1 - mean) / width) - normalCdf(-mean / width);
  const at = (_: number, z: number): number | undefined => {
    const place = mean + width * z;
    return place >= 0 && place <= 1 ? place : undefined;
  };
  if (!Number.isFinite(count))
    return {
      at,
      density: (place) => {
        const z = (place - mean) / width;
        return exp(-0.5 * z * z) / (SQRT_TAU * width * mass);
      },
    };
  // Of whole numbers, the share that the normal has of their interval.
  const below = (cell: number): number => normalCdf((cell / count - mean) / width);
  return {
    at,
    density: (place) => {
      const cell = Math.min(count - 1, Math.floor(place * count));
      return ((below(cell + 1) - below(cell)) * count) / mass;
    },
  };
};

/** The bumps on one dimension, of each observation in which it is there. */
const bumpsOn = (dimension: Simple, observed: Places): ReadonlyArray<Bump | undefined> => {
  const there = observed.flatMap((place) => (place === null ? [] : [place]));
  const least = 1 / Math.min(100, there.length + 1);
  const known = [...there, 0.5].toSorted((a, b) => a - b);
  return observed.map((place) => {
    if (place === null) return undefined;
    if (dimension.kind === 'choice') return optionBump(dimension.options.length, place, 1 / (there.length + 1));
    const i = known.indexOf(place);
    const distances = [known[i - 1], known[i + 1]].flatMap((other) =>
      other === undefined ? [] : [Math.abs(place - other)],
    );
    return numberBump(countOf(dimension), place, Math.min(1, Math.max(least, ...distances)));
  });
};

/** How often what is drawn outside is drawn again: it is outside with probability below 0.66, so never 64 times. */
const TRIES = 64;

/** The estimator of these dimensions from the places observed. */
export const parzen = (dimensions: readonly Simple[], observed: readonly Places[]): Estimator => {
  const bumps = dimensions.map((dimension, axis) =>
    bumpsOn(
      dimension,
      observed.map((places) => places[axis] ?? null),
    ),
  );
  const product = (i: number, place: Places): number =>
    place.reduce<number>((sum, u, axis) => (u === null ? sum : sum * (bumps[axis]?.[i]?.density(u) ?? 1)), 1);
  return {
    density: (place) => observed.reduce((sum, _, i) => sum + product(i, place), 1) / (observed.length + 1),
    draw: (count, key) => {
      const width = dimensions.length + 1;
      const uniforms = uniform([count * width], 'f64')(key).data;
      const normals = Array.from(
        { length: TRIES },
        (_, round) => () => normal([count * width], 'f64')(foldIn(round)(key)).data,
      );
      // Most need no more than a few rounds.
      const rounds: Array<ArrayLike<number>> = [];
      const normalAt = (round: number, i: number): number => {
        while (rounds.length <= round) rounds.push(normals[rounds.length]?.() ?? []);
        return rounds[round]?.[i] ?? 0;
      };
      return Array.from({ length: count }, (_, candidate) => {
        const part = Math.floor((uniforms[candidate * width] ?? 0) * (observed.length + 1));
        return dimensions.map((_, axis) => {
          const i = candidate * width + axis + 1;
          const u = uniforms[i] ?? 0;
          const bump = bumps[axis]?.[part];
          if (bump === undefined) return u;
          for (let round = 0; round < TRIES; round++) {
            const place = bump.at(u, normalAt(round, i));
            if (place !== undefined) return place;
          }
          return observed[part]?.[axis] ?? u;
        });
      });
    },
  };
};
