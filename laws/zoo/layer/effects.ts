/** Layers that are no functions of their arguments: they write to what they are given, or remember. */
import { Expr, Layer, type Ops } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { Broken } from '../broken.ts';
import { spoil } from '../writing.ts';
import { type Any, type Body, broken as entry, keeping, lawsOf } from './parts.ts';

const [x, dy] = [Expr.input('x'), Expr.input('dy')];
const cube = Expr.multiply(x, Expr.multiply(x, x));
const cubeBack = Expr.multiply(dy, Expr.multiply(3, Expr.multiply(x, x)));

const cubed = <T>(ops: Ops.Ops<T>, given: T): { readonly y: T; readonly back: (gradient: T) => T } => ({
  y: ops.map(cube, { x: given }),
  back: (gradient) => ops.map(cubeBack, { x: given, dy: gradient }),
});

const fromLayer = (body: Body): Any => keeping('cubed', [3], body);

const writesInput: Body = (ops, given) => {
  const run = cubed(ops, given);
  spoil(given);
  return run;
};
const writesGradient: Body = (ops, given) => {
  const run = cubed(ops, given);
  return {
    ...run,
    back: (gradient) => {
      const dx = run.back(gradient);
      spoil(gradient);
      return dx;
    },
  };
};
const writesOutput: Body = (ops, given) => {
  const run = cubed(ops, given);
  return {
    ...run,
    back: (gradient) => {
      spoil(run.y);
      return run.back(gradient);
    },
  };
};

/** The layer keeps its last input for its pullback, as objects with fields do. */
const remembering = (): Any => {
  const memory: { last?: unknown } = {};
  return fromLayer(<T>(ops: Ops.Ops<T>, given: T) => {
    memory.last = given;
    return {
      ...cubed(ops, given),
      // The fault itself: whatever was last is taken for this run's input, whose type it may not even have.
      back: (gradient: T) => ops.map(cubeBack, { x: memory.last as T, dy: gradient }),
    };
  });
};

/** The pullback adds to the gradients of the call before, as `.grad` fields do. */
const accumulating: Body = (ops, given) => {
  const run = cubed(ops, given);
  let sum: ReturnType<typeof run.back> | undefined;
  return {
    ...run,
    back: (gradient) => {
      const dx = run.back(gradient);
      sum = sum === undefined ? dx : ops.map(Expr.add(x, dy), { x: sum, dy: dx });
      return sum;
    },
  };
};

/** A power whose exponent is not in its description. */
const forgetful = (by: number): Any =>
  keeping('scaled', [3], (ops, given) => ({
    y: ops.map(Expr.multiply(x, by), { x: given }),
    back: (gradient) => ops.map(Expr.multiply(x, by), { x: gradient }),
  }));
const times = (factor: number): Any => ({ ...forgetful(factor), description: { kind: 'scaled', factor } });

const clipped: Body = (ops, given) => {
  const run = cubed(ops, given);
  return { ...run, back: (gradient) => ops.map(Expr.max(-1, Expr.min(x, 1)), { x: run.back(gradient) }) };
};
/** (1 + u)·dx for a dx that is not 0, so that two gradients do not add up. */
const offset: Body = (ops, given) => {
  const run = cubed(ops, given);
  return {
    ...run,
    back: (gradient) => ops.map(Expr.add(x, Expr.multiply(0.01, Expr.abs(x))), { x: run.back(gradient) }),
  };
};

const readsFactor = {
  registry: {
    ...Layer.registry,
    scaled: Layer.kind('scaled', {}, () => forgetful(0.5)),
  },
};

export const correct: readonly LawSet[] = [
  lawsOf(fromLayer(cubed)),
  lawsOf(times(0.25), {
    registry: {
      ...Layer.registry,
      scaled: ({ description }) =>
        typeof description === 'object' && description !== null && 'factor' in description
          ? { _tag: 'Right', right: times(Number(description.factor)) }
          : { _tag: 'Left', left: { tag: 'codec', where: 'scaled', expected: 'a factor', received: 'none' } },
    },
  }),
];

export const broken: readonly Broken[] = [
  entry('input written to', 'forward works in place', 'writes to nothing', fromLayer(writesInput)),
  entry('gradient written to', 'the pullback works in place', 'writes to nothing', fromLayer(writesGradient)),
  entry('output written to', 'the pullback reuses the memory of y', 'writes to nothing', fromLayer(writesOutput)),
  entry(
    'state shared between calls',
    'the layer remembers its last input, and its pullback takes whatever came last',
    'calls share nothing',
    remembering(),
  ),
  entry(
    'gradients that add up',
    'a pullback asked twice gives the sum of both gradients',
    'deterministic',
    fromLayer(accumulating),
  ),
  entry(
    'forgotten hyperparameter',
    'the description does not say the factor, so that a file gives the default',
    'codec',
    forgetful(0.25),
    readsFactor,
  ),
  entry(
    'gradient clipped inside the layer',
    'the pullback clips, so it is no linear map',
    'pullback scales exactly',
    fromLayer(clipped),
  ),
  entry(
    'gradient with an absolute value',
    'the pullback is linear in size but not in sign',
    'pullback adds',
    fromLayer(offset),
  ),
];
