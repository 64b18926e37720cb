/** The laws of anybody's values, each subject by its name: `laws.layer(mine)`, `laws.loss(mine)`, … */
export * from './activation.ts';
export * from './engine.ts';
export * from './initialiser.ts';
export * from './layer.ts';
export * from './loss.ts';
export * from './network.ts';
export * from './ops.ts';
export * from './optimizer.ts';
export * from './schedule.ts';
export * from './training.ts';
export * from './transform.ts';
