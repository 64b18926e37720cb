/** The laws of anybody's values, each subject by its name: `laws.layer(mine)`, `laws.loss(mine)`, … */
export * from './activation.ts';
export * from './initialiser.ts';
export * from './layer.ts';
export * from './loss.ts';
export * from './ops.ts';
export * from './optimizer.ts';
