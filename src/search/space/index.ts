/** What a search may try: spaces of hyperparameters as values. */
export { codec, decode, encode } from './codec.ts';
export {
  type Bounds,
  type Choice,
  type Conditional,
  choice,
  type Dimension,
  type Dimensions,
  type Fixed,
  fixed,
  type Integer,
  integer,
  type LogUniform,
  logUniform,
  type Simple,
  type Uniform,
  uniform,
  when,
} from './dimension.ts';
export { type Grid, grid, type Levels, size } from './grid.ts';
export { coordinates, fromUnit, sample, toUnit } from './sample.ts';
export { make, type Point, type PointOf, type Space, type ValueOf, within } from './space.ts';
