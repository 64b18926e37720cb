/** The laws of points that are drawn for tests: all that a failing one shrinks to is a point, and the last is simple. */
import * as fc from 'fast-check';
import type { Dimensions, Simple } from '../../../src/search/space/dimension.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { type PackOptions, runsOf } from '../options.ts';
import { ancestors, expectedThere, type Fields, inside, isRecord, simpleOf, simplest, text } from './point.ts';

/** What is asked of a space whose points shrink. */
export interface Shrinking {
  readonly dimensions: Dimensions;
  readonly within: (u: unknown) => boolean;
  readonly points: fc.Arbitrary<unknown>;
}

/** So many points are tried at most. To halve an interval down to its last bit takes 53 of them for each step that fails. */
const MOST = 20_000;
/** A chain of points, each the first that the one before shrinks to, is not as long as that. */
const LONGEST = 1000;

/** So many points are drawn, to see that they differ. */
const DRAWN = 1000;
/** A dimension that is there in so few of them may well have one value there. */
const SEEN = 100;

/** Whether a dimension has more values than one. */
const varies = (dimension: Simple): boolean => {
  switch (dimension.kind) {
    case 'fixed':
      return false;
    case 'choice':
      return new Set(dimension.options.map(text)).size > 1;
    default:
      return dimension.high > dimension.low;
  }
};

/** The points that are tried after one failed, which is the first of them, and the last that failed. */
interface Shrunk {
  readonly tried: readonly unknown[];
  readonly last: unknown;
}

/** What becomes of the point of a seed where the points fail of which it is said so; the first one is taken to. */
const shrunk = (
  points: fc.Arbitrary<unknown>,
  seed: number,
  fails: (point: unknown, first: unknown) => boolean,
  most: number,
): Shrunk => {
  const tried: unknown[] = [];
  let last: unknown;
  fc.check(
    fc.property(fc.limitShrink(points, most), (point) => {
      const failed = tried.length === 0 || fails(point, tried[0]);
      tried.push(point);
      if (failed) last = point;
      return !failed;
    }),
    { seed, numRuns: 1 },
  );
  return { tried, last };
};

/** A coin for each text, another for each seed (FNV-1a). */
const coin = (of: string, seed: number): boolean =>
  ([...of].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0, seed ^ 0x811c9dc5) >>> 7) % 2 ===
  0;

/** The laws of points that shrink. */
export const shrinkingLaws = ({ dimensions, within, points }: Shrinking, options: PackOptions = {}): readonly Law[] => {
  const names = Object.keys(dimensions);
  const stated = (name: string, statement: string, formula: string, of: (seed: number) => Verdict) =>
    law(name, statement, fc.nat(2 ** 31 - 1), of, { runs: runsOf(options, 30), formula });
  const isPoint = (point: unknown): Verdict =>
    all(
      holds(isRecord(point) && within(point), 'a point of the space', code(point), 'what is shrunk to'),
      ...names.map((name) => {
        const dimension = dimensions[name];
        if (!isRecord(point) || dimension === undefined) return undefined;
        return expectedThere(dimensions, name, point)
          ? holds(
              Object.hasOwn(point, name) && inside(simpleOf(dimension), point[name]),
              `a value of ${text(dimension)}`,
              code(point),
              name,
            )
          : holds(!Object.hasOwn(point, name), 'not there', code(point), name);
      }),
    );
  /** Every dimension of a list that is there has its simplest value. */
  const isSimple = (point: Fields, of: readonly string[]): Verdict =>
    all(
      ...of.map((name) => {
        const dimension = dimensions[name];
        if (dimension === undefined || !expectedThere(dimensions, name, point)) return undefined;
        const wanted = simplest(simpleOf(dimension));
        return holds(text(wanted) === text(point[name]), code(wanted), code(point[name]), name);
      }),
    );
  const record = (u: unknown, then: (point: Fields) => Verdict): Verdict =>
    isRecord(u) ? then(u) : { expected: 'a record', received: code(u) };
  return [
    law(
      'points differ',
      `of ${DRAWN} points, a dimension that has more values than one has two at least, where it is in ${SEEN} of them`,
      fc.nat(2 ** 31 - 1),
      (seed) => {
        const drawn = fc.sample(points, { seed, numRuns: DRAWN }).filter(isRecord);
        return all(
          ...Object.entries(dimensions).map(([name, dimension]) => {
            const values = drawn.filter((point) => Object.hasOwn(point, name)).map((point) => point[name]);
            if (values.length < SEEN || !varies(simpleOf(dimension))) return undefined;
            return holds(new Set(values.map(text)).size > 1, 'two values', `${code(values[0])} alone`, name);
          }),
        );
      },
      { runs: runsOf(options, 1), formula: '|S| > 1 ⇒ ∃ x ≠ y' },
    ),
    stated(
      'points shrink within the space',
      'what is drawn and all that it shrinks to, whichever of it fails, lies in the space, and holds what its conditions say',
      'x ∈ S, x → y ⇒ y ∈ S',
      (seed) => all(...shrunk(points, seed, (point) => coin(text(point), seed), MOST).tried.map(isPoint)),
    ),
    stated(
      'shrinking ends',
      `where every point fails, no chain has ${LONGEST} of them`,
      'x₀ → x₁ → … → xₙ, n < ∞',
      (seed) => {
        const { tried, last } = shrunk(points, seed, () => true, LONGEST);
        return holds(tried.length < LONGEST, `fewer than ${LONGEST} points`, `still ${code(last)}`, 'the chain');
      },
    ),
    stated(
      'shrinks to the simplest point',
      'where every point fails, the last has lower bounds and first options',
      'x → … → min S',
      (seed) => record(shrunk(points, seed, () => true, LONGEST).last, (point) => isSimple(point, names)),
    ),
    stated(
      'what is not to blame becomes simple',
      'where one value alone makes points fail, the last has it, and lower bounds and first options in all on which it does not hang',
      'fails(x) ⇔ xₐ = v ⇒ x → … → v and min S elsewhere',
      (seed) => {
        const to = (from: Fields): string => {
          const there = Object.keys(from).toSorted();
          return there[seed % Math.max(1, there.length)] ?? '';
        };
        const blamed = (point: unknown, first: unknown): boolean =>
          isRecord(point) && isRecord(first) && text(point[to(first)]) === text(first[to(first)]);
        const { tried, last } = shrunk(points, seed, blamed, MOST);
        return record(tried[0], (first) =>
          record(last, (point) => {
            const kept = [to(first), ...ancestors(dimensions, to(first))];
            return all(
              holds(tried.length < MOST, `fewer than ${MOST} points`, `still ${code(last)}`, 'the chain'),
              isSimple(
                point,
                names.filter((name) => !kept.includes(name)),
              ),
            );
          }),
        );
      },
    ),
  ];
};
