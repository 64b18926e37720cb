/** The constructions of universal approximation, written out once more: their parameters, bounds and refusals. That the
 * bounds hold is the matter of `laws/approximation`. */
import * as fc from 'fast-check';
import { init, predict } from '../../../src/layer/network.ts';
import { fromSeed } from '../../../src/tensor/key.ts';
import { generate, toArray } from '../../../src/tensor/tensor.ts';
import { type Approximation, piecewiseLinear, staircase } from '../../../src/train/approximation/index.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { difference } from '../scenario.ts';

/** Values of a function at equal distances, in 64ths: what is computed of them and of widths 2ᵏ is exact. */
const heights = (count: number): fc.Arbitrary<readonly number[]> =>
  fc.array(
    fc.integer({ min: -64, max: 64 }).map((n) => n / 64),
    { minLength: count, maxLength: count },
  );

/** The function through a table of values at (i + from)/parts. */
const through =
  (values: readonly number[], parts: number, from = 0) =>
  (x: number): number =>
    values[Math.round(x * parts - from)] ?? Number.NaN;

/** The numbers of a network: those of its first layer, of its second, and its format. */
const parametersOf = ({ network: { params, dtype, state } }: Approximation) => {
  const [first, none, last] = params;
  return {
    shapes: [first.weight, first.bias, last.weight, last.bias].map(({ shape }) => shape),
    formats: [first.weight, first.bias, last.weight, last.bias].map((x) => x.dtype),
    slopes: toArray(first.weight),
    offsets: toArray(first.bias),
    heights: toArray(last.weight),
    base: toArray(last.bias),
    none,
    dtype,
    state,
  };
};

const around = (width: number) => ({
  shapes: [[1, width], [width], [width, 1], [1]],
  formats: ['f64', 'f64', 'f64', 'f64'],
  none: {},
  dtype: 'f64',
  state: [{}, {}, {}],
});

const zero = { kind: 'zeros' };

/** What a network of this width says of itself. */
const described = (activation: string, width: number) => ({
  kind: 'sequential',
  layers: [
    { kind: 'dense', inputs: 1, outputs: width, weight: zero, bias: zero },
    { kind: activation },
    { kind: 'dense', inputs: width, outputs: 1, weight: { kind: 'constant', value: 0 }, bias: zero },
  ],
});

const LIPSCHITZ = 2 ** 11;

const bends: Law = law(
  'one unit bends the line at each knot',
  'unit i is max(0, x − i/m), its height how much steeper the chord after the knot is than the one before; the network is the ' +
    'function at the knots and halfway between them the mean of both; the bound is L/(2m)',
  fc.nat(4).chain((k) => fc.tuple(fc.constant(2 ** k), heights(2 ** k + 1))),
  ([width, values]) => {
    const made = piecewiseLinear({ f: through(values, width), lipschitz: LIPSCHITZ, width });
    const at = (i: number): number => values[i] ?? Number.NaN;
    const answers = toArray(predict(made.network)(generate('f64', [2 * width + 1, 1], (i) => i / (2 * width))));
    return all(
      difference(
        {
          ...around(width),
          slopes: Array.from({ length: width }, () => 1),
          offsets: Array.from({ length: width }, (_, i) => -(i / width)),
          // Second differences, times m; the first chord is bent up from the level.
          heights: Array.from({ length: width }, (_, i) =>
            i === 0 ? width * (at(1) - at(0)) : width * (at(i + 1) - 2 * at(i) + at(i - 1)),
          ),
          base: [at(0)],
        },
        parametersOf(made),
        'network',
      ),
      difference(described('relu', width), made.network.layer.description, 'description'),
      same(LIPSCHITZ / width / 2, made.bound, 'bound'),
      ...answers.map((y, i) => same((at(Math.floor(i / 2)) + at(Math.ceil(i / 2))) / 2, y, `at ${i}/${2 * width}`)),
    );
  },
  { runs: 30 },
);

const steps: Law = law(
  'one unit climbs each step',
  'unit i leads from the stair before i/n to that after it, by as much as the function rises between their middles; the bound is ' +
    'L·(1/(2n) + 2·ln 2/k), with k = 64·n unless it is given',
  fc
    .integer({ min: 1, max: 4 })
    .chain((k) => fc.tuple(fc.constant(2 ** k), heights(2 ** k), fc.constantFrom(undefined, 1, 32, 4096))),
  ([stairs, values, given]) => {
    const width = stairs - 1;
    const steepness = given ?? 64 * stairs;
    const made = staircase({
      f: through(values, stairs, 0.5),
      lipschitz: LIPSCHITZ,
      width,
      ...(given === undefined ? {} : { steepness: given }),
    });
    const at = (i: number): number => values[i] ?? Number.NaN;
    const units = Array.from({ length: width }, (_, i) => i + 1);
    const bound = LIPSCHITZ / 2 / stairs + (LIPSCHITZ * 2 * Math.log(2)) / steepness;
    return all(
      difference(
        {
          ...around(width),
          slopes: units.map(() => steepness),
          offsets: units.map((i) => -steepness * (i / stairs)),
          heights: units.map((i) => at(i) - at(i - 1)),
          base: [at(0)],
        },
        parametersOf(made),
        'network',
      ),
      difference(described('sigmoid', width), made.network.layer.description, 'description'),
      Math.abs(made.bound - bound) <= 8 * 2 ** -53 * bound
        ? undefined
        : { expected: `${bound}`, received: `${made.bound}`, where: 'bound', tolerance: 'eight roundings' },
    );
  },
  { runs: 30 },
);

