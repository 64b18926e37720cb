/** `differentiate` against two judges that share nothing with it: extrapolated differences and dual numbers. */
import * as fc from 'fast-check';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import {
  anything,
  binaryOps,
  calls,
  environment,
  expressions,
  relations,
  unaryOps,
  type Vocabulary,
} from './arbitrary.ts';
import { counted } from './counted.ts';
import { stated } from './differentiate-stated.ts';
import { termLaws } from './differentiate-terms.ts';
import { dual } from './dual.ts';
import { enclose, type Interval, type Maybe, point } from './interval.ts';
import { ridders } from './ridders.ts';
import { showExpr, showSample } from './show.ts';

type Name = 'x' | 'y';
type Inputs = Readonly<Record<Name, number>>;

/** Numbers of moderate size, so that most formulas have a finite derivative. */
const moderate = fc.integer({ min: -3_000_000, max: 3_000_000 }).map((n) => n / 1e6);

const vocabulary: Vocabulary<Name> = {
  names: ['x', 'y'],
  constants: fc.oneof(fc.constantFrom(0, 1, -1, 2, 3, 0.5), moderate),
  unary: unaryOps,
  // Arithmetic twice as often as the rest.
  binary: [...binaryOps, 'add', 'subtract', 'multiply', 'divide'],
  relations,
  calls,
  size: 10,
};

const sample = fc.record({ expr: expressions(vocabulary), at: environment(['x', 'y'], moderate) });

const points = ({ x, y }: Inputs) => ({ x: point(x), y: point(y) });

const text = ({ lo, hi }: Interval): string => `between ${lo} and ${hi}`;

/** Known to a millionth of itself or of 1: wider intervals would agree with anything. */
const within = ({ lo, hi }: Interval): number => 1e-6 * Math.max(1, Math.abs(lo), Math.abs(hi));
const sharp = (interval: Interval): boolean => interval.hi - interval.lo <= within(interval);

/**
 * Both intervals hold the true derivative, so they overlap; and the number that `evaluate` gives is in the first,
 * which holds every rounding of the same formula. Where the first is not known (a comparison is too close to call), the
 * number must be near the second.
 */
const agree = ({ expr, at }: { readonly expr: Expr<Name>; readonly at: Inputs }): Verdict | 'excluded' => {
  const slope = differentiate('x')(expr);
  const [derived, forward]: readonly Maybe[] = [enclose(slope)(points(at)), dual('x', points(at))(expr)?.slope];
  if (forward === undefined || !sharp(forward)) return 'excluded';
  const value = evaluate('f64')(slope)(at);
  if (derived === undefined)
    return holds(
      forward.lo - within(forward) <= value && value <= forward.hi + within(forward),
      text(forward),
      `${value}`,
    );
  return all(
    holds(derived.lo <= forward.hi && forward.lo <= derived.hi, text(forward), text(derived)),
    holds(derived.lo <= value && value <= derived.hi, text(derived), `${value}`),
  );
};

/** Half the stencil of the differences: small against the inputs, large against their rounding. */
const STEP = 2 ** -10;

/**
 * Against Ridders' extrapolation of `evaluate`. The dual numbers over the whole stencil say whether there is a kink or
 * a jump in it (they are unknown there), and how much the derivative varies: where that is more than a tenth, the
 * stencil is too coarse and the sample excluded. Over such a stencil the error after an extrapolation is smaller than
 * the change it made, which is in the estimate; the factor ten is for the estimate being that of the best of fifty
 * entries rather than of a typical one.
 */
