/** The two-dimensional Ising model. */
export {
  type Configurations,
  criticalTemperature,
  energies,
  magnetisations,
  toTensor,
  transformRows,
} from './configurations.ts';
export { type IsingOptions, sample } from './wolff.ts';
