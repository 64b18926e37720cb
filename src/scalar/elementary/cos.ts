/**
 * The cosine of an angle in radians.
 *
 * Formula, domain and source as for `sin`. Measured error: 0.90 ulp in f32, 0.90 ulp in f64.
 */
import { both } from './both.ts';
import type { UnaryBody, UnaryDefinition } from './definition.ts';
import { sineFromQuarter } from './trigonometric.ts';

export const cos: UnaryDefinition = both((dtype): UnaryBody => sineFromQuarter(dtype, 1));
