/** Tensors, and their codec. */
export * from './tensor.ts';
export * from './tensor-codec.ts';
