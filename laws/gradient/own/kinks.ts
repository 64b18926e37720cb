/** Laws of kinks: where a branch lies within reach of a stencil a derivative is excluded and reported, never passed. */
import * as fc from 'fast-check';
import { random } from '../../../src/ops/reference/random.ts';
import {
  abs,
  call,
  type Expr,
  floor,
  input,
  max,
  min,
  multiply,
  select,
  sign,
  significand,
} from '../../../src/scalar/expr.ts';
import * as Key from '../../../src/tensor/key.ts';
import { generate, scalar } from '../../../src/tensor/tensor.ts';
import { all, holds, isExcluded, type LawSet, law, lawOf, lawSet, same } from '../../law.ts';
import { parting, sameWay, traced } from '../branches.ts';
import { checkJacobian } from '../check.ts';
import { showCheck, verdictOf } from '../compared.ts';
import { type Objective, objectiveAt } from '../computation.ts';
import { byDifferences, byDuals } from '../directional.ts';
import { byCentralDifferences, byDualNumbers, byFivePoints, byRidders, type Judge } from '../judge.ts';
import { type Branching, plainFunction } from '../plain.ts';
import { table } from './table.ts';

const x = input('x');

/** Everything that branches, at a kink, and where its branches meet. */
const kinked: ReadonlyArray<readonly [string, Expr<'x'>, number]> = [
  ['max', max(x, 1), 1],
  ['min', min(2, multiply(x, x)), Math.SQRT2],
  ['abs', abs(x), 0],
  ['sign', sign(x), 0],
  ['floor', floor(x), 3],
  ['significand', significand(x), 4],
  ['select less', select('less')(x, 1, x, multiply(x, x)), 1],
  ['select lessOrEqual', select('lessOrEqual')(2, x, x, 0), 2],
];

const applied =
  (expr: Expr<'x'>): Objective =>
  ({ ops }, [point]) => {
    if (point === undefined) throw new Error('no point');
    const value = ops.map(expr, { x: point });
    return { value, terms: value };
  };

const noDraws = random('f64', Key.fromSeed(0));
const at1 = (value: number) => [scalar('f64', value)];

const judges: readonly Judge[] = [byRidders, byFivePoints, byCentralDifferences, byDualNumbers];

/** Plain functions that say which way they went, at a kink. */
const plainKinks: ReadonlyArray<readonly [string, (at: number, branching: Branching) => number, number]> = [
  ['max', (at, { max: greater }) => greater(at, 1), 1],
  ['min', (at, { min: less }) => less(at, 1), 1],
  ['abs', (at, { abs: size }) => size(at), 0],
  ['sign', (at, { sign: side }) => side(at), 0],
  ['floor', (at, { floor: whole }) => whole(at), 3],
  ['less', (at, { less }) => (less(at, 2) ? at : 2 * at), 2],
];