const agreesWithDifferences = ({
  expr,
  at,
}: {
  readonly expr: Expr<Name>;
  readonly at: Inputs;
}): Verdict | 'excluded' => {
  const stencil = { x: { lo: at.x - STEP, hi: at.x + STEP }, y: point(at.y) };
  const range = dual('x', stencil)(expr)?.slope;
  if (range === undefined || range.hi - range.lo > 0.1 * Math.max(1, Math.abs(range.lo))) return 'excluded';
  const f = evaluate('f64')(expr);
  const judge = ridders(
    (x) => {
      const known = enclose(expr)(points({ ...at, x }));
      return { value: f({ ...at, x }), error: known === undefined ? Number.POSITIVE_INFINITY : known.hi - known.lo };
    },
    at.x,
    STEP,
  );
  const value = evaluate('f64')(differentiate('x')(expr))(at);
  const tolerance = 10 * judge.error;
  if (!(tolerance <= 1e-6 * Math.max(1, Math.abs(judge.value)))) return 'excluded';
  return Math.abs(value - judge.value) <= tolerance
    ? undefined
    : {
        expected: `${judge.value}`,
        received: `${value}`,
        tolerance: `${tolerance}, ten times the error that the extrapolation estimates, rounding included`,
      };
};

const slopeAt = (expr: Expr<Name>, at: Inputs, name: Name = 'x'): number =>
  evaluate('f64')(differentiate(name)(expr))(at);

/**
 * The most nodes that one node's rule adds, those of xʸ with both operands varying: y − 1 and its 1, the power, the
 * product, and the choice with its two zeros for the base (7); the logarithm, the product, and the choice with its two
 * zeros for the exponent (5); two products with the inner derivatives, each under a minus sign, and their sum (5).
 */
const MOST_ADDED = 17;

export const differentiateLaws = lawSet(
  'differentiate',
  [
    counted(
      'agrees with dual numbers',
      'the derivative and forward dual numbers enclose the same number',
      sample,
      agree,
      { runs: 3000, show: showSample },
    ),
    counted(
      'agrees with dual numbers twice',
      'the same of the derivative of a derivative',
      sample.map(({ expr, at }) => ({ expr: differentiate('x')(expr), at })),
      agree,
      { runs: 1000, show: showSample },
    ),
    counted(
      'agrees with extrapolated differences',
      'the derivative is what central differences extrapolate to',
      sample,
      agreesWithDifferences,
      { runs: 1000, show: showSample },
    ),
    lawOf('takes the values it states', 'at kinks, jumps and ends of domains', stated, ({ expr, at, slope, name }) =>
      // +0 and −0 are the same slope.
      same(slope + 0, slopeAt(expr, at, name) + 0),
    ),
    law(
      'depends on the named input alone',
      'the derivative in a name that does not occur is the constant 0',
      expressions(anything('f64')),
      (expr) => {
        const slope = differentiate('z')(expr);
        return same('constant 0', slope.kind === 'constant' ? `constant ${slope.value}` : slope.kind);
      },
      { show: showExpr },
    ),
    law(
      'costs no more than its formula',
      `the derivative brings at most ${MOST_ADDED} nodes for each node`,
      expressions({ ...anything('f64'), size: 60 }),
      (expr) => {
        const known = new Set<Expr>(nodes(expr));
        const added = nodes(differentiate('x')(expr)).filter((node) => !known.has(node)).length;
        // and the constant 0 or 1 that stands for a derivative without nodes of its own
        return holds(added <= MOST_ADDED * known.size, `at most ${MOST_ADDED * known.size} new nodes`, `${added}`);
      },
      { show: showExpr },
    ),
    lawOf(
      'costs no more than its formula, however much is shared',
      'sixty nested squares have a derivative of a few hundred nodes, not of 2⁶⁰',
      [60],
      (depth) => {
        const nested = Array.from({ length: depth }).reduce<Expr<'x'>>((e) => X.multiply(e, e), X.input('x'));
        const slope = differentiate('x')(nested);
        return all(
          holds(nodes(slope).length <= 5 * depth, `at most ${5 * depth} nodes`, `${nodes(slope).length}`),
          same(2 ** depth, evaluate('f64')(slope)({ x: 1 })),
        );
      },
    ),
  ],
  [termLaws],
);
