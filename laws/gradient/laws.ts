/** Laws of what gradients are held against: it finds derivatives that are known, finds faults, and passes over no kink. */
import { type LawSet, lawSet } from '../law.ts';
import { faultLaws } from './own/faults.ts';
import { kinkLaws } from './own/kinks.ts';
import { methodLaws } from './own/methods.ts';
import { networkLaws } from './own/network.ts';
import { plainEdges } from './own/plain-edges.ts';
import { plainLaws } from './own/plain-functions.ts';
import { secondLaws } from './own/second.ts';
import { tangentLaws } from './own/tangents.ts';
import { targetLaws } from './own/targets.ts';

/** Laws of gradient checking. */
export const gradientLaws: LawSet = lawSet(
  'gradients',
  [],
  [methodLaws, tangentLaws, kinkLaws, plainLaws, plainEdges, faultLaws, secondLaws, networkLaws, targetLaws],
);
