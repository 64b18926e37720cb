/** Wrong codecs of a small record of numbers. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { LawSet } from '../law.ts';
import { codec } from '../pack/codec.ts';
import type { Broken } from './broken.ts';

/** A record with a list of numbers and a record in it. */
interface Model {
  readonly name: string;
  readonly weights: readonly number[];
  readonly range: { readonly low: number; readonly high: number };
}

/** Numbers that JSON does not have are common in what diverged. */
const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY));

const models: fc.Arbitrary<Model> = fc.record({
  name: fc.string(),
  weights: fc.array(numbers, { maxLength: 4 }),
  range: fc.record({ low: numbers, high: numbers }),
});

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** What a codec is made of: how a number is written and read, and how a record is looked at. */
interface Parts {
  readonly written: (x: number) => unknown;
  readonly read: (json: unknown) => number | undefined;
  /** Whether a record has these fields, and what else it may have. */
  readonly fits: (record: Readonly<Record<string, unknown>>, fields: readonly string[], depth: number) => boolean;
}

const NAMES: Readonly<Record<string, number>> = {
  '-0': -0,
  NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Numbers that JSON has as they are, the others by name. */
const right: Parts = {
  written: (x) => (Object.is(x, -0) ? '-0' : Number.isFinite(x) ? x : `${x}`),
  read: (json) =>
    typeof json === 'number' ? json : typeof json === 'string' && Object.hasOwn(NAMES, json) ? NAMES[json] : undefined,
  fits: (record, fields) => Object.keys(record).toSorted().join() === fields.toSorted().join(),
};

const made = (own: Partial<Parts>): LawSet => {
  const { written, read, fits } = { ...right, ...own };
  return codec<Model>(
    {
      encode: ({ name, weights, range }) => ({
        name,
        weights: weights.map(written),
        range: { low: written(range.low), high: written(range.high) },
      }),
      decode: (json) => {
        if (!isRecord(json) || !fits(json, ['name', 'weights', 'range'], 0)) return E.left('no model');
        const { name, weights, range } = json;
        if (typeof name !== 'string' || !Array.isArray(weights)) return E.left('no model');
        if (!isRecord(range) || !fits(range, ['low', 'high'], 1)) return E.left('no range');
        const numbers = weights.map(read);
        const [low, high] = [read(range.low), read(range.high)];
        const known = numbers.filter((x) => x !== undefined);
        return low === undefined || high === undefined || known.length !== numbers.length
          ? E.left('no number')
          : E.right({ name, weights: known, range: { low, high } });
      },
    },
    models,
  );
};

export const broken: readonly Broken[] = [
  {
    name: 'a lost sign of zero',
    fault: 'NaN and ∞ are written by name, but −0 as a number, which JSON writes as 0',
    law: 'a value comes back to the bit',
    laws: made({ written: (x) => (Number.isFinite(x) ? x + 0 : `${x}`) }),
  },
  {
    name: 'numbers as JSON has them',
    fault: 'NaN and ∞ become null, and null is read as NaN',
    law: 'a value comes back to the bit',
    laws: made({ written: (x) => x, read: (json) => (json === null ? NaN : right.read(json)) }),
  },
  {
    name: 'numbers in single precision',
    fault: 'weights go through a file of f32',
    law: 'a value comes back to the bit',
    laws: made({ written: (x) => right.written(Math.fround(x)) }),
  },
  {
    name: 'numbers that are no JSON',
    fault: 'what is handed to the writer holds NaN, ∞ and −0, which the text does not',
    law: 'what is written is plain JSON',
    laws: made({ written: (x) => x }),
  },
  {
    name: 'unknown fields passed over',
    fault: 'a record may have more fields than it should',
    law: 'unknown fields are refused',
    laws: made({ fits: (record, fields) => fields.every((field) => Object.hasOwn(record, field)) }),
  },
  {
    name: 'unknown fields passed over inside',
    fault: 'the outer record is strict, the one in it is not',
    law: 'unknown fields are refused',
    laws: made({
      fits: (record, fields, depth) =>
        depth === 0 ? right.fits(record, fields, 0) : fields.every((field) => Object.hasOwn(record, field)),
    }),
  },
  {
    name: 'a decoder that throws',
    fault: 'a number that cannot be read ends the program',
    law: 'decoding answers',
    laws: made({
      read: (json) => {
        const x = right.read(json);
        if (x === undefined) throw new TypeError('no number');
        return x;
      },
    }),
  },
];

/** The codec as it should be. */
export const correct: readonly LawSet[] = [made({})];
