/** Laws of how transforms compose and of what passes through them. */
import * as fc from 'fast-check';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { chain, identity, monoid } from '../../src/optimizer/transform/chain.ts';
import { clipByValue } from '../../src/optimizer/transform/clip.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { weightDecay } from '../../src/optimizer/transform/weightDecay.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, law, lawSet, same, type Verdict } from '../law.ts';
import { type Description, rules, transforms } from './configs.ts';
import { transformed, transformOf } from './probes.ts';
import { courses, driven, inFormat, numbersOf, type Params, sameState } from './problem.ts';
import { made } from './rules.ts';

/** Runs of an optimizer, states and descriptions, to the bit. */
const sameRuns = (left: Optimizer, right: Optimizer, params: Params, gradients: readonly Params[]): Verdict => {
  const others = driven(right, params, gradients);
  return all(
    same(JSON.stringify(left.description), JSON.stringify(right.description), 'descriptions'),
    ...driven(left, params, gradients).map((state, t): Verdict => {
      const other = others[t];
      return other === undefined
        ? { expected: 'as many states', received: 'fewer' }
        : sameState(state, other, `step ${t + 1}`);
    }),
  );
};

const monoidLaws = law(
  'monoid',
  'chains associate, identity is neutral on both sides, and a chain is its transforms one after another',
  fc.tuple(rules, fc.array(transforms, { minLength: 3, maxLength: 3 }), courses(5), dtypes),
  ([rule, [a, b, c], course, dtype]) => {
    if (a === undefined || b === undefined || c === undefined) return { expected: 'three', received: 'fewer' };
    const optimizer = made(rule);
    const [f, g, h] = [transformOf(a), transformOf(b), transformOf(c)] as const;
    const { params, gradients } = inFormat(dtype, course);
    const equal = (left: Transform, right: Transform): Verdict =>
      sameRuns(left(optimizer), right(optimizer), params, gradients);
    return all(
      equal(monoid.concat(monoid.concat(f, g), h), monoid.concat(f, monoid.concat(g, h))),
      equal(chain([f, g, h]), (inner) => f(g(h(inner)))),
      equal(chain([identity, f]), f),
      equal(chain([f, identity]), f),
      equal(chain([]), identity),
    );
  },
  { runs: 40 },
);

const order = law(
  'order of application',
  'the first transform of a chain sees the gradient first: clipped and then decayed, or decayed and then clipped',
  fc.tuple(courses(1), fc.constantFrom(0.5, 1), fc.constantFrom(0.1, 1)),
  ([course, limit, rate]) => {
    const { params, gradients } = inFormat('f64', course);
    const gradient = gradients[0] ?? params;
    const clip = (x: number): number => Math.max(-limit, Math.min(limit, x));
    const decayed = weightDecay({ rate, decayed: 'all' });
    const first = numbersOf(transformed(chain([clipByValue(limit), decayed]), params, gradient));
    const second = numbersOf(transformed(chain([decayed, clipByValue(limit)]), params, gradient));
    return all(
      ...numbersOf(gradient).flatMap((g, i) => {
        const p = course.from[i] ?? NaN;
        return [
          same(clip(g) + rate * p, first[i], `clip, decay, number ${i}`),
          same(clip(g + rate * p), second[i], `decay, clip, number ${i}`),
        ];
      }),
    );
  },
);

const observing = law(
  'observing through transforms',
  'a plateau inside any transforms observes what the one alone does, and nothing else changes',
  fc.tuple(fc.array(transforms, { maxLength: 3 }), fc.array(fc.constantFrom(1, 0.5), { minLength: 1, maxLength: 6 })),
  ([around, metrics]) => {
    const plateau: Description = {
      kind: 'gradientDescent',
      learningRate: { kind: 'reduceOnPlateau', initial: 1, factor: 0.5, patience: 0 },
    };
    const alone = made(plateau);
    const inside = around.reduce<Optimizer>((optimizer, transform) => transformOf(transform)(optimizer), alone);
    const seen = (optimizer: Optimizer): readonly number[] =>
      Object.values(metrics.reduce((numbers, metric) => optimizer.observe?.(numbers, metric) ?? {}, optimizer.numbers));
    const untouched = Object.values(inside.numbers).slice(0, -Object.keys(alone.numbers).length);
    return same([...untouched, ...seen(alone)].join(), seen(inside).join(), 'numbers');
  },
);

export const composingLaws = lawSet('composing', [monoidLaws, order, observing]);
