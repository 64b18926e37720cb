/** Laws of what L-BFGS decides: which phases run with which numbers, and how its line search goes. */
import { type LbfgsConfig, lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import type { Numbers } from '../../src/optimizer/optimizer.ts';
import { all, holds, law, lawOf, lawSet, type Verdict } from '../law.ts';
import { book, type Readings } from './lbfgs-book.ts';
import { type Course, courses, type Drawn, PLAIN, slopeOf, valueOf } from './lbfgs-courses.ts';

const same = (expected: Numbers, received: Numbers): Verdict => {
  for (const name in expected)
    if (!Object.is(expected[name], received[name]))
      return { expected: `${expected[name]}`, received: `${received[name]}`, where: name };
  return undefined;
};

const NOTHING: Readings = { value: 0, slope: 0, gradientSquare: 0, sy: 0, ss: 0, yy: 0 };

/** Whether what is decided at some points is what the book says. */
const follows = ([config, drawn]: Course): Verdict => {
  const optimizer = lbfgs(config);
  const tale = book(config);
  let wish = tale.next().value;
  let decision = optimizer.decide(optimizer.numbers);
  let current: Drawn | undefined;
  let measured = 0;
  for (;;) {
    const where = `after ${measured} points`;
    const phase = decision.run?.phase ?? 'none';
    if (wish.tag === 'done') {
      const numbers = JSON.parse(JSON.stringify(decision.numbers));
      const verdict = all(
        holds(phase === 'none', `no phase ${where}`, phase),
        same(wish.numbers, decision.numbers),
        holds(
          optimizer.tries?.(decision.numbers) === (wish.numbers.stage === 1),
          'trials while it searches, and at no other time',
          `stage ${wish.numbers.stage}`,
        ),
        holds(Object.values(decision.numbers).every(Number.isFinite), 'finite numbers', JSON.stringify(numbers)),
      );
      if (verdict !== undefined || measured === drawn.length) return verdict;
      wish = tale.next(NOTHING).value;
      decision = optimizer.decide(numbers);
      // At rest nothing is measured.
      if (wish.tag === 'done') measured += 1;
    } else if (wish.tag === 'measure') {
      current = drawn[measured];
      // What is drawn has been used up, or the first loss of all is not on a line.
      if (phase !== 'measure' || current === undefined) return holds(phase === 'measure', `measure ${where}`, phase);
      measured += 1;
      const { gradientSquare, sy, ss, yy } = current;
      const readings: Readings = {
        value: valueOf(current, wish.about, config),
        slope: slopeOf(current, wish.about, config),
        gradientSquare,
        sy,
        ss,
        yy,
      };
      wish = tale.next(readings).value;
      decision = optimizer.decide(decision.numbers, { phase, readings: { ...readings } });
    } else {
      const verdict = all(
        holds(phase === wish.phase, `${wish.phase} ${where}`, phase),
        same(wish.scalars, decision.run?.scalars ?? {}),
        same(decision.run?.scalars ?? {}, wish.scalars),
      );
      if (verdict !== undefined) return verdict;
      const slope = current?.ahead ?? Number.NaN;
      wish = tale.next({ ...NOTHING, slope }).value;
      decision = optimizer.decide(decision.numbers, {
        phase,
        readings: phase === 'direction' ? { slope } : {},
      });
    }
  }
};

const control = law(
  'as the book tells it',
  'whatever losses and slopes are read, NaN and ∞ among them, the same phases run with the same numbers as in algorithms 3.5, 3.6 and 7.5 of Nocedal and Wright; what is remembered between two steps is finite, and as good when it comes back from a file',
  courses,
  follows,
  { runs: 800 },
);

const point = (value: Drawn['value'], slope: Drawn['slope']): Drawn => ({ ...PLAIN, value, slope });
const none = { raw: Number.NaN };

const endless = lawOf(
  'searches end',
  'where the loss falls without end, or nothing that is tried is any good, a search gives up when it runs out of numbers or of trials, as the book does',
  [
    // Steps overflow.
    [point(0, 0), ...Array.from({ length: 700 }, () => point('lower', 1.1))],
    // Between the best point and the other end, there is no number left.
    [point(0, 0), point('lower', -1.1), ...Array.from({ length: 150 }, () => point('steep', 1))],
    [point(0, 0), point('lower', 1.1), ...Array.from({ length: 150 }, () => point(none, 1))],
    [point(0, 0), point('lower', 1.1), point('steep', 1.1), ...Array.from({ length: 150 }, () => point('lower', -1.1))],
    [point(0, 0), ...Array.from({ length: 1200 }, () => point('start', 1))],
    [point(0, 0), ...Array.from({ length: 1200 }, () => point(none, 0))],
  ],
  (drawn) => {
    const config = { memory: 2, sufficientDecrease: 1e-4, curvature: 0.5, tolerance: 0 };
    return all(
      follows([{ ...config, maximumTrials: 1000 }, drawn]),
      follows([{ ...config, maximumTrials: 3 }, drawn.slice(0, 9)]),
    );
  },
);

const ordinary: LbfgsConfig = { memory: 2, sufficientDecrease: 1e-4, curvature: 0.5, maximumTrials: 25, tolerance: 0 };

/** Slope and loss, as drawn, of the cubic whose slope is (α − m)(α − r) at a step: it is −1 at 0 where m·r is. */
const onCubic = (m: number, r: number, x: number): Drawn =>
  point({ raw: x ** 3 / 3 - ((m + r) * x ** 2) / 2 + m * r * x }, { raw: (x - m) * (x - r) });

const edges = lawOf(
  'where a search turns',
  'at the edges of what is allowed it does as the book does',
  [
    // Minima just ahead, and far ahead, of the first point and of the second.
    [{ ...ordinary, curvature: 1e-3 }, [point(0, 0), onCubic(1.005, -1 / 1.005, 1), point('low', 1)]],
    [{ ...ordinary, curvature: 1e-3 }, [point(0, 0), onCubic(1e3, -1e-3, 1), point('low', 1)]],
    ...[
      [-0.65, -0.01],
      [-1.1, -0.8],
      [-1.2951, -1.29],
    ].map(
      // The second point is at 4, for the cubic through the first has no minimum.
      ([mean = NaN, slope = NaN]): Course => [
        { ...ordinary, curvature: 1e-3 },
        [
          point(0, 0),
          point({ raw: -1.14 }, { raw: -1.3 }),
          point({ raw: -1.14 + 3 * mean }, { raw: slope }),
          point('low', 1),
        ],
      ],
    ),
    // A minimum that rounding puts at the point itself.
    [
      { ...ordinary, sufficientDecrease: 1e-20, curvature: 1e-18 },
      [point(0, 0), point({ raw: -0.5 }, { raw: -1e-17 }), point('low', 1)],
    ],
    // Slopes so small that they vanish times the length of the interval.
    ...[1.5e-322, -1.5e-322].map(
      (slope): Course => [
        ordinary,
        [
          { ...point(0, 0), ahead: -1e-322 },
          point('lower', { raw: 2e-322 }),
          point('steep', 1),
          point('steep', 1),
          point('steep', 1),
          point('steep', 1),
          point('lower', { raw: slope }),
          point('lower', { raw: 2e-322 }),
        ],
      ],
    ),
    // Pairs whose s·y is just the part of |s||y| that is not remembered, and just above it.
    ...[1e-8, 1.000001e-8].map(
      (sy): Course => [ordinary, [point(0, 0), { ...point('enough', 0), sy, ss: 1, yy: 1 }, point('enough', 0)]],
    ),
    // An accepted point, and the first one, where the gradient has just the length at which it rests, and just more.
    ...[0.25, 0.25 + 2 ** -50].flatMap((gradientSquare): readonly Course[] => [
      [
        { ...ordinary, tolerance: 0.5 },
        [point(0, 0), { ...point('enough', 0), gradientSquare, sy: 1, ss: 1, yy: 1 }, point('enough', 0)],
      ],
      [{ ...ordinary, tolerance: 0.5 }, [{ ...point(0, 0), gradientSquare }, point('enough', 0)]],
    ]),
    // The best point, to which a search that has given up returns, is another than it was.
    ...[
      point({ raw: Number.NEGATIVE_INFINITY }, 0),
      point({ raw: Number.NaN }, 0),
      point('start', 0),
      { ...point('low', 0), gradientSquare: Number.NaN },
      { ...point('low', 0), gradientSquare: Number.POSITIVE_INFINITY },
      point('low', 0),
      point({ raw: 1 }, 0),
    ].map((back): Course => [{ ...ordinary, maximumTrials: 1 }, [point(0, 0), point('lower', 1.1), back, back, back]]),
  ] satisfies readonly Course[],
  follows,
);

export const lbfgsControlLaws = lawSet('control', [control, endless, edges]);
