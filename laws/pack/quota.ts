/** A share of a count. */
import { holds, type Verdict } from '../law.ts';

/** Holds when a size is a share rounded down or up; rounding of the share itself may carry a whole number across. */
export const downOrUp = (size: number, quota: number, where: string): Verdict =>
  holds(
    size >= Math.floor(quota - 1e-9) && size <= Math.ceil(quota + 1e-9),
    `${quota}, rounded down or up`,
    `${size}`,
    where,
  );
