/** What generators of data refuse, word for word, and what they do at the ends of their ranges. */
import * as Data from '../../src/data/index.ts';
import * as Key from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import type { Law } from '../law.ts';
import { saying } from '../reach/said.ts';

const key = Key.fromSeed(1);
const zeros = (...shape: readonly number[]): Tensor.Tensor => Tensor.zeros('f64', shape);
const inf = Number.POSITIVE_INFINITY;

export const generators: Law = saying('generators', 'refuse sizes, noises and temperatures that mean nothing', [
  [() => Data.frankeGrid(1), 'Data.frankeGrid: no grid of 1 × 1 points'],
  [() => Data.frankeGrid(2.5), 'Data.frankeGrid: no grid of 2.5 × 2.5 points'],
  [() => Data.frankeGrid(2), 'a result'],
  [() => Data.frankePoints({ rows: 0 })(key), 'Data.frankePoints: 0 rows, noise 0'],
  [() => Data.frankePoints({ rows: 1.5 })(key), 'Data.frankePoints: 1.5 rows, noise 0'],
  [() => Data.frankePoints({ rows: 1, noise: -1 })(key), 'Data.frankePoints: 1 rows, noise -1'],
  [() => Data.frankePoints({ rows: 1, noise: inf })(key), 'Data.frankePoints: 1 rows, noise Infinity'],
  [() => Data.frankePoints({ rows: 1 })(key), 'a result'],
  [() => Data.spirals({ perClass: 0 }), 'Data.spirals: 0 rows a class, noise 0, 1.5 turns'],
  [() => Data.spirals({ perClass: 0.5 }), 'Data.spirals: 0.5 rows a class, noise 0, 1.5 turns'],
  [() => Data.spirals({ perClass: 1, noise: -1 }), 'Data.spirals: 1 rows a class, noise -1, 1.5 turns'],
  [() => Data.spirals({ perClass: 1, noise: inf }), 'Data.spirals: 1 rows a class, noise Infinity, 1.5 turns'],
  [() => Data.spirals({ perClass: 1, turns: inf }), 'Data.spirals: 1 rows a class, noise 0, Infinity turns'],
  [() => Data.spirals({ perClass: 1 })(key), 'a result'],
]);

const chain = { size: 2, temperatures: [2], perTemperature: 1 };

export const lattices: Law = saying('lattices', 'are square, of at least 2 × 2, at temperatures above 0', [
  [() => Data.Ising.sample({ ...chain, size: 1 }), 'Ising.sample: 1 is not the side of a lattice'],
  [() => Data.Ising.sample({ ...chain, size: 2.5 }), 'Ising.sample: 2.5 is not the side of a lattice'],
  [() => Data.Ising.sample({ ...chain, size: 2 ** 15 }), 'Ising.sample: 32768 is not the side of a lattice'],
  [() => Data.Ising.sample({ ...chain, size: 2 ** 15 - 1 }), 'a result'],
  [() => Data.Ising.sample({ ...chain, temperatures: [2, 0] }), 'Ising.sample: 0 is not a temperature above 0'],
  [() => Data.Ising.sample({ ...chain, temperatures: [inf] }), 'Ising.sample: Infinity is not a temperature above 0'],
  [() => Data.Ising.sample({ ...chain, perTemperature: 0 }), 'Ising.sample: 0 configurations 5 sweeps apart'],
  [() => Data.Ising.sample({ ...chain, perTemperature: 1.5 }), 'Ising.sample: 1.5 configurations 5 sweeps apart'],
  [() => Data.Ising.sample({ ...chain, sweeps: 0 }), 'Ising.sample: 1 configurations 0 sweeps apart'],
  [() => Data.Ising.sample({ ...chain, sweeps: inf }), 'Ising.sample: 1 configurations Infinity sweeps apart'],
  [() => Data.Ising.sample(chain)(key), 'a result'],
  [() => Data.Ising.transformRows(key)(zeros(1, 3)), 'Ising.transformRows: [1,3] is not [rows, L²]'],
  [() => Data.Ising.transformRows(key)(zeros(4)), 'Ising.transformRows: [4] is not [rows, L²]'],
  [() => Data.Ising.transformRows(key)(zeros(2, 4, 3)), 'Ising.transformRows: [2,4,3] is not [rows, L²]'],
  [() => Data.Ising.transformRows(key)(zeros(1, 0)), 'Ising.transformRows: [1,0] is not [rows, L²]'],
  [() => Data.Ising.transformRows(key)(zeros(1, 1)), 'a result'],
]);
