/** Universal approximation by construction: the bound that is proven holds, and is not a loose one. */
import * as fc from 'fast-check';
import { predict } from '../../src/layer/network.ts';
import { generate } from '../../src/tensor/tensor.ts';
import { type Approximation, piecewiseLinear, staircase } from '../../src/train/approximation/index.ts';
import { all, holds, type Law, law, lawSet, type Verdict } from '../law.ts';

/** Cones of one steepness: f(x) = min over i of heightᵢ + L·|x − apexᵢ|. Every Lipschitz function is the lower envelope of
 * such cones (McShane), so finitely many of them can come near any. */
interface Cones {
  readonly lipschitz: number;
  readonly cones: ReadonlyArray<{ readonly apex: number; readonly height: number }>;
}

const unit = fc.integer({ min: 0, max: 2 ** 20 }).map((i) => i / 2 ** 20);

const cones: fc.Arbitrary<Cones> = fc.record({
  lipschitz: unit.map((x) => 16 * x),
  cones: fc.array(fc.record({ apex: unit, height: unit }), { minLength: 1, maxLength: 12 }),
});

const functionOf =
  ({ lipschitz, cones }: Cones) =>
  (x: number): number =>
    Math.min(...cones.map(({ apex, height }) => height + lipschitz * Math.abs(x - apex)));

/** The largest value of |f| on [0, 1], generously: what roundings are in proportion to. */
const sizeOf = (lipschitz: number): number => 1 + lipschitz;

const POINTS = 1500;

/** The greatest error of a network at evenly spaced points and at some more. */
const supError = (f: (x: number) => number, { network }: Approximation, more: readonly number[] = []): number => {
  const points = [...Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS), ...more];
  const y = predict(network)(generate('f64', [points.length, 1], (i) => points[i] ?? 0)).data;
  return points.reduce((worst, x, i) => Math.max(worst, Math.abs(f(x) - (y[i] ?? Number.NaN))), 0);
};

const within = (error: number, bound: number, rounding: number): Verdict =>
  error <= bound + rounding
    ? undefined
    : { expected: `at most ${bound}`, received: `${error}`, where: 'sup error', tolerance: `${rounding} for rounding` };

const width = fc.integer({ min: 1, max: 64 });
const HALF_ULP = 2 ** -53;

/**
 * Rounding of the ReLU network of width m, with V ≥ |f| + L and u = 2⁻⁵³. The values of f are within 3uV of a function
 * that has the constant exactly; knots are off by u. A slope sᵢ, which is m times a difference of two values, is off by
 * 6muV + 4uL, which moves g by as much, and its height by 2uL more. A unit's argument is off by u, its product and the
 * sum of up to 2L so far by 2uL each: 6uL a unit, together with its height 8uL. In all less than (6 + 8)muV + 8uV, and
 * half as much again for the second order and the sum with f(0).
 */
const reluRounding = (m: number, lipschitz: number): number => 20 * (m + 1) * HALF_ULP * sizeOf(lipschitz);

/**
 * Rounding of the sigmoid network: an argument k·(x − i/n) is off by 3uk, which moves its σ by 3uk/4, and all m units of
 * height L/n together by less than uLk; σ itself, within 2 ulps of at most 1, by 4u; heights and sums by 2uV a unit each.
 */
const sigmoidRounding = (m: number, steepness: number, lipschitz: number): number =>
  (steepness + 20 * (m + 1)) * HALF_ULP * sizeOf(lipschitz);

const relu: Law = law(
  'a ReLU network interpolates',
  'for every function of Lipschitz constant L and width m, the piecewise linear network is within L/(2m)',
  fc.tuple(cones, width),
  ([of, m]) => {
    const f = functionOf(of);
    const made = piecewiseLinear({ f, lipschitz: of.lipschitz, width: m });
    const apexes = of.cones.map(({ apex }) => apex);
    return all(
      within(supError(f, made, apexes), of.lipschitz / (2 * m), reluRounding(m, of.lipschitz)),
      holds(made.bound === of.lipschitz / (2 * m), `the bound ${of.lipschitz / (2 * m)}`, `${made.bound}`),
    );
  },
  { runs: 60 },
);

const sigmoid: Law = law(
  'a sigmoid network climbs steps',
  'for every function of Lipschitz constant L, width m and steepness k, the staircase is within L·(1/(2(m+1)) + 2 ln 2/k)',
  fc.tuple(cones, width, fc.integer({ min: 1, max: 256 })),
  ([of, m, perStair]) => {
    const f = functionOf(of);
    const steepness = perStair * (m + 1);
    const made = staircase({ f, lipschitz: of.lipschitz, width: m, steepness });
    const bound = of.lipschitz * (1 / (2 * (m + 1)) + (2 * Math.log(2)) / steepness);
    return all(
      within(
        supError(
          f,
          made,
          of.cones.map(({ apex }) => apex),
        ),
        bound,
        sigmoidRounding(m, steepness, of.lipschitz),
      ),
      holds(Math.abs(made.bound - bound) <= 4 * HALF_ULP * bound, `the bound ${bound}`, `${made.bound}`),
    );
  },
  { runs: 60 },
);

/** Teeth of slope ±L that are 0 at the even multiples of a half period and L times it at the odd ones. */
const sawtooth =
  (lipschitz: number, halfPeriod: number, shift = 0) =>
  (x: number): number => {
    const phase = Math.abs((x - shift) / halfPeriod) % 2;
    return lipschitz * halfPeriod * (phase <= 1 ? phase : 2 - phase);
  };

