/** Learning rates by path: parameters that move slower, faster or not at all. */
import * as t from 'io-ts';
import { fill } from '../../ops/derived.ts';
import * as S from '../../scalar/expr.ts';
import { type Form, map, type Of, type Path, showPath, zip } from '../../tensor/tree.ts';
import { fieldsOf, listOf, notNegative, such } from '../config.ts';
import { makes } from '../kind.ts';
import { scalarOf } from '../leaves.ts';
import type { PhaseInput } from '../optimizer.ts';
import { around } from './nest.ts';
import type { Transform } from './transform.ts';

/** What stands under a path, and what its rate is multiplied by: `['0', 0.1]` is all of layer 0, `['2.bias', 0]` freezes
 * one bias; `''` is everything. */
export type Multiplier = readonly [prefix: string, multiplier: number];

export type ScaleRatesConfig = { readonly multipliers: readonly Multiplier[] };

const multiplier: t.Type<Multiplier, unknown> = t.readonly(t.tuple([t.string, notNegative]));

const fields = fieldsOf<ScaleRatesConfig>()(
  'scaleRates',
  {
    multipliers: such(
      listOf(multiplier),
      'no path twice',
      (list) => new Set(list.map(([prefix]) => prefix)).size === list.length,
    ),
  },
  {},
);

const under = (prefix: string, path: string): boolean =>
  prefix === '' || path === prefix || path.startsWith(`${prefix}.`);

/** The multiplier of the longest prefix, 1 of none. */
const multiplierOf =
  (multipliers: readonly Multiplier[]) =>
  (path: Path): Multiplier | undefined =>
    multipliers
      .filter(([prefix]) => under(prefix, showPath(path)))
      .reduce<Multiplier | undefined>(
        (best, next) => (best === undefined || next[0].length > best[0].length ? next : best),
        undefined,
      );

/** Which multiplier each leaf has. Throws where a path leads to no parameter: misspelt, it would do nothing. */
const assign = <P extends Form, T>(
  { declaration: { tree } }: PhaseInput<P, T>,
  multipliers: readonly Multiplier[],
  params: Of<P, T>,
): Of<P, Multiplier | undefined> => {
  const paths: string[] = [];
  const assigned = map(
    tree,
    (_: T, path): Multiplier | undefined => {
      paths.push(showPath(path));
      return multiplierOf(multipliers)(path);
    },
    params,
  );
  const lost = multipliers.find(([prefix]) => !paths.some((path) => under(prefix, path)));
  if (lost !== undefined)
    throw new Error(`Transform.scaleRates: no parameter at "${lost[0]}", only ${paths.join(', ')}`);
  return assigned;
};

const part = S.add(S.input('from'), S.multiply(S.input('multiplier'), S.subtract(S.input('to'), S.input('from'))));

const made = makes('Transform', fields, (config): Transform => {
  const scalarName = (prefix: string): string => `multiplier ${prefix}`;
  const scalars = Object.fromEntries(config.multipliers.map(([prefix, by]) => [scalarName(prefix), by]));
  return (optimizer) =>
    around(optimizer, 'scaleRates', config, scalars, {
      before: <P extends Form, T>(given: PhaseInput<P, T>) => {
        const { ops, declaration, evaluation, params } = given;
        return {
          value: evaluation.value,
          gradient: zip(
            declaration.tree,
            (g: T, of: Multiplier | undefined): T => (of?.[1] === 0 ? fill(ops, ops.shape(g), 0) : g),
            evaluation.gradient,
            assign<P, T>(given, config.multipliers, params),
          ),
        };
      },
      after: <P extends Form, T>(given: PhaseInput<P, T>, params: Of<P, T>) => {
        const { ops, declaration } = given;
        const assigned = assign<P, T>(given, config.multipliers, params);
        const pairs = zip(declaration.tree, (from: T, to: T): readonly [T, T] => [from, to], given.params, params);
        return zip(
          declaration.tree,
          ([from, to]: readonly [T, T], of: Multiplier | undefined): T => {
            if (of === undefined || of[1] === 1) return to;
            if (of[1] === 0) return from;
            const by = scalarOf(given.scalars, scalarName(of[0]));
            return ops.map(part, { from, to, multiplier: by });
          },
          pairs,
          assigned,
        );
      },
    });
});

/**
 * Multiplies the steps of the parameters under each path, θ ← θ + k(θ′ − θ) where the optimizer inside proposes θ′: for
 * rules that means a learning rate (and a decoupled decay) k times as large. The longest path that fits counts. Where k is
 * 0 the parameter is frozen: it keeps its bits, and the optimizer inside sees gradient 0, so that it takes no part in a
 * norm. Around `lbfgs` k must be 0 or 1, or its line search measures other points than it proposes. Throws where a
 * multiplier is negative or a path is there twice, and at the first step where a path leads to no parameter.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * const optimizer = Transform.scaleRates([['0', 0], ['2.bias', 0.5]])(Optimizer.adam());
 * optimizer.description.multipliers // => [['0', 0], ['2.bias', 0.5]]
 * ```
 */
export const scaleRates = (multipliers: readonly Multiplier[]): Transform => made.make({ multipliers });
export const scaleRatesKind = made.kind;

/**
 * Freezes the parameters under some paths: `scaleRates` by 0.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.freeze(['0'])(Optimizer.adam()).description.multipliers // => [['0', 0]]
 * ```
 */
export const freeze = (paths: readonly string[]): Transform => scaleRates(paths.map((path) => [path, 0]));
