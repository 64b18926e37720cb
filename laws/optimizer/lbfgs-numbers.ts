/** Laws of the numbers that L-BFGS keeps, and of the cubic that gives it the next step. */
import * as fc from 'fast-check';
import { type LbfgsConfig, lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import { begin, fromNumbers, type Search, toNumbers } from '../../src/optimizer/lbfgs/lineSearch.ts';
import type { Numbers, Optimizer } from '../../src/optimizer/optimizer.ts';
import { all, code, same as equal, holds, law, lawOf, lawSet } from '../law.ts';

/** What is asked for after the first point of a search, without pairs. */
const second = (
  config: Partial<LbfgsConfig>,
  from: { readonly value: number; readonly slope: number },
  at: (step: number) => { readonly value: number; readonly slope: number },
): { readonly first: number; readonly next: number } => {
  const optimizer: Optimizer = lbfgs(config);
  const reading = { gradientSquare: from.slope ** 2, sy: 1, ss: 1, yy: 1 };
  const read = (numbers: Numbers, x: { readonly value: number; readonly slope: number }) =>
    optimizer.decide(optimizer.decide(numbers).numbers, { phase: 'measure', readings: { ...reading, ...x } });
  const kept = read(optimizer.numbers, from);
  const turned = optimizer.decide(kept.numbers, { phase: 'keep', readings: {} });
  const proposed = optimizer.decide(turned.numbers, { phase: 'direction', readings: { slope: from.slope } });
  const first = proposed.run?.scalars.step ?? Number.NaN;
  return { first, next: read(proposed.numbers, at(first)).run?.scalars.step ?? Number.NaN };
};

const cubics = law(
  'cubics',
  'on a cubic the second point of a search is its minimum, wherever that is from 0.02 to 9 times as far as the first',
  fc.record({
    minimum: fc.oneof(fc.double({ min: 0.02, max: 0.95, noNaN: true }), fc.double({ min: 1.05, max: 9, noNaN: true })),
    maximum: fc.double({ min: -4, max: -0.25, noNaN: true }),
    value: fc.integer({ min: -2, max: 2 }),
  }),
  ({ minimum: m, maximum: r, value }) => {
    // φ′(α) = (α − m)(α − r), times 1/|m·r|: the slope at 0 is −1, and the first step 1.
    const c = 1 / Math.abs(m * r);
    const at = (x: number) => ({
      value: value + c * (x ** 3 / 3 - ((m + r) * x ** 2) / 2 + m * r * x),
      slope: c * (x - m) * (x - r),
    });
    const { first, next } = second({ curvature: 1e-3, sufficientDecrease: 1e-4 }, { value, slope: -1 }, at);
    return all(
      holds(first === 1, 'a first step of 1', `${first}`),
      // Losses are sums of numbers up to 2 + c(1/3 + 7 + 36) ≤ 2 + 44c, rounded 8 times, slopes numbers up to 50c: d₁, three
      // times a difference of losses, is off by 24u(2 + 44c) + 100uc at most; d₂ is the root of a difference that is
      // (c(m − r)/2)², so errors of d₁², where |d₁| ≤ 3c·14, reach it divided by c(m − r)/2 ≥ 0.13c, 320 times as large at
      // most. What is divided by is the numerator's like, c(m − r)/2 and more. With c ≥ 1/36, all in all 1e5 u times 100.
      Math.abs(next - m) <= 2 ** -53 * 1e7 * (1 + m)
        ? undefined
        : { expected: `${m}`, received: `${next}`, where: 'the second step', tolerance: '1e7 roundings of the cubic' },
    );
  },
  { runs: 60 },
);

const beginning = lawOf(
  'before the first step',
  'nothing is counted, nothing remembered (γ and every s·y are 1), all vectors but the base are 0, and a search has not begun',
  [1, 3],
  (memory) => {
    const { numbers, vectors } = lbfgs({ memory });
    const pairs = Array.from({ length: memory }, (_, i) => i);
    const ones = ['gamma', ...pairs.map((i) => `sy${i}`)];
    return all(
      holds(
        Object.entries(numbers).every(([name, x]) => x === (ones.includes(name) ? 1 : 0)),
        'zeros, and ones',
        JSON.stringify(numbers),
      ),
      holds(
        ['stage', 'evaluations', 'iterations', 'failures', 'value', 'pairs', ...ones].every((name) => name in numbers),
        'all counts',
        Object.keys(numbers).join(', '),
      ),
      holds(
        JSON.stringify(Object.entries(vectors)) ===
          JSON.stringify([
            ['base', 'parameters'],
            ['baseGradient', 0],
            ['direction', 0],
            ...pairs.flatMap((i) => [
              [`s${i}`, 0],
              [`y${i}`, 0],
            ]),
          ]),
        'the base from the parameters, the others 0',
        JSON.stringify(vectors),
      ),
    );
  },
);

const at = { step: 0.5, value: -2, slope: 3 };
const from: Search = begin(7, -5, 0.25);
const kept = lawOf<Search>(
  'a search as numbers',
  'comes back as it was, whatever is known of its other end',
  [
    from,
    { ...from, trials: 4, low: at, high: { tag: 'known', at: { step: 2, value: 9, slope: -1 } } },
    { ...from, trials: 4, low: at, high: { tag: 'beyond', step: 2 } },
  ],
  (search) => equal(code(search), code(fromNumbers(toNumbers(search)))),
);

export const lbfgsNumberLaws = lawSet('numbers', [cubics, beginning, kept]);
