/** Universal approximation by construction: networks whose distance from a function is proven, not trained. */
export type { Approximated } from './lipschitz.ts';
export type { Approximation, HiddenForm, HiddenState } from './network.ts';
export { piecewiseLinear } from './piecewiseLinear.ts';
export { type Steps, staircase } from './staircase.ts';
