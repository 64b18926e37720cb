/** Gradients held against differences and dual numbers. Nothing here needs fast-check. */
export * from './branches.ts';
export {
  type CheckOptions,
  checkDirections,
  checkJacobian,
  checkProducts,
  type DirectionOptions,
} from './check.ts';
export * from './check-claim.ts';
export * from './check-gradient.ts';
export { type Claim, type LayerRun, layerClaim, networkClaim, type PlacedLayer } from './claim.ts';
export { type DerivativeCheck, type Exclusion, showCheck, verdictOf } from './compared.ts';
export {
  type Computation,
  type ComputationOptions,
  computationAt,
  type Interpreter,
  type Objective,
  objectiveAt,
} from './computation.ts';
export * from './differences.ts';
export type { Differentiable, Reading } from './differentiable.ts';
export { byDifferences, byDuals } from './directional.ts';
export * from './dual.ts';
export type { Estimate, Method, Sample } from './estimate.ts';
export * from './judge.ts';
export * from './plain.ts';
export * from './ridders.ts';
export * from './second-order.ts';
export * from './tangent.ts';
