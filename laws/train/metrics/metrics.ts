/** The laws of metrics: each against its definition counted out, the invariances that the definitions imply, and what has
 * no value. */
import { type LawSet, lawSet } from '../../law.ts';
import { calibration } from './calibration.ts';
import { classification } from './classification.ts';
import { metricsByThePack } from './pack.ts';
import { refusing } from './refusing.ts';
import { regression } from './regression.ts';
import { values } from './values.ts';

/** The laws of metrics. */
export const metricLaws: LawSet = lawSet(
  'metrics',
  [...classification, ...regression, ...calibration, ...refusing, values],
  [metricsByThePack],
);
