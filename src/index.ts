/**
 * nabla-ts: neural networks as pure values, in namespaces.
 *
 * Nothing here touches Node: all of it runs in a browser as it is.
 */
export * as Data from './data/index.ts';
export * as Engine from './engine/index.ts';
export * as Activation from './layer/activations.ts';
export * as Layer from './layer/index.ts';
export * as Initialiser from './layer/initialiser/index.ts';
export * as Loss from './loss/index.ts';
export * as Penalty from './loss/penalty.ts';
export * as Ops from './ops/index.ts';
export * as Optimizer from './optimizer/index.ts';
export * as Schedule from './optimizer/schedule/index.ts';
export * as Transform from './optimizer/transform/index.ts';
export * as Expr from './scalar/index.ts';
export * as Curve from './search/curve/index.ts';
export * as Fold from './search/fold/index.ts';
export * as Interval from './search/interval/index.ts';
export * as Search from './search/search/index.ts';
export * as Space from './search/space/index.ts';
export * as Trial from './search/trial/index.ts';
export * as Failure from './tensor/failure.ts';
export * as Tensor from './tensor/index.ts';
export type { Json } from './tensor/json.ts';
export * as Key from './tensor/key.ts';
export * as Shape from './tensor/shape.ts';
export * as Tree from './tensor/tree.ts';
export * as Approximation from './train/approximation/index.ts';
export * as Train from './train/index.ts';
export * as Inspect from './train/inspect/index.ts';
export * as Metric from './train/metrics/index.ts';
export * as Network from './train/network/index.ts';
