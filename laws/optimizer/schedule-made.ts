/** Schedules of descriptions. */

import * as E from 'fp-ts/lib/Either.js';
import { isSchedule } from '../../src/optimizer/rate.ts';
import { decode } from '../../src/optimizer/schedule/decode.ts';
import type { Plateau, Schedule } from '../../src/optimizer/schedule/schedule.ts';
import { show } from '../../src/tensor/failure.ts';
import type { Description } from './configs.ts';

export const u = 2 ** -53;

const decoded = (description: Description): Schedule | Plateau => {
  const rate = decode()(description);
  if (E.isLeft(rate)) throw new Error(show(rate.left));
  return rate.right;
};

export const scheduleMade = (description: Description): Schedule => {
  const rate = decoded(description);
  if (!isSchedule(rate)) throw new Error(`${description.kind} watches a metric`);
  return rate;
};

export const plateauMade = (description: Description): Plateau => {
  const rate = decoded(description);
  if (isSchedule(rate)) throw new Error(`${description.kind} watches no metric`);
  return rate;
};

export const numberIn = (description: Description, name: string): number => {
  const value = description[name];
  if (typeof value !== 'number') throw new Error(`${description.kind} has no number "${name}"`);
  return value;
};
