/** The laws of anybody's values, each subject by its name: `laws.layer(mine)`, `laws.loss(mine)`, … */
export * from './activation.ts';
export * from './codec.ts';
export * from './engine.ts';
export * from './eq.ts';
export * from './initialiser.ts';
export * from './layer.ts';
export * from './loss.ts';
export * from './metric.ts';
export * from './monoid.ts';
export * from './network.ts';
export * from './ops.ts';
export * from './optimizer.ts';
export * from './scaler.ts';
export * from './schedule.ts';
export * from './split.ts';
export * from './training.ts';
export * from './transform.ts';
