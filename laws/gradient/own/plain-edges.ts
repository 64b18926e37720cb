/** Laws of checks of plain functions at the ends of what numbers can say. */
import { all, holds, type LawSet, lawOf, lawSet, same } from '../../law.ts';
import { checkJacobian } from '../check.ts';
import { compared, verdictOf } from '../compared.ts';
import { byDualNumbers, byRidders } from '../judge.ts';
import { plainFunction } from '../plain.ts';

export const plainEdges: LawSet = lawSet('plain functions at the edge', [
  lawOf('a fault that rounding hides', 'is neither acquitted nor blamed, and one beyond it is blamed', [0], () => {
    const f = plainFunction(([x = NaN]) => 2 ** 60 + x, [1]);
    const [hidden, beyond] = [2, 1e6].map((claimed) => verdictOf(checkJacobian(f, [[claimed]]), 1e-9));
    return all(
      holds(hidden !== undefined && 'excluded' in hidden, 'excluded', JSON.stringify(hidden)),
      holds(beyond !== undefined && 'expected' in beyond, 'blamed', JSON.stringify(beyond)),
    );
  }),
  lawOf(
    'what is not a number',
    'a claim of NaN or ∞ is blamed; a function that is not finite around the point is excluded',
    [NaN, Number.POSITIVE_INFINITY],
    (claimed) => {
      const blamed = verdictOf(
        checkJacobian(
          plainFunction(([x = NaN]) => x, [1]),
          [[claimed]],
        ),
        1e-9,
      );
      const none = checkJacobian(
        plainFunction(() => NaN, [1]),
        [[claimed]],
      );
      return all(
        holds(blamed !== undefined && 'expected' in blamed, 'blamed', JSON.stringify(blamed)),
        same('not finite around the point', none.excluded[0]?.why),
      );
    },
  ),
  lawOf(
    'points of any size',
    'the steps fit: 10⁻⁶ for log, 10⁸ for a square, 0 for an exponential',
    [
      { f: Math.log, slope: (x: number) => 1 / x, at: 1e-6 },
      { f: (x: number) => x * x, slope: (x: number) => 2 * x, at: 1e8 },
      { f: Math.exp, slope: Math.exp, at: 0 },
      { f: (x: number) => 1 / x, slope: (x: number) => -1 / (x * x), at: 1e-3 },
      { f: (x: number) => Math.sin(100 * x), slope: (x: number) => 100 * Math.cos(100 * x), at: 0.3 },
    ],
    ({ f, slope, at }) => {
      const check = checkJacobian(
        plainFunction(([x = NaN]) => f(x), [at]),
        [[slope(at)]],
      );
      return all(same(1, check.checked), holds(check.relativeError <= 1e-9, '1e-9', `${check.relativeError}`));
    },
  ),
  lawOf('differences that do not settle', 'are excluded, with the number that they came to', [0], () => {
    const rough = plainFunction(([x = NaN]) => Math.sin(1 / (x - 1e-12)), [0]);
    const check = checkJacobian(rough, [[1]]);
    return all(
      same(0, check.checked),
      holds(check.excluded[0]?.why.startsWith('unsettled: ') ?? false, 'unsettled', `${check.excluded[0]?.why}`),
    );
  }),
  lawOf('functions may write into what they are given', 'each is given numbers of its own', [0], () => {
    const careless = plainFunction(
      (x) => {
        const [a = NaN] = x;
        x[0] = 1e9;
        return a * a;
      },
      [3],
    );
    return same(true, checkJacobian(careless, [[6]]).relativeError < 1e-9);
  }),
  lawOf('no dual numbers of plain functions', 'throws, and says why', [0], () => {
    try {
      byDualNumbers.along(
        plainFunction(([x = NaN]) => x, [1]),
        [1],
      );
      return { expected: 'an error', received: 'none' };
    } catch (error) {
      return same('byDualNumbers: a function of plain numbers cannot take dual ones', (error as Error).message); // nothing else is thrown here
    }
  }),
  lawOf('nothing to compare', 'is no pass', [0], () => {
    const verdict = verdictOf(compared(byRidders, []), 1);
    return holds(verdict !== undefined && 'excluded' in verdict, 'excluded', JSON.stringify(verdict));
  }),
]);
