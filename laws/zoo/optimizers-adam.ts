/** Wrong optimizers of Adam's family, and the right ones. */
import * as E from 'fp-ts/lib/Either.js';
import { Expr, Failure, Optimizer } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { optimizer as lawsOfOptimizer, type OptimizerOptions } from '../pack/optimizer.ts';
import type { Broken } from './broken.ts';

const { add, divide, input, max, multiply, sqrt, subtract } = Expr;
const [value, g, rate, m, v] = [input('value'), input('gradient'), input('rate'), input('m'), input('v')];
const [c1, c2] = [input('c1'), input('c2')];
const EPSILON = 1e-8;

interface Config {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly [name: string]: number;
}
const usual: Config = { learningRate: 0.1, beta1: 0.875, beta2: 0.75 };

/** What may be wrong with Adam. */
interface Parts {
  readonly config?: Config;
  /** What the description says of it. */
  readonly says?: Readonly<Record<string, number>>;
  /** The count that the corrections are made with. */
  readonly count?: (step: number) => number;
  readonly more?: ReadonlyArray<readonly [string, Expr.Expr]>;
  readonly slots?: Readonly<Record<string, number>>;
  readonly denominator?: Expr.Expr;
  readonly first?: Expr.Expr;
}

const adam = ({
  config = usual,
  says = config,
  count = (step) => step,
  more = [],
  slots = {},
  denominator = add(sqrt(divide(v, c2)), EPSILON),
  first = divide(m, c1),
}: Parts = {}): Optimizer.Optimizer => {
  const { beta1, beta2 } = config;
  const made = Optimizer.fromRule({
    kind: 'adam',
    config,
    slots: { m: 0, v: 0, ...slots },
    scalars: (_, { step }) => ({ c1: 1 - beta1 ** count(step), c2: 1 - beta2 ** count(step) }),
    updates: [
      ['m', add(multiply(beta1, m), multiply(1 - beta1, g))],
      ['v', add(multiply(beta2, v), multiply(1 - beta2, multiply(g, g)))],
      ...more,
    ],
    value: subtract(value, divide(multiply(rate, first), denominator)),
  });
  return { ...made, description: { kind: 'adam', ...says } };
};

interface Moments {
  readonly m: number;
  readonly v: number;
  readonly greatest: number;
}
/** Adam by hand, its second moment v being used as it is or as the greatest so far. */
const byHand = (used: (moments: Moments) => number): OptimizerOptions<Moments> => ({
  scale: 'invariant',
  expected: {
    start: { m: 0, v: 0, greatest: 0 },
    step: (of, { t, parameter, gradient, rate: η }) => {
      const next = {
        m: usual.beta1 * of.m + (1 - usual.beta1) * gradient,
        v: usual.beta2 * of.v + (1 - usual.beta2) * gradient ** 2,
      };
      const state = { ...next, greatest: Math.max(of.greatest, next.v) };
      const corrected = state.m / (1 - usual.beta1 ** t);
      const second = used(state) / (1 - usual.beta2 ** t);
      return { state, parameter: parameter - (η * corrected) / (Math.sqrt(second) + EPSILON) };
    },
  },
});
const adams = byHand((moments) => moments.v);
const amsgrads = byHand(({ greatest }) => greatest);

const greatest = input('greatest');
const ams = (of: Expr.Expr, second: Expr.Expr): Parts => ({
  slots: { greatest: 0 },
  more: [['greatest', max(greatest, of)]],
  denominator: add(sqrt(second), EPSILON),
});

/** Reads what `adam` describes. */
const decode: NonNullable<OptimizerOptions['decode']> = (json) => {
  const { kind: _, ...fields } = Object(json);
  const known = new Map<string, unknown>(Object.entries(fields));
  const refused = (where: string): E.Either<Failure.Failure, Optimizer.Optimizer> =>
    E.left(Failure.failure('config', `optimizer.${where}`, 'a hyperparameter of adam', 'another'));
  const odd = [...known.keys()].find((name) => !(name in usual));
  if (odd !== undefined) return refused(odd);
  const numbers: Record<string, number> = {};
  for (const [name, x] of known) {
    if (typeof x !== 'number' || !Number.isFinite(x)) return refused(name);
    numbers[name] = x;
  }
  return E.right(adam({ config: { ...usual, ...numbers }, says: numbers }));
};

const permissive: typeof decode = (json) => {
  const numbers = Object.fromEntries(
    Object.entries(usual).map(([name, x]) => [
      name,
      Number(new Map<string, unknown>(Object.entries(Object(json))).get(name) ?? x),
    ]),
  );
  return E.right(adam({ config: { ...usual, ...numbers }, says: numbers }));
};

const { beta1: _, ...unsaid } = { ...usual, beta1: 0.5 };

export const broken: readonly Broken[] = [
  {
    name: 'Adam, no correction',
    fault: 'the moments are used as they are: too small at first',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ first: m, denominator: add(sqrt(v), EPSILON) }), adams),
  },
  {
    name: 'Adam, first moment uncorrected',
    fault: 'only the second moment is corrected',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ first: m }), adams),
  },
  {
    name: 'Adam, steps counted from 0',
    fault: 'the first step corrects by 1 − β⁰ = 0',
    law: 'finite',
    laws: lawsOfOptimizer(adam({ count: (step) => step - 1 }), adams),
  },
  {
    name: 'Adam, steps counted from 2',
    fault: 'the count is raised twice before the first correction',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ count: (step) => step + 1 }), adams),
  },
  {
    name: 'Adam, ε inside',
    fault: 'ε is added under the root',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ denominator: sqrt(add(divide(v, c2), EPSILON)) }), adams),
  },
  {
    name: 'Adam, ε before the correction',
    fault: 'ε is added to the root of the moment before that is corrected, and so is itself divided',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ denominator: divide(add(sqrt(v), EPSILON), sqrt(c2)) }), adams),
  },
  {
    name: 'Adam, root of the correction forgotten',
    fault: 'the second moment is corrected outside of the root',
    law: 'formula',
    laws: lawsOfOptimizer(adam({ denominator: add(divide(sqrt(v), c2), EPSILON) }), adams),
  },
  {
    name: 'AMSGrad, greatest of the corrected',
    fault: 'the maximum is taken over corrected moments, which are larger at first, and never forgets them',
    law: 'formula',
    laws: lawsOfOptimizer(adam(ams(divide(v, c2), greatest)), amsgrads),
  },
  {
    name: 'Adam, β₁ not described',
    fault: 'the description leaves β₁ out, so the optimizer that is read again has another',
    law: 'description',
    laws: lawsOfOptimizer(adam({ config: { ...usual, beta1: 0.5 }, says: unsaid }), { scale: 'invariant', decode }),
  },
  {
    name: 'Adam, any field read',
    fault: 'fields that it does not know are passed over, so a misspelt rate is the usual one',
    law: 'description',
    laws: lawsOfOptimizer(adam(), { ...adams, decode: permissive }),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfOptimizer(adam(), { ...adams, decode, name: 'Adam' }),
  lawsOfOptimizer(adam(ams(v, divide(greatest, c2))), { ...amsgrads, name: 'AMSGrad' }),
];
