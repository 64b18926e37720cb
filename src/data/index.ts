/** Data: parsers of bytes and text, tables and their encoding, splits, scaling, batches, and generators. */
export { batches, batchesInOrder } from './batches.ts';
export { type CsvOptions, parseCsv } from './csv.ts';
export { encodeFeatures, encodeTargets, hasTarget, type Targets } from './encodeTable.ts';
export * as Encoding from './encoding.ts';
export { type Fitted, minMax, type ScaleWarning, standardise } from './fitScaler.ts';
export { franke, frankeExpr, frankeGrid, frankePoints } from './franke.ts';
export { type Gate, gate, gates } from './gates.ts';
export { gunzip, isGzip } from './gunzip.ts';
export { parseIdx } from './idx.ts';
export { inferSchema, type SchemaOptions } from './inferSchema.ts';
export * as Ising from './ising/index.ts';
export { classNames, oneHot } from './oneHot.ts';
export * as Parts from './parts.ts';
export * as Scaler from './scaler.ts';
export * as Schema from './schema.ts';
export { type SpiralOptions, spirals } from './spirals.ts';
export * as Split from './split.ts';
export * as Table from './table.ts';
