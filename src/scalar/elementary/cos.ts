/** The cosine of an angle in radians. */

import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { sineFromQuarter } from './trigonometric.ts';

export const cos: UnaryDefinition = both((dtype): UnaryBody => sineFromQuarter(dtype, 1));
