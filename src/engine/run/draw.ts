/** Randomness that a plan takes as input: keys of its masks, and normal draws. */
import * as Key from '../../tensor/key.ts';
import type { Plan } from '../plan.ts';
import { type Machine, write } from './machine.ts';

/** Writes what each site of a plan draws from a key: `key 0`, … for masks, `normal 0 4,3`, … with their shape. */
export const draw = (machine: Machine, { dtype, inputs }: Plan, key: Key.Key): void => {
  for (const [name, place] of inputs) {
    const [kind, site] = name.split(' ');
    if (kind === 'key') machine.words().set(Key.foldIn(Number(site))(key).words, place.at / 4);
    if (kind === 'normal') write(machine, place, Key.normal(place.shape, dtype)(Key.foldIn(Number(site))(key)));
  }
};
