/** The marks of what is watched: vectors at the beginning of memory that are 0 as long as all was finite. */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Machine } from './machine.ts';

/** Bytes of a mark. */
const MARK = 16;

/** Sets a mark to 0. */
export const clear = ({ floats }: Machine, slot: number): void => {
  const width = MARK / 8;
  floats('f64').fill(0, slot * width, (slot + 1) * width);
};

/** Whether something that is watched was not finite since the mark was cleared. */
export const isMarked = ({ floats }: Machine, dtype: Dtype, slot: number): boolean => {
  const lanes = floats(dtype);
  const width = MARK / (dtype === 'f32' ? 4 : 8);
  for (let i = slot * width; i < (slot + 1) * width; i++) if (lanes[i] !== 0) return true;
  return false;
};
