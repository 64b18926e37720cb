/** Samples for laws: shapes, tensors, keys, layers, networks and what is fed to them. All shrink to what can be read. */
export * from './configs.ts';
export * from './keys.ts';
export * from './layers.ts';
export * from './networks.ts';
export * from './plans.ts';
export * from './rounded.ts';
export * from './shapes.ts';
export * from './spaces.ts';
export * from './targets.ts';
export * from './tensors.ts';