const LEVEL: ReadonlyArray<readonly [name: string, value: number, make: (f: () => number) => Approximation]> = [
  ['line', 0.5, (f) => piecewiseLinear({ f, lipschitz: 0, width: 3 })],
  ['stairs', 0.5, (f) => staircase({ f, lipschitz: 0, width: 3 })],
  ['line at 0', 0, (f) => piecewiseLinear({ f, lipschitz: 0, width: 3 })],
  ['stairs at 0', 0, (f) => staircase({ f, lipschitz: 0, width: 3 })],
];

const level: Law = lawOf(
  'what does not vary',
  'has L = 0 and a bound of 0; anew, the layer of a construction is 0 everywhere',
  LEVEL,
  ([, value, make]) => {
    const made = make(() => value);
    const x = generate('f64', [5, 1], (i) => i / 4);
    const anew = init(made.network.layer, fromSeed(1), 'f64');
    return all(
      same(0, made.bound, 'bound'),
      same([value, value, value, value, value].join(), toArray(predict(made.network)(x)).join(), 'network'),
      same('0,0,0,0,0', toArray(predict(anew)(x)).join(), 'anew'),
    );
  },
  { show: ([name]) => name },
);

/** A function of two values, at the knots 0 and 1. */
const between = (first: number, last: number, lipschitz: number) =>
  piecewiseLinear({ f: (x) => (x === 0 ? first : last), lipschitz, width: 1 });

const u = 2 ** -53;

/** How far values may be over: what their own roundings come to, and not 64 times as much. Which of the three sizes is large
 * must not matter: the value before, that after, or the constant. */
const steep: ReadonlyArray<readonly [first: number, last: (over: number) => number, lipschitz: number, size: number]> =
  [
    // Both are 2¹⁰, apart by 2⁻²⁰.
    [1024, (over) => 1024 + 2 ** -20 + over, 2 ** -20, 1024],
    [-1024, (over) => -1024 - 2 ** -20 - over, 2 ** -20, 1024],
    // From −½ to ½ of a constant of 2¹⁰, either way.
    [-512, (over) => 512 + over, 1024, 1024],
    [512, (over) => -512 - over, 1024, 1024],
    // From and to 0.
    [0, (over) => 1024 + over, 1024, 1024],
    [0, (over) => -1024 - over, 1024, 1024],
    [1024, (over) => -over, 1024, 1024],
    // All small.
    [0, (over) => 2 ** -30 + over, 2 ** -30, 2 ** -30],
  ];

const rounded: Law = lawOf(
  'as steep as it may be',
  'values that are over by a few roundings of theirs are taken, and by 64 refused',
  steep,
  ([first, last, lipschitz, size]) => {
    const taken = (over: number): boolean => {
      try {
        between(first, last(over), lipschitz);
        return true;
      } catch {
        return false;
      }
    };
    return all(
      same(true, taken(0), 'as steep as allowed'),
      // Eight of each size: the three add up to twice the largest.
      same(true, taken(12 * u * size), 'over by a few roundings'),
      same(false, taken(64 * u * size), 'over by 64'),
    );
  },
);

const rising = (x: number): number => x * x;

const refused: Law = saying(
  'what cannot be approximated',
  'is thrown back: constants, widths, steepness and functions',
  [
    ...(
      [
        ['piecewiseLinear', piecewiseLinear],
        ['staircase', staircase],
      ] as const
    ).flatMap(([name, make]) => [
      ...[-1, -0.5, Number.NaN, Number.POSITIVE_INFINITY].map(
        (lipschitz) =>
          [
            () => make({ f: rising, lipschitz, width: 1 }),
            `${name}: ${lipschitz} is not a Lipschitz constant, a finite number of at least 0`,
          ] as const,
      ),
      ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53].map(
        (width) =>
          [
            () => make({ f: rising, lipschitz: 1, width }),
            `${name}: ${width} is not a width, a whole number of at least 1`,
          ] as const,
      ),
    ]),
    ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(
      (steepness) =>
        [
          () => staircase({ f: rising, lipschitz: 2, width: 1, steepness }),
          `staircase: ${steepness} is not a steepness, a finite number above 0`,
        ] as const,
    ),
    // At the knots 0, ½, 1; at the middles ¼ and ¾ of two stairs.
    [() => piecewiseLinear({ f: (x) => 1 / x, lipschitz: 1, width: 2 }), 'piecewiseLinear: f(0) is Infinity'],
    [() => piecewiseLinear({ f: (x) => (x < 1 ? 0 : NaN), lipschitz: 1, width: 2 }), 'piecewiseLinear: f(1) is NaN'],
    [() => staircase({ f: (x) => (x < 0.5 ? 0 : -1 / 0), lipschitz: 1, width: 1 }), 'staircase: f(0.75) is -Infinity'],
    [
      () => piecewiseLinear({ f: rising, lipschitz: 1, width: 2 }),
      'piecewiseLinear: f rises by 0.75 up to 1, more than 0.5 (L = 1)',
    ],
    [
      () => piecewiseLinear({ f: (x) => 3 - 2 * x, lipschitz: 1, width: 2 }),
      'piecewiseLinear: f rises by -1 up to 0.5, more than 0.5 (L = 1)',
    ],
    [
      () => staircase({ f: rising, lipschitz: 0.5, width: 1 }),
      'staircase: f rises by 0.5 up to 0.75, more than 0.25 (L = 0.5)',
    ],
    // As steep as they say.
    [() => piecewiseLinear({ f: rising, lipschitz: 1.5, width: 2 }).bound, 'a result'],
    [() => staircase({ f: rising, lipschitz: 1, width: 1, steepness: 0.5 }).bound, 'a result'],
  ],
);

export const constructionLaws = lawSet('constructions', [bends, steps, level, rounded, refused]);
