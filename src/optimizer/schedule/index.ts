/** Learning rates as functions of the step count. */
export { type CosineConfig, type CosineWithRestartsConfig, cosine, cosineWithRestarts } from './cosine.ts';
export {
  type ConstantConfig,
  constant,
  type ExponentialConfig,
  exponential,
  type InverseTimeConfig,
  inverseTime,
  type MultiStepConfig,
  multiStep,
  type PolynomialConfig,
  polynomial,
  type StepConfig,
  step,
} from './decays.ts';
export { decode } from './decode.ts';
export { type JoinConfig, join } from './join.ts';
export { type ReduceOnPlateauConfig, reduceOnPlateau } from './plateau.ts';
export { schedules as registry } from './registry.ts';
export type { Plateau, Rate, Schedule, ScheduleDescription } from './schedule.ts';
export { type LinearWarmupConfig, linearWarmup, type OneCycleConfig, oneCycle } from './warmup.ts';