const steepness = unit.map((x) => 0.5 + 8 * x);

const reluSharp: Law = law(
  'no smaller network does it (ReLU)',
  'teeth between the knots attain the bound, so it is the best one; and on teeth at the knots of width m the network for ' +
    'm/2, which steps over them, breaks the bound that the network for m keeps',
  fc.tuple(fc.integer({ min: 1, max: 32 }), steepness),
  ([half, lipschitz]) => {
    const m = 2 * half;
    const between = sawtooth(lipschitz, 1 / (2 * m));
    const at = sawtooth(lipschitz, 1 / m);
    const knots = Array.from({ length: 2 * m + 1 }, (_, i) => i / (2 * m));
    const full = piecewiseLinear({ f: between, lipschitz, width: m });
    const small = piecewiseLinear({ f: at, lipschitz, width: half });
    const rounding = reluRounding(2 * m, lipschitz);
    const attained = supError(between, full, knots);
    const broken = supError(at, small, knots);
    return all(
      holds(attained >= full.bound - rounding, `an error of ${full.bound}`, `${attained}`),
      holds(broken >= 2 * full.bound - rounding, `an error of ${2 * full.bound}`, `${broken}`),
      within(supError(at, piecewiseLinear({ f: at, lipschitz, width: m }), knots), full.bound, rounding),
    );
  },
  { runs: 25 },
);

const sigmoidSharp: Law = law(
  'no smaller network does it (sigmoid)',
  'on teeth that are 0 in the middle of its stairs, the network with half as many stairs is L/n away and breaks the bound ' +
    'that the network with n stairs keeps',
  fc.tuple(fc.integer({ min: 1, max: 32 }), steepness),
  ([half, lipschitz]) => {
    const stairs = 2 * half;
    // The smaller network's stairs are 2/n wide, with middles at the odd multiples of 1/n.
    const teeth = sawtooth(lipschitz, 1 / stairs, 1 / stairs);
    const edges = Array.from({ length: stairs + 1 }, (_, i) => i / stairs);
    const full = staircase({ f: teeth, lipschitz, width: stairs - 1 });
    const rounding = sigmoidRounding(stairs, 64 * stairs, lipschitz);
    // One stair has no edge to climb: the network for it is the constant in its middle.
    const small = half === 1 ? undefined : staircase({ f: teeth, lipschitz, width: half - 1 });
    const broken = small === undefined ? Math.abs(teeth(1) - teeth(0.5)) : supError(teeth, small, edges);
    return all(
      holds(broken >= lipschitz / stairs - rounding, `an error of ${lipschitz / stairs}`, `${broken}`),
      holds(broken > full.bound, `more than ${full.bound}`, `${broken}`),
      within(supError(teeth, full, edges), full.bound, rounding),
    );
  },
  { runs: 25 },
);

const constant: Law = law(
  'no constant does it',
  'on the line of slope L the best constant is L/2 away and breaks both bounds from width 2 on',
  fc.tuple(fc.integer({ min: 2, max: 64 }), steepness),
  ([m, lipschitz]) => {
    const f = (x: number): number => lipschitz * x;
    const [best, relus, sigmoids] = [
      Math.max(f(1) - f(0.5), f(0.5) - f(0)),
      piecewiseLinear({ f, lipschitz, width: m }),
      staircase({ f, lipschitz, width: m }),
    ];
    return all(
      holds(best > relus.bound, `more than ${relus.bound}`, `${best}`),
      holds(best > sigmoids.bound, `more than ${sigmoids.bound}`, `${best}`),
      within(supError(f, relus), relus.bound, reluRounding(m, lipschitz)),
      within(supError(f, sigmoids), sigmoids.bound, sigmoidRounding(m, 64 * (m + 1), lipschitz)),
    );
  },
  { runs: 20 },
);

const refusals: Law = law(
  'what is too steep is refused',
  'a function that is steeper between two knots than was said is refused, as its bound would not hold',
  fc.tuple(width, steepness),
  ([m, lipschitz]) => {
    const f = (x: number): number => lipschitz * 1.001 * x;
    const message = (build: () => unknown): string => {
      try {
        build();
        return 'nothing';
      } catch (error) {
        return error instanceof Error ? error.message : 'something else';
      }
    };
    const said = [
      message(() => piecewiseLinear({ f, lipschitz, width: m })),
      message(() => staircase({ f, lipschitz, width: m })),
      message(() => piecewiseLinear({ f: () => Number.NaN, lipschitz, width: m })),
      message(() => staircase({ f, lipschitz, width: 0 })),
      message(() => staircase({ f: () => 0, lipschitz, width: m, steepness: 0 })),
      message(() => piecewiseLinear({ f, lipschitz: -1, width: m })),
    ];
    const wanted = ['rises by', 'rises by', 'NaN', 'not a width', 'not a steepness', 'not a Lipschitz constant'];
    return holds(
      wanted.every((part, i) => (said[i] ?? '').includes(part)),
      wanted.join('; '),
      said.join('; '),
    );
  },
  { runs: 10 },
);

export const constructiveLaws = lawSet('by construction', [relu, sigmoid, reluSharp, sigmoidSharp, constant, refusals]);
