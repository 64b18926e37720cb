/** The laws of the tensor algebra, held by the reference. */
import { type LawSet, lawSet } from '../law.ts';
import { linearLaws } from './linear.ts';
import { mapLaws } from './map.ts';
import { movementLaws } from './movement.ts';
import { orderLaws } from './order.ts';
import { refusalLaws } from './refusals.ts';

export const opsLaws: LawSet = lawSet(
  'tensor algebra',
  [],
  [movementLaws, linearLaws, orderLaws, mapLaws, refusalLaws],
);