export const kinkLaws: LawSet = lawSet('kinks', [
  lawOf(
    'found',
    'at a kink nothing is said, and beside it the derivative of its side is found',
    kinked,
    ([name, expr, kink]) => {
      const said = byDifferences(applied(expr), noDraws, at1(kink), at1(1));
      const beside = [-0.01, 0.01].map((by) => byDifferences(applied(expr), noDraws, at1(kink + by), at1(1)));
      const dual = [-0.01, 0.01].map((by) => byDuals(applied(expr), noDraws, at1(kink + by), at1(1)));
      return all(
        same(undefined, said?.derivative, name),
        ...beside.map((estimate, i) =>
          holds(
            Math.abs((estimate?.derivative ?? NaN) - (dual[i] ?? NaN)) <= 1e-9 * (1 + Math.abs(dual[i] ?? NaN)),
            `${dual[i]}`,
            `${estimate?.derivative} beside ${name}`,
          ),
        ),
      );
    },
    { show: ([name]) => name },
  ),
  lawOf(
    'elementary functions have none',
    'the pieces that they are made of are not noted',
    table.map(({ name }) => name),
    (name) => {
      const ways = [0.3, 0.7, 1.4, 2.9].map(
        (point) => traced('f64', (ops) => ops.map(call(name)(x), { x: generate('f64', [1], () => point) })).trace,
      );
      return all(...ways.map((way) => holds(sameWay(ways[0] ?? [], way), 'one way', `another, for ${name}`)));
    },
  ),
  lawOf('the greatest changes', 'a maximum over an axis is a branch', [0], () => {
    const greatest = (first: number) =>
      traced('f64', (ops) =>
        ops.max(
          [0],
          generate('f64', [2], (i) => (i === 0 ? first : 1)),
        ),
      ).trace;
    return all(
      holds(!sameWay(greatest(0), greatest(2)), 'another way', 'the same'),
      holds(sameWay(greatest(0), greatest(0.5)), 'the same way', 'another'),
    );
  }),
  lawOf('what is told of two ways', 'the first decision that differs, and at which element', [0], () =>
    all(
      same(undefined, parting([{ what: 'abs', sides: [0, NaN] }], [{ what: 'abs', sides: [-0, NaN] }])),
      same('abs takes another side', parting([{ what: 'abs', sides: [1] }], [{ what: 'abs', sides: [0] }])),
      same(
        'abs takes another side at element 2',
        parting([{ what: 'abs', sides: [1, 1, NaN] }], [{ what: 'abs', sides: [1, 1, 1] }]),
      ),
      same('abs becomes max', parting([{ what: 'abs', sides: [1] }], [{ what: 'max', sides: [1] }])),
      same('1 decisions become 0', parting([{ what: 'abs', sides: [1] }], [])),
    ),
  ),
  lawOf(
    'excluded and reported, not passed',
    'of a claim right or wrong at a kink, every judge compares nothing, counts one, shows it, and does not acquit',
    kinked.flatMap(([name, expr, kink]) => judges.map((judge) => ({ name, expr, kink, judge }))),
    ({ name, expr, kink, judge }) => {
      const of = objectiveAt(applied(expr), at1(kink), { names: ['parameter'] });
      return all(
        ...[0, 1, 1e6].map((claimed) => {
          const check = checkJacobian(of, [[claimed]], { judge });
          const verdict = verdictOf(check, 1e-9);
          return all(
            same(0, check.checked, 'compared'),
            same(1, check.excluded.length, 'excluded'),
            holds(check.excluded[0]?.where === 'parameter', 'where', `${check.excluded[0]?.where}`),
            holds(check.excluded[0]?.why.startsWith('a kink: ') ?? false, 'a kink', `${check.excluded[0]?.why}`),
            holds(showCheck(check).includes('excluded parameter: a kink: '), 'shown', showCheck(check)),
            holds(isExcluded(verdict), 'excluded', `${JSON.stringify(verdict)} for ${name}`),
          );
        }),
      );
    },
    { show: ({ name, judge }) => `${name} by ${judge.name}` },
  ),
  lawOf(
    'plain functions tell theirs',
    'a branch that a function takes from its second argument is excluded at a kink and compared beside it',
    plainKinks,
    ([name, f, kink]) => {
      const at = (point: number) =>
        checkJacobian(
          plainFunction(([value = NaN], branching) => f(value, branching), [point]),
          [[0]],
        );
      return all(
        same('0 1', `${at(kink).checked} ${at(kink).excluded.length}`, name),
        same('1 0', `${at(kink + 0.25).checked} ${at(kink + 0.25).excluded.length}`, name),
      );
    },
    { show: ([name]) => name },
  ),
  law(
    'a kink that nobody tells of',
    'where the derivatives of a plain function from either side differ, it is excluded; of a smooth one nothing is',
    fc.record({
      jump: fc.integer({ min: 1, max: 1000 }).map((n) => n / 100),
      slope: fc.integer({ min: -300, max: 300 }).map((n) => n / 100),
      at: fc.integer({ min: -200, max: 200 }).map((n) => n / 64),
    }),
    ({ jump, slope, at }) => {
      const bend = (value: number) => slope * value + Math.sin(value);
      const bent = plainFunction(([value = NaN]) => bend(value) + jump * Math.abs(value - at), [at]);
      const smooth = plainFunction(([value = NaN]) => bend(value) + jump * (value - at) ** 2, [at]);
      const [kink, none] = [bent, smooth].map((of) => checkJacobian(of, [[slope + Math.cos(at)]]));
      return all(
        same('0 1', `${kink?.checked} ${kink?.excluded.length}`, 'the kink'),
        same('1 0', `${none?.checked} ${none?.excluded.length}`, 'the smooth one'),
        holds((none?.relativeError ?? NaN) <= 1e-9 + (none?.uncertainty ?? NaN), '1e-9', `${none?.relativeError}`),
      );
    },
  ),
  law(
    'a kink hides nothing beside it',
    'with one number at a kink, a wrong derivative in another is seen, and a right one passes',
    fc.record({
      at: fc.integer({ min: 1, max: 300 }).map((n) => n / 100),
      wrong: fc.constantFrom(-1, 1e-3, 2),
    }),
    ({ at, wrong }) => {
      const f = plainFunction(([a = NaN, b = NaN], branching) => branching.abs(a) + a * b + b ** 2, [0, at]);
      const [right, off] = [0, wrong].map((by) => checkJacobian(f, [[17, 2 * at * (1 + by)]]));
      return all(
        same('x[0]', right?.excluded.map(({ where }) => where).join(), 'excluded'),
        holds(right !== undefined && verdictOf(right, 1e-9) === undefined, 'held', `${right?.relativeError}`),
        same('x[1]', off?.worst?.where, 'where'),
        holds(off !== undefined && 'expected' in (verdictOf(off, 1e-9) ?? {}), 'seen', `${off?.relativeError}`),
      );
    },
  ),
]);
