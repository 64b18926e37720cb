/** Searches for hyperparameters: reducers over a history that is plain data. */
export { asynchronousHalving } from './asynchronousHalving.ts';
export { best, bestSoFar } from './best.ts';
export { historyCodec } from './codec.ts';
export { decode, type ReadSearch, registry } from './decode.ts';
export { type HalvingConfig, type HyperbandConfig, hyperband, successiveHalving } from './halving.ts';
export {
  begin,
  type Event,
  type Failed,
  type Finished,
  failed,
  finished,
  type History,
  type Known,
  type Measured,
  pending,
  type Result,
  type Started,
  spent,
  started,
  type Trial,
  trials,
} from './history.ts';
export { importance } from './importance.ts';
export { type GridConfig, grid, quasiRandom, type RandomConfig, random } from './random.ts';
export { replay } from './replay.ts';
export { type Objective, type RunOptions, run } from './run.ts';
export type { RungConfig } from './rungs.ts';
export type { Search, Suggestion } from './search.ts';
export { type TreeParzenConfig, treeParzen } from './treeParzen.ts';
