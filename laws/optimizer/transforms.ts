/** Laws of transforms. */
import * as fc from 'fast-check';
import { constant } from '../../src/layer/initialiser/index.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { init, step } from '../../src/optimizer/optimizer.ts';
import { chain } from '../../src/optimizer/transform/chain.ts';
import { clipByGlobalNorm, clipByNorm } from '../../src/optimizer/transform/clip.ts';
import { freeze, scaleRates } from '../../src/optimizer/transform/scaleRates.ts';
import { weightDecay } from '../../src/optimizer/transform/weightDecay.ts';
import { scalar } from '../../src/tensor/tensor.ts';
import { leaf, record } from '../../src/tensor/tree.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { averagingLaws } from './averaging.ts';
import { clippingLaws } from './clipping.ts';
import { composingLaws } from './composing.ts';
import { rules } from './configs.ts';
import { maxNormLaws } from './maxNorm.ts';
import { nestingLaws } from './nesting.ts';
import { gradientSeen, inWeight, transformed, valueSeen } from './probes.ts';
import {
  courses,
  driven,
  inFormat,
  moderate,
  numbersOf,
  paramsOf,
  read,
  sameParams,
  start,
  stepWith,
} from './problem.ts';
import { made } from './rules.ts';

const decays = law(
  'weightDecay: the loss',
  'adds ½λ‖θ‖² of weights (of all parameters if told) to the loss',
  fc.tuple(courses(1), fc.constantFrom(0, 0.1, 2), fc.constantFrom<('weights' | 'all')[]>('weights', 'all'), moderate),
  ([course, rate, decayed, loss]) => {
    const { params, gradients } = inFormat('f64', course);
    const transform = weightDecay({ rate, decayed });
    const acts = (i: number): boolean => decayed === 'all' || inWeight(i, course.outputs);
    const values = stepWith(
      transform(valueSeen),
      start(transform(valueSeen), params),
      gradients[0] ?? params,
      loss,
    ).params;
    const squares = numbersOf(params).map((p, i) => (acts(i) ? p * p : 0));
    const penalty = (rate / 2) * squares.reduce((a, b) => a + b, 0);
    const value = numbersOf(values)[0] ?? Number.NaN;
    // At most 6 squares, their sum, two products and two sums: 16 roundings of numbers below loss and penalty.
    const allowed = 16 * 2 ** -53 * (Math.abs(loss) + penalty);
    return Math.abs(value - (loss + penalty)) <= allowed
      ? undefined
      : { expected: `${loss + penalty}`, received: `${value}`, where: 'loss', tolerance: `${allowed}` };
  },
);

const frozen = law(
  'freeze',
  'a frozen parameter keeps its bits, the others move as without it, whatever the rule',
  fc.tuple(rules, dtypes, courses(6), fc.constantFrom<('weight' | 'bias')[]>('weight', 'bias')),
  ([description, dtype, course, path]) => {
    const inner = made(description);
    const { params, gradients } = inFormat(dtype, course);
    const plain = driven(inner, params, gradients);
    return all(
      ...driven(freeze([path])(inner), params, gradients).map(({ params: p }, t) =>
        sameParams({ ...(plain[t]?.params ?? params), [path]: params[path] }, p, `step ${t + 1}`),
      ),
    );
  },
);

/** 0·(θ′ − θ) would make +0 of a −0, and no number of an infinity. */
const frozenBits = lawOf(
  'freeze: numbers that arithmetic does not keep',
  'what is frozen is not computed: −0, infinities and NaN stay, whatever gradient there is and whichever decay',
  [-0, 0, Infinity, -Infinity, NaN, 1],
  (x): Verdict => {
    const params = paramsOf('f64', 1, [x, x, x]);
    const optimizer = made({ kind: 'adamW', learningRate: 0.5, weightDecay: 0.5, decayed: 'all' });
    return all(
      ...driven(freeze([''])(optimizer), params, [paramsOf('f64', 1, [1, Infinity, NaN])]).map((state) =>
        sameParams(params, state.params, `${x}`),
      ),
    );
  },
);

const frozenNorm = law(
  'freeze before clipping',
  'a frozen parameter takes no part in a global norm inside',
  fc.tuple(courses(1), fc.constantFrom(0.25, 1)),
  ([course, limit]) => {
    const { params, gradients } = inFormat('f64', course);
    const gradient = gradients[0] ?? params;
    const without = transformed(clipByNorm(limit), params, gradient);
    const frozenToo = transformed(chain([freeze(['bias']), clipByGlobalNorm(limit)]), params, gradient);
    return sameParams({ weight: without.weight, bias: params.bias }, frozenToo, 'after clipping');
  },
);

