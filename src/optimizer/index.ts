/** Update rules: optimizers as reducers. */
export * from './optimizer.ts';
export { fromRule, type Rule, type StepOf } from './rule.ts';
export { type AdamConfig, type AdamWConfig, adam, adamW } from './rules/adam.ts';
export { type GradientDescentConfig, gradientDescent } from './rules/gradientDescent.ts';
export type { AdamEpsilon, Decayed } from './rules/moments.ts';
export { type MomentumConfig, momentum, type NesterovConfig, nesterov, type VelocityOf } from './rules/momentum.ts';
