/**
 * How near a gradient comes to what it is held against, over every number of it: on smooth networks in f64, of one to six
 * layers, 10⁻¹² by Ridders's extrapolation and 10⁻¹⁴ by dual numbers (relative, in the 2-norm).
 *
 * Some networks are so ill-conditioned that f64 cannot reach this: the differences of a saturated network cancel, and so do
 * its pullback's. There the error must not exceed a floor that is computed from the network alone, and the sample counts
 * as excluded. By differences it is what rounding does at the steps taken to values as uncertain as running error analysis
 * says, rather than to values rounded once; by dual numbers what that analysis says that rounding may do to the pullback,
 * twice, since the dual numbers round likewise.
 */
import { isExcluded, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { errors, exact, exactRandom } from '../../layer/error-ops.ts';
import { checkProducts } from '../check.ts';
import { checkClaim, claimedGradient } from '../check-claim.ts';
import type { Claim } from '../claim.ts';
import { type DerivativeCheck, showCheck, verdictOf } from '../compared.ts';
import { computationAt, numbersOf } from '../computation.ts';
import { norm } from '../differentiable.ts';
import { byDualNumbers } from '../judge.ts';
import { checkHessian, checkSymmetry } from '../second-order.ts';
import { networkOf, type SmoothNetwork, showNetwork, smoothNetworks } from './networks.ts';
import { U } from './table.ts';

/** The unit roundoff of f64 over that of f32, for which errors are analysed. */
const FROM_F32 = 2 ** -29;

/** What rounding may have done to the gradient in f64, relative to it: by running error analysis of its pullback. */
export const roundingOf = (claim: Claim): number => {
  const bounds = claim.gradient(
    { ops: errors, constant: exact, random: exactRandom(claim.random) },
    claim.points.map(exact),
  );
  const bound = norm(numbersOf(bounds.map(({ error }) => error)));
  return (bound * FROM_F32) / norm(claimedGradient(claim));
};

/** What rounding may have done to the number itself, over one rounding of its terms: by running error analysis. */
export const roundingsOf = ({ objective, points, random }: Claim): number => {
  const { value, terms } = objective({ ops: errors, constant: exact, random: exactRandom(random) }, points.map(exact));
  const magnitude = numbersOf([terms.value]).reduce((sum, term) => sum + Math.abs(term), 0);
  return ((value.error.data[0] ?? NaN) * FROM_F32) / (U * magnitude);
};

/** Within the target; or at the floor, and excluded; or neither. */
const reached = (check: DerivativeCheck, target: number, floor: () => number): Verdict => {
  if (check.excluded.length > 0)
    return { expected: 'every number compared', received: showCheck(check), where: check.excluded[0]?.where ?? '' };
  if (check.relativeError <= target) return undefined;
  const limit = floor();
  return check.relativeError <= limit
    ? { excluded: `rounding alone exceeds ${target} of this gradient` }
    : {
        expected: `at most ${target}, or the floor ${limit}`,
        received: showCheck(check),
        where: check.worst?.where ?? '',
        tolerance: `${target} of ‖gradient‖₂, the aim for smooth networks`,
      };
};

const options = (runs: number, formula: string) => ({ runs, show: showNetwork, formula });

const about = (judged: (claim: Claim) => Verdict) => (network: SmoothNetwork) => judged(networkOf(network));

export const targetLaws: LawSet = lawSet('smooth networks', [
  law(
    'the whole gradient by Ridders’s extrapolation',
    'a relative error of at most 10⁻¹² over all numbers, or the noise of differences of such values',
    smoothNetworks,
    about((claim) => {
      const check = checkClaim(claim);
      return reached(check, 1e-12, () => roundingsOf(claim) * check.noise);
    }),
    options(8, '‖∇_Ridders − ∇_pullback‖₂ ≤ 10⁻¹² ‖∇‖₂'),
  ),
  law(
    'the whole gradient by dual numbers',
    'a relative error of at most 10⁻¹⁴ over all numbers, or twice what rounding may do to the pullback',
    smoothNetworks,
    about((claim) => reached(checkClaim(claim, { judge: byDualNumbers }), 1e-14, () => 2 * roundingOf(claim))),
    options(20, '‖∇_dual − ∇_pullback‖₂ ≤ 10⁻¹⁴ ‖∇‖₂'),
  ),
  law(
    'the Hessian by dual numbers of dual numbers',
    'uᵀHv by dual numbers over the pullback is what dual numbers of dual numbers give without it, to 10⁻¹⁴, or 2⁸ times what rounding may do to the pullback',
    smoothNetworks,
    about((claim) => reached(checkHessian(claim), 1e-14, () => 2 ** 8 * roundingOf(claim))),
    options(15, '∂²F/∂u∂v = uᵀ(∂∇F/∂v)'),
  ),
  law(
    'the Hessian is symmetric',
    '⟨u, H·v⟩ = ⟨v, H·u⟩ to 10⁻¹⁴, or 2⁸ times what rounding may do to the pullback',
    smoothNetworks,
    about((claim) =>
      reached(
        checkSymmetry(computationAt(claim.gradient, claim.points, claim)),
        1e-14,
        () => 2 ** 8 * roundingOf(claim),
      ),
    ),
    options(15, '⟨u, H·v⟩ = ⟨v, H·u⟩'),
  ),
  law(
    'the Hessian by differences of the gradient',
    'H·v by dual numbers over the pullback is the derivative of the pullback by Ridders’s extrapolation, to 10⁻⁹, or the noise of differences of a pullback with such roundings',
    smoothNetworks,
    about((claim) => {
      const gradient = computationAt(claim.gradient, claim.points, claim);
      const check = checkProducts(gradient, (v) => gradient.dual?.(v) ?? [], { directions: 1 });
      const verdict = verdictOf(check, 1e-9);
      if (verdict === undefined || isExcluded(verdict)) return verdict;
      // The judge takes each number of the pullback for rounded once.
      return check.relativeError <= (roundingOf(claim) / U) * check.noise
        ? { excluded: 'rounding of the pullback alone exceeds 10⁻⁹ of its derivative' }
        : verdict;
    }),
    options(6, 'H·v = ∂∇F/∂v'),
  ),
]);