const scaledRates = law(
  'scaleRates',
  'a step under a path is as many times as long, by the longest path that fits; rates of 1 change no bit',
  fc.tuple(rules, courses(1), fc.constantFrom(0.5, 2, 0.3), fc.constantFrom(0.25, 1)),
  ([description, course, outer, inner]) => {
    const optimizer = made(description);
    const { params, gradients } = inFormat('f64', course);
    const plain = numbersOf(driven(optimizer, params, gradients)[0]?.params ?? params);
    const scaled = numbersOf(
      driven(
        scaleRates([
          ['', outer],
          ['bias', inner],
        ])(optimizer),
        params,
        gradients,
      )[0]?.params ?? params,
    );
    return all(
      ...plain.map((to, i): Verdict => {
        const from = course.from[i] ?? NaN;
        const k = inWeight(i, course.outputs) ? outer : inner;
        if (k === 1) return same(to, scaled[i], `number ${i}`);
        const expected = from + k * (to - from);
        const allowed = 2 ** -53 * 4 * (Math.abs(from) + k * Math.abs(to - from));
        return Math.abs((scaled[i] ?? NaN) - expected) <= allowed
          ? undefined
          : { expected: `${expected}`, received: `${scaled[i]}`, where: `number ${i}`, tolerance: `${allowed}` };
      }),
    );
  },
);

const lost = lawOf(
  'scaleRates: paths',
  'a path that leads to no parameter is an error that names it and those there are, also where a name only begins so',
  ['weigh', 'weight.0', 'bias2', '0'],
  (path): Verdict => {
    const params = paramsOf('f64', 1, [1, 2, 3]);
    try {
      transformed(freeze([path]), params, params);
      return { expected: `an error that names "${path}"`, received: 'none' };
    } catch (thrown) {
      return same(`Error: Transform.scaleRates: no parameter at "${path}", only weight, bias`, String(thrown));
    }
  },
);

const tree = record({ '0': record({ weight: leaf, bias: leaf }), '1': leaf, '10': leaf });
const everywhere = <A>(a: A) => ({ '0': { weight: a, bias: a }, '1': a, '10': a });
const spec = { role: 'weight', shape: [], initialiser: constant(0), fanIn: 1, fanOut: 1 } as const;

/** From 1 to 10⁻²⁰, which 1 + k(10⁻²⁰ − 1) does not reach at k = 1. */
const paths = lawOf(
  'scaleRates: what is under a path',
  'is the parameter of that path and those whose paths go on from it with a dot; where the rate is 1 it is as without',
  [
    [[['0', 0]], [1, 1, 1e-20, 1e-20]],
    [[['0.weight', 0]], [1, 1e-20, 1e-20, 1e-20]],
    [[['1', 0]], [1e-20, 1e-20, 1, 1e-20]],
    [[['10', 0]], [1e-20, 1e-20, 1e-20, 1]],
    [
      [
        ['', 0],
        ['0', 1],
      ],
      [1e-20, 1e-20, 1, 1],
    ],
    [
      [
        ['', 0],
        ['0', 1],
        ['0.bias', 0],
        ['1', 1],
      ],
      [1e-20, 1, 1e-20, 1],
    ],
  ] as const,
  ([multipliers, expected]) => {
    const ops = reference('f64');
    const declaration = { tree, specs: everywhere(spec) };
    const optimizer = scaleRates(multipliers)(gradientSeen);
    const params = everywhere(scalar('f64', 1));
    const evaluation = { value: scalar('f64', 0), gradient: everywhere(scalar('f64', 1e-20)) };
    const slots = init(ops, optimizer, declaration, params);
    const after = step(ops, read, optimizer, declaration, slots, evaluation, params).params;
    const { '0': first, '1': second, '10': last } = after;
    return same(expected.join(), [first.weight, first.bias, second, last].map(({ data }) => data[0]).join());
  },
);

export const transformLaws = lawSet(
  'transforms',
  [decays, frozen, frozenBits, frozenNorm, scaledRates, paths, lost],
  [clippingLaws, maxNormLaws, averagingLaws, composingLaws, nestingLaws],
);
