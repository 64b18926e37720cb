/** The kinds of optimizers, transforms and schedules that this project has. */
import type { Registry } from './kind.ts';
import { lbfgsKind } from './lbfgs/lbfgs.ts';
import { adadeltaKind } from './rules/adadelta.ts';
import { adagradKind, adagradMomentumKind } from './rules/adagrad.ts';
import { adamKind, adamWKind } from './rules/adam.ts';
import { adamaxKind } from './rules/adamax.ts';
import { amsgradKind } from './rules/amsgrad.ts';
import { gradientDescentKind } from './rules/gradientDescent.ts';
import { lionKind } from './rules/lion.ts';
import { momentumKind, nesterovKind } from './rules/momentum.ts';
import { nadamKind } from './rules/nadam.ts';
import { radamKind } from './rules/radam.ts';
import { rmspropKind } from './rules/rmsprop.ts';
import { schedules } from './schedule/registry.ts';
import { transforms } from './transform/registry.ts';

/**
 * The kinds that a description may name, unless told. Spread it to add one's own.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Object.keys(Optimizer.registry.optimizers).includes('adam') // => true
 * ```
 */
export const registry: Registry = Object.freeze({
  optimizers: Object.freeze({
    gradientDescent: gradientDescentKind,
    momentum: momentumKind,
    nesterov: nesterovKind,
    adagrad: adagradKind,
    adagradMomentum: adagradMomentumKind,
    rmsprop: rmspropKind,
    adadelta: adadeltaKind,
    adam: adamKind,
    adamW: adamWKind,
    amsgrad: amsgradKind,
    nadam: nadamKind,
    adamax: adamaxKind,
    radam: radamKind,
    lion: lionKind,
    lbfgs: lbfgsKind,
  }),
  transforms,
  schedules,
});
