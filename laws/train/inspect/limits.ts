/** From where on something is named, and in which words. */
import * as fc from 'fast-check';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { get } from '../scenario.ts';

/** Layers as they might have been found, of every sort. */
const layer = (path: number): fc.Arbitrary<Inspect.LayerStatistics> =>
  fc
    .record({
      learns: fc.boolean(),
      acts: fc.boolean(),
      oneSided: fc.boolean(),
      size: fc.integer({ min: -12, max: 12 }),
      saturation: fc.nat(8),
      dead: fc.nat(8),
      units: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ learns, acts, oneSided, size, saturation, dead, units }) => ({
      path: [String(path)],
      kind: acts ? 'acts' : 'learns',
      units,
      mean: 0,
      deviation: 1,
      gradientNorm: 2 ** size,
      gradientDeviation: 2 ** size,
      ...(acts ? { saturation: saturation / 8, dead: dead / 8, oneSided } : {}),
      ...(learns && !acts ? { parameterGradientNorm: 1 } : {}),
    }));

const inspections: fc.Arbitrary<Inspect.Inspection> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => layer(i))))
  .chain((layers) =>
    fc.record({
      rows: fc.constantFrom(4, 20, 50),
      loss: fc.constant(1),
      layers: fc.constant(layers),
      columns: fc.array(fc.tuple(fc.nat(1), fc.nat(40)), { minLength: 1, maxLength: 4 }).map((columns) =>
        columns.map(([range, share], column) => ({
          column,
          least: 3,
          greatest: 3 + range,
          determination: share / 40,
        })),
      ),
    }),
  );

/** What should be named, said once more in a few lines. */
const expected = ({ rows, layers, columns }: Inspect.Inspection): readonly string[] => {
  const learning = layers.filter((one) => one.parameterGradientNorm !== undefined);
  const strength = learning.map(({ gradientNorm = 0, units }) => gradientNorm / Math.sqrt(rows * units));
  const ratio = (strength[0] ?? 0) / (strength[strength.length - 1] ?? 1);
  const last = learning[learning.length - 1];
  const hidden = last === undefined ? [] : layers.slice(0, layers.indexOf(last));
  return [
    ...(rows >= 32 && columns.length > 1 && columns.some((one) => one.determination >= 0.95) ? ['leakingTarget'] : []),
    ...(rows >= 8 && columns.some((one) => one.least === one.greatest) ? ['deadInput'] : []),
    ...(learning.length > 0 && ratio >= 100 ? ['exploding'] : []),
    ...(learning.length > 0 && ratio <= 0.01 ? ['vanishing'] : []),
    ...(hidden.some((one) => (one.saturation ?? 0) >= 0.5 && one.oneSided === false) ? ['saturated'] : []),
    ...(rows >= 8 && layers.some((one) => (one.dead ?? 0) >= 0.4) ? ['dying'] : []),
  ];
};

const BY_FAULT = {
  leakingTarget: 'leaking',
  exploding: 'exploding',
  vanishing: 'vanishing',
  saturated: 'saturated',
  dying: 'dying',
} as const;

const limits: Law = law(
  'limits',
  'what is named of any inspection is what is beyond its limit, causes first, each with its worst number, evidence beyond ' +
    'the limit, words and advice; a limit that is just met names it still, one just beyond does not',
  inspections,
  (inspection) => {
    const { findings } = get(Inspect.diagnose(inspection));
    return all(
      same(expected(inspection).join(), findings.map(({ fault }) => fault).join()),
      ...findings.map(({ fault, amount, limit, evidence, words, advice }) => {
        const whole = all(
          holds(evidence.length > 0 && words.endsWith('.') && advice.endsWith('.'), 'evidence in words', words, fault),
          holds(/\d|off/.test(words), 'a number in words', words, fault),
        );
        if (fault === 'deadInput') return all(whole, same(evidence.length, amount, fault));
        const own = BY_FAULT[fault];
        const beyond = fault === 'vanishing' ? amount * (1 - 2 ** -50) : amount * (1 + 2 ** -50);
        const at = (value: number) =>
          get(Inspect.diagnose(inspection, { [own]: value })).findings.find((one) => one.fault === fault);
        return all(
          whole,
          same(Inspect.LIMITS[own].value, limit, `${fault}, limit`),
          same(amount, at(amount)?.amount, `${fault}, just met`),
          same(undefined, at(beyond)?.amount, `${fault}, just beyond`),
          ...(fault === 'leakingTarget' || fault === 'saturated' || fault === 'dying'
            ? [
                same(amount, Math.max(...evidence.map((one) => one.amount)), `${fault}, the worst`),
                holds(
                  evidence.every((one) => one.amount >= limit),
                  `all at least ${limit}`,
                  JSON.stringify(evidence),
                  fault,
                ),
              ]
            : []),
        );
      }),
    );
  },
  { runs: 400 },
);

const words: Law = lawOf('in words', 'one, two and more of a fault are told apart', [1, 2, 3], (count) => {
  const dead = Array.from({ length: count }, (_, i) => ({
    path: i === 0 ? [] : [`${i}`],
    kind: 'relu',
    units: 4,
    mean: 0,
    deviation: 1,
    saturation: 1,
    dead: 1 - i / 8,
    oneSided: true,
  }));
  const columns = Array.from({ length: count + 1 }, (_, column) => ({
    column,
    least: 0,
    greatest: column < count ? 0 : 1,
    determination: column < count ? 0.99 : 0,
  }));
  const { findings } = get(Inspect.diagnose({ rows: 40, loss: 1, layers: dead, columns }));
  const said = findings.map(({ words: text }) => text).join(' ');
  const more = ['', ', and so does 1 more', ', and so do 2 more'][count - 1];
  const others = ['', ', and 1 more has too many', ', and 2 more have too many'][count - 1];
  return same(
    `column 0 alone predicts 99 % of the variance of the targets or of their ranks${more}. ${count} of ${count + 1} columns ${
      count === 1 ? 'has' : 'have'
    } one value in all 40 rows, the first of them 0. 100 % of the units of the network (relu) are off for every row${others}.`,
    said,
  );
});

const nothing = { rows: 1, loss: 0, layers: [], columns: [] };

const refused: Law = saying('limits that are none', 'they are refused by name', [
  [
    () => Inspect.diagnose(nothing, { dying: -1 }),
    'Inspect.diagnose, dying: expected a limit of at least 0, received -1',
  ],
  [
    () => Inspect.diagnose(nothing, { rows: Number.NaN }),
    'Inspect.diagnose, rows: expected a limit of at least 0, received NaN',
  ],
  [
    () => Inspect.diagnose(nothing, Object.assign({ dying: 0.5 }, { slope: 0.1 })),
    'Inspect.diagnose, slope: expected one of vanishing, exploding, saturated, dying, leaking, rows, leakingRows, received an unknown field',
  ],
]);

const documented: Law = lawOf(
  'every limit says why',
  'each has a number, what it means and where it comes from',
  Object.entries(Inspect.LIMITS),
  ([name, { value, meaning, source }]) =>
    holds(value > 0 && meaning.length > 20 && source.length > 20, 'a value, a meaning and a source', name),
);

export const limitLaws = lawSet('limits', [limits, words, refused, documented]);
