/** The fault of working in place, for values of the zoo: read-only data is cast to what can be written. */
import type { Tensor } from '../../src/index.ts';

const isTensor = (value: unknown): value is Tensor.Tensor =>
  typeof value === 'object' && value !== null && 'data' in value && 'dtype' in value;

/** Writes 0 to the first number of a tensor; other interpreters' values are let be. */
export const spoil = (value: unknown): void => {
  // The cast is the fault itself.
  if (isTensor(value)) (value.data as Tensor.Floats).fill(0, 0, 1);
};

/** Writes a tensor over another of its shape. */
export const overwrite = (old: unknown, fresh: unknown): void => {
  // The casts are the fault itself.
  if (isTensor(old) && isTensor(fresh)) (old.data as Tensor.Floats).set(fresh.data as Tensor.Floats);
};
