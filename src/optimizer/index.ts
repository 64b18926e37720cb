/** Update rules: optimizers as reducers. */

export { decode } from './decode.ts';
export type { Kind, Registry } from './kind.ts';
export { type LbfgsConfig, lbfgs } from './lbfgs/lbfgs.ts';
export * from './optimizer.ts';
export { registry } from './registry.ts';
export { fromRule, type Rule, type StepOf } from './rule.ts';
export { type AdadeltaConfig, adadelta } from './rules/adadelta.ts';
export { type AdagradConfig, type AdagradMomentumConfig, adagrad, adagradMomentum } from './rules/adagrad.ts';
export { type AdamConfig, type AdamWConfig, adam, adamW } from './rules/adam.ts';
export { type AdamaxConfig, type AdamaxEpsilon, adamax } from './rules/adamax.ts';
export { type AmsgradConfig, type AmsgradCorrection, amsgrad } from './rules/amsgrad.ts';
export type { EpsilonPlacement } from './rules/epsilon.ts';
export { type GradientDescentConfig, gradientDescent } from './rules/gradientDescent.ts';
export { type LionConfig, lion } from './rules/lion.ts';
export type { AdamEpsilon, Decayed } from './rules/moments.ts';
export { type MomentumConfig, momentum, type NesterovConfig, nesterov, type VelocityOf } from './rules/momentum.ts';
export { type NadamConfig, nadam } from './rules/nadam.ts';
export { type RadamConfig, radam } from './rules/radam.ts';
export { type RmspropConfig, rmsprop } from './rules/rmsprop.ts';
