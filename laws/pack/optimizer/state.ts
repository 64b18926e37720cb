/** An optimizer keeps everything in its slots: nothing is written, shared between runs, or lost in a file. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { reference } from '../../../src/ops/reference/reference.ts';
import { type Optimizer, preferred } from '../../../src/optimizer/optimizer.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { numberText } from '../../../src/scalar/number-text.ts';
import { equals, show } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { codec } from '../../../src/tensor/tensor-codec.ts';
import { all, code, holds, type Law, law, sameTensor, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf } from '../options.ts';
import { type Boxed, boxes } from './boxed.ts';
import type { OptimizerOptions } from './options.ts';
import {
  type Course,
  declarationOf,
  evaluationOf,
  type Form,
  type OptimizerSample,
  type Params,
  plain,
  run,
  runIn,
  type State,
  sameRuns,
  sameState,
  showWith,
  stepIn,
} from './run.ts';

const copied = (x: Tensor): Tensor => generate(x.dtype, x.shape, (i) => x.data[i] ?? NaN);

/** Every tensor that a step is given, with its place. */
const tensorsOf = (state: State, gradient: Params): ReadonlyArray<readonly [string, Tensor]> => [
  ...Object.entries(state.params).map(([name, x]) => [`params.${name}`, x] as const),
  ...Object.entries(state.slots.vectors).flatMap(([slot, of]) =>
    Object.entries(of).map(([name, x]) => [`slots.vectors.${slot}.${name}`, x] as const),
  ),
  ...Object.entries(gradient).map(([name, x]) => [`gradient.${name}`, x] as const),
];

const unwritten = ({ optimizer, ...course }: OptimizerSample, dtype: Dtype): Verdict => {
  let state = run(dtype, optimizer, { ...course, gradients: [] })[0];
  for (const index of course.gradients.keys()) {
    if (state === undefined) return undefined;
    const evaluation = evaluationOf(dtype, course, index);
    const before = tensorsOf(state, evaluation.gradient).map(([where, x]) => [where, x, copied(x)] as const);
    const numbers = code([state.slots.numbers, optimizer.numbers, optimizer.vectors]);
    const next: State = stepIn(plain(dtype), optimizer, course.leaves, state, evaluation);
    optimizer.observe?.(next.slots.numbers, 1);
    const after = code([state.slots.numbers, optimizer.numbers, optimizer.vectors]);
    const verdict = all(
      ...before.map(([where, x, copy]) => sameTensor(copy, x, `${where}, after step ${index + 1}`)),
      holds(numbers === after, numbers, after, `numbers of slots and optimizer, after step ${index + 1}`),
    );
    if (verdict !== undefined) return verdict;
    state = next;
  }
  return undefined;
};

/** Two runs by turns, and each by itself. */
const apart = (optimizer: Optimizer, first: Course, second: Course, dtype: Dtype): Verdict => {
  const alone = [first, second].map((course) => run(dtype, optimizer, course));
  const turns = [first, second].map((course) => run(dtype, optimizer, { ...course, gradients: [] }).slice());
  for (let index = 0; index < Math.max(first.gradients.length, second.gradients.length); index++)
    for (const [which, course] of [first, second].entries()) {
      const last = turns[which]?.at(-1);
      if (last !== undefined && index < course.gradients.length)
        turns[which]?.push(stepIn(plain(dtype), optimizer, course.leaves, last, evaluationOf(dtype, course, index)));
    }
  return all(...alone.map((states, which) => sameRuns(states, turns[which] ?? [])));
};

/** What a file holds of a state, read again. */
const filed = ({ params, slots }: State): State => {
  const text = JSON.stringify({
    params: Object.entries(params).map(([name, x]) => [name, codec.encode(x)]),
    numbers: Object.entries(slots.numbers).map(([name, x]) => [name, numberText.encode(x)]),
    vectors: Object.entries(slots.vectors).map(([slot, of]) => [
      slot,
      Object.entries(of).map(([name, x]) => [name, codec.encode(x)]),
    ]),
  });
  const json: {
    params: [string, unknown][];
    numbers: [string, unknown][];
    vectors: [string, [string, unknown][]][];
  } = JSON.parse(text);
  const tensors = (of: readonly [string, unknown][]): Params =>
    Object.fromEntries(
      of.map(([name, x]) => {
        const decoded = codec.decode(x);
        if (E.isLeft(decoded)) throw new Error(`${name} does not survive a file`);
        return [name, decoded.right];
      }),
    );
  return {
    params: tensors(json.params),
    slots: {
      numbers: Object.fromEntries(
        json.numbers.map(([name, x]) => {
          const decoded = numberText.decode(x);
          if (E.isLeft(decoded)) throw new Error(`the number ${name} of the slots does not survive a file`);
          return [name, decoded.right];
        }),
      ),
      vectors: Object.fromEntries(json.vectors.map(([slot, of]) => [slot, tensors(of)])),
    },
  };
};

