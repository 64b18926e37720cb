/** Inspection: what goes on inside a network, on a batch and over a run, and what is wrong with it. */
export { type Asked, batch, type Inspection, pass } from './batch.ts';
export { type Diagnosis, diagnose, type OwnLimits } from './diagnose.ts';
export type { Evidence, Fault, Finding } from './finding.ts';
export { type ColumnStatistics, columns } from './inputs.ts';
export { LIMITS, type Limit, type LimitName } from './limits.ts';
export type { LayerPass, ParameterPass, Pass } from './pass.ts';
export { epochs, type Inspected, type LayerRow, state, table } from './run.ts';
export type { LayerStatistics } from './statistics.ts';
