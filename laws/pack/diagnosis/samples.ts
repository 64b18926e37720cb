/** What may have been seen of a network that is well, and what becomes of it when one number passes its limit. */
import * as fc from 'fast-check';
import type { Diagnosed, DiagnosedColumn, DiagnosedFault, DiagnosedLayer, Diagnosis } from './subject.ts';

type Limits = Diagnosis['limits'];

/** What was seen, a fault, and a number that says where it is to be put. */
export interface Seen {
  readonly seen: Diagnosed;
  readonly at: number;
  /** How far past the limit, from 1 to 8. */
  readonly far: number;
}

/** What was seen when one number had passed its limit: the number, and the layer or column where it is. */
export interface Passed {
  readonly seen: Diagnosed;
  readonly amount: number;
  readonly at: number;
  /** The number there: of a gradient not the amount, which is a quotient. */
  readonly evidence: number;
}

/** A share of a limit, below it. */
const below = (limit: number, eighths: number): number => (limit * eighths) / 8;
/** A share past a limit, at most 1. */
const beyond = (limit: number, eighths: number): number => limit + ((1 - limit) * eighths) / 8;

const activation = (limits: Limits): fc.Arbitrary<DiagnosedLayer> =>
  fc
    .record({
      units: fc.integer({ min: 1, max: 9 }),
      gradient: fc.integer({ min: -4, max: 4 }),
      flat: fc.nat(7),
      off: fc.nat(7),
    })
    .map(({ units, gradient, flat, off }) => ({
      kind: 'activation',
      units,
      deviation: 1,
      gradient: 2 ** gradient,
      saturation: below(limits.saturated ?? 1, flat),
      dead: below(limits.dying ?? 1, off),
      oneSided: false,
    }));

/** A dense layer whose gradient is between the limits' shares of 1: at most half of its logarithm on the way to either. */
const dense = ({ vanishing = 1 / 16, exploding = 16 }: Limits): fc.Arbitrary<DiagnosedLayer> =>
  fc
    .record({ units: fc.integer({ min: 1, max: 9 }), part: fc.integer({ min: -4, max: 4 }) })
    .map(({ units, part }) => ({
      kind: 'dense',
      units,
      deviation: 1,
      gradient: part < 0 ? vanishing ** (-part / 8) : exploding ** (part / 8),
    }));

const last = (units: number): DiagnosedLayer => ({ kind: 'dense', units, deviation: 1, gradient: 1 });

const column = ({ leakingTarget = 1 }: Limits): fc.Arbitrary<DiagnosedColumn> =>
  fc
    .record({ least: fc.integer({ min: -9, max: 9 }), width: fc.integer({ min: 1, max: 9 }), known: fc.nat(7) })
    .map(({ least, width, known }) => ({ least, greatest: least + width, determination: below(leakingTarget, known) }));

/** What was seen of networks of one to three hidden layers, all of whose numbers are within the limits. */
export const well = (limits: Limits): fc.Arbitrary<Seen> =>
  fc.record({
    seen: fc
      .record({
        hidden: fc.array(fc.tuple(dense(limits), activation(limits)), { minLength: 1, maxLength: 3 }),
        outputs: fc.integer({ min: 1, max: 9 }),
        columns: fc.array(column(limits), { minLength: 2, maxLength: 4 }),
      })
      .map(({ hidden, outputs, columns }) => ({ rows: 64, layers: [...hidden.flat(), last(outputs)], columns })),
    at: fc.nat(11),
    far: fc.integer({ min: 1, max: 8 }),
  });

/** One layer changed. */
export const withLayer = (seen: Diagnosed, at: number, change: Partial<DiagnosedLayer>): Diagnosed => ({
  ...seen,
  layers: seen.layers.map((layer, i) => (i === at ? { ...layer, ...change } : layer)),
});

const withColumn = (seen: Diagnosed, at: number, change: Partial<DiagnosedColumn>): Diagnosed => ({
  ...seen,
  columns: seen.columns.map((one, i) => (i === at ? { ...one, ...change } : one)),
});

/** The place of an activation, the one or the other. */
export const activationAt = ({ layers }: Diagnosed, at: number): number => 1 + 2 * (at % ((layers.length - 1) / 2));

/** What was seen, with one number past the limit of a fault. */
export const past = (fault: DiagnosedFault, limit: number, { seen, at, far }: Seen): Passed => {
  const gradient = seen.layers[seen.layers.length - 1]?.gradient ?? NaN;
  const [layer, place] = [activationAt(seen, at), at % seen.columns.length];
  switch (fault) {
    case 'vanishing': {
      const amount = limit * 2 ** -far;
      return { seen: withLayer(seen, 0, { gradient: gradient * amount }), amount, at: 0, evidence: gradient * amount };
    }
    case 'exploding': {
      const amount = limit * 2 ** far;
      return { seen: withLayer(seen, 0, { gradient: gradient * amount }), amount, at: 0, evidence: gradient * amount };
    }
    case 'saturated': {
      const amount = beyond(limit, far);
      return { seen: withLayer(seen, layer, { saturation: amount }), amount, at: layer, evidence: amount };
    }
    case 'dying': {
      const amount = beyond(limit, far);
      return { seen: withLayer(seen, layer, { dead: amount }), amount, at: layer, evidence: amount };
    }
    case 'leakingTarget': {
      const amount = beyond(limit, far);
      return { seen: withColumn(seen, place, { determination: amount }), amount, at: place, evidence: amount };
    }
    case 'deadInput': {
      const least = seen.columns[place]?.least ?? NaN;
      return { seen: withColumn(seen, place, { greatest: least }), amount: 1, at: place, evidence: least };
    }
  }
};
