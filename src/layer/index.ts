/** Layers: what networks are composed of. */

export type { EmptyForm, LeafForm, RecordForm } from '../tensor/tree.ts';
export { activation, type Elementwise, elementwise } from './activation.ts';
export * from './alphaDropout.ts';
export * from './batchNorm.ts';
export * from './context.ts';
export * from './dense.ts';
export * from './dropout.ts';
export * from './gaussianDropout.ts';
export * from './gaussianNoise.ts';
export * from './identity.ts';
export { type Encoded, type Kind, kind, type Registry } from './kind.ts';
export type {
  Child,
  Context,
  Declaration,
  Description,
  Layer,
  Part,
  Pulled,
  Run,
  Sighting,
  Spec,
  Unshaped,
} from './layer.ts';
export { none, noValues, plain } from './layer.ts';
export * from './layerNorm.ts';
export { decodeLayer as decode, encodeLayer as encode } from './network-codec.ts';
export { parallel, parallelOf } from './parallel.ts';
export * from './registry.ts';
export * from './reshape.ts';
export { residual } from './residual.ts';
export { sequential, sequentialOf } from './sequential.ts';
export * from './softmax.ts';
export * from './some.ts';
