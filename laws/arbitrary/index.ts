/** Samples for laws: shapes, tensors, keys and layers. */
export * from './keys.ts';
export * from './layers.ts';
export * from './shapes.ts';
export * from './tensors.ts';