/** n steps, a file, and m more. */
const resumed = ({ optimizer, ...course }: OptimizerSample, cut: number, dtype: Dtype): Verdict => {
  const states = run(dtype, optimizer, course);
  const n = cut % states.length;
  const saved = states[n];
  if (saved === undefined) return undefined;
  let state = filed(saved);
  for (let index = n; index < course.gradients.length; index++)
    state = stepIn(plain(dtype), optimizer, course.leaves, state, evaluationOf(dtype, course, index));
  const last = states.at(-1) ?? saved;
  return sameState(last, state, `${n} steps, a file, and ${course.gradients.length - n} steps`);
};

/** Slots and parameters keep their names, shapes and format. */
const keepsForm = ({ optimizer, ...course }: OptimizerSample, dtype: Dtype): Verdict => {
  const states = run(dtype, optimizer, course);
  const [first] = states;
  if (first === undefined) return undefined;
  const alike = (params: Params, where: string): Verdict =>
    all(
      holds(
        Object.keys(params).join() === Object.keys(first.params).join(),
        Object.keys(first.params).join(),
        Object.keys(params).join(),
        where,
      ),
      ...Object.entries(first.params).map(([name, like]) => {
        const x = params[name];
        return x === undefined || (equals(x.shape, like.shape) && x.dtype === dtype)
          ? undefined
          : {
              expected: `${dtype}${show(like.shape)}`,
              received: `${x.dtype}${show(x.shape)}`,
              where: `${where}.${name}`,
            };
      }),
    );
  const names = ({ slots }: State): string =>
    code([Object.keys(slots.numbers).sort(), Object.keys(slots.vectors).sort()]);
  return all(
    ...states.flatMap((state, t): readonly Verdict[] => {
      const liked = preferred<Form, Tensor>(reference(dtype), optimizer, declarationOf(course.leaves), state.slots);
      return [
        alike(state.params, `after step ${t}: params`),
        holds(names(first) === names(state), names(first), names(state), `after step ${t}: names of slots`),
        ...Object.entries(state.slots.vectors).map(([slot, x]) => alike(x, `after step ${t}: slots.vectors.${slot}`)),
        O.isSome(liked) ? alike(liked.value, `after step ${t}: preferred`) : undefined,
      ];
    }),
  );
};

const unboxed = (of: Params<Boxed>): Params =>
  Object.fromEntries(Object.entries(of).map(([name, { boxed }]) => [name, boxed]));

const algebraic = ({ optimizer, ...course }: OptimizerSample, dtype: Dtype): Verdict =>
  sameRuns(
    run(dtype, optimizer, course),
    runIn(boxes(dtype), dtype, optimizer, course).map(({ params, slots }) => ({
      params: unboxed(params),
      slots: {
        numbers: slots.numbers,
        vectors: Object.fromEntries(Object.entries(slots.vectors).map(([name, of]) => [name, unboxed(of)])),
      },
    })),
  );

/** The laws of what an optimizer keeps, and where. */
export const stateLaws = <S>(
  samples: fc.Arbitrary<OptimizerSample>,
  others: fc.Arbitrary<Course>,
  options: OptimizerOptions<S>,
): readonly Law[] => {
  const runs = runsOf(options, 15);
  const formats = fc.constantFrom(...dtypesOf(options));
  const show = showWith('dtype');
  return [
    law(
      'writes to nothing',
      'a step writes to nothing that it is given: parameters, slots, gradient, hyperparameters',
      fc.tuple(samples, formats),
      ([sample, dtype]) => unwritten(sample, dtype),
      { runs, show, formula: 'step(s, g, θ) leaves s, g and θ as they were' },
    ),
    law(
      'runs share nothing',
      'two runs by turns give the bits that each gives by itself, so nothing is kept outside the slots',
      fc.tuple(samples, others, formats),
      ([{ optimizer, ...course }, other, dtype]) => apart(optimizer, course, other, dtype),
      { runs, show: showWith('other', 'dtype'), formula: 'step(s, g, θ) = step(s, g, θ), whatever ran between' },
    ),
    law(
      'slots resume from a file',
      'n steps, a file, and m more steps give the bits of n + m steps',
      fc.tuple(samples, fc.nat(8), formats),
      ([sample, cut, dtype]) => resumed(sample, cut, dtype),
      { runs, show: showWith('cut', 'dtype'), formula: 'stepᵐ(decode(encode(stepⁿ(s)))) = stepⁿ⁺ᵐ(s)' },
    ),
    law(
      'slots keep their form',
      'the names of the slots stay from step to step; every vector, and what is preferred, has the parameters’ shapes and format',
      fc.tuple(samples, formats),
      ([sample, dtype]) => keepsForm(sample, dtype),
      { runs, show, formula: 'form(step(s, g, θ)) = form(s, θ)' },
    ),
    law(
      'written in the algebra',
      'a step looks at tensors through the algebra alone, so that an engine can run it: with tensors out of sight it gives the same bits',
      fc.tuple(samples, formats),
      ([sample, dtype]) => algebraic(sample, dtype),
      { runs: runsOf(options, 10), show, formula: 'step⟨T⟩ = step⟨Tensor⟩' },
    ),
  ];
};
