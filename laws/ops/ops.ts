/** The laws of the tensor algebra, held by the reference. */
import { reference } from '../../src/ops/reference/reference.ts';
import type { LawSet } from '../law.ts';
import { ops } from '../pack/ops.ts';

export const opsLaws: LawSet = ops({ ops: reference, write: (x) => x, read: (x) => x }, { name: 'tensor algebra' });
