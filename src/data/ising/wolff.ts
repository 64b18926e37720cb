/**
 * Configurations of the two-dimensional Ising model, drawn by Wolff's cluster algorithm (U. Wolff, *Collective Monte Carlo
 * updating for spin systems*, Physical Review Letters 62, 361, 1989): from a random site a cluster grows over equal
 * neighbours, each bond joining with probability 1 − exp(−2J/T), and is flipped. It has no slowing down to speak of at
 * the critical temperature.
 */
import { evaluate } from '../../scalar/evaluate.ts';
import * as Scalar from '../../scalar/expr.ts';
import { foldIn, type Key, split } from '../../tensor/key.ts';
import type { Configurations } from './configurations.ts';
import { wordStream } from './words.ts';

export interface IsingOptions {
  /** The side L of the square lattice, periodic in both directions; at least 2. */
  readonly size: number;
  /** In units of J/k, each above 0. */
  readonly temperatures: readonly number[];
  /** How many configurations to draw at each temperature. */
  readonly perTemperature: number;
  /** How many sites are flipped on average between two configurations, in units of the lattice (L² sites); 5 by default. */
  readonly sweeps?: number;
}

/** Sites flipped before the first configuration, in units of the lattice; as many again measure the mean cluster. */
const EQUILIBRATION = 50;

const bond = evaluate('f64')(Scalar.subtract(1, Scalar.exp(Scalar.divide(-2, Scalar.input('temperature')))));

/** The right, left, lower and upper neighbour of each site. */
const neighboursOf = (size: number): Int32Array =>
  Int32Array.from({ length: 4 * size * size }, (_, i) => {
    const row = Math.floor(i / 4 / size);
    const column = (i >> 2) % size;
    const step = [1, size - 1][i & 1] ?? 0;
    return (i & 2) === 0 ? row * size + ((column + step) % size) : ((row + step) % size) * size + column;
  });

/** One lattice at one temperature, started with all spins up; `flip` flips a cluster and says of how many sites. */
const lattice = (size: number, neighbours: Int32Array, temperature: number, key: Key) => {
  const sites = size * size;
  const next = wordStream(key);
  // A word is below p·2³² with probability p, up to 2⁻³².
  const joins = bond({ temperature }) * 2 ** 32;
  const spins = new Int8Array(sites).fill(1);
  const stack = new Int32Array(sites);
  const flip = (): number => {
    const seed = Math.floor(next() * sites * 2 ** -32);
    const spin = spins[seed] ?? 1;
    spins[seed] = -spin;
    stack[0] = seed;
    let waiting = 1;
    let flipped = 1;
    while (waiting > 0) {
      waiting -= 1;
      const site = stack[waiting] ?? 0;
      for (let i = 4 * site; i < 4 * site + 4; i++) {
        const neighbour = neighbours[i] ?? 0;
        if (spins[neighbour] === spin && next() < joins) {
          spins[neighbour] = -spin;
          stack[waiting] = neighbour;
          waiting += 1;
          flipped += 1;
        }
      }
    }
    return flipped;
  };
  return { spins, flip };
};

/**
 * Configurations of the Ising model on a periodic square lattice (J = 1, no field), those of each temperature together,
 * in the order of the temperatures. Each temperature has a chain of its own: it is equilibrated until 50 L² sites have
 * been flipped; the mean cluster is measured while as many are flipped again; then between any two configurations there
 * is the same number of clusters, so many that on average `sweeps`·L² sites are flipped. (The number is fixed beforehand:
 * to stop at a number of sites would favour configurations that follow a large cluster.) Each configuration is turned
 * over by a coin of its own, an exact symmetry, so that the two signs are equally likely also where clusters span the
 * lattice. Throws on a size below 2, a temperature that is not above 0, and counts that are not whole.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 *
 * const drawn = Data.Ising.sample({ size: 4, temperatures: [1.5, 3.5], perTemperature: 2 })(Key.fromSeed(1));
 * drawn.temperatures // => [1.5, 1.5, 3.5, 3.5]
 * drawn.spins.length // => 64
 * ```
 */
export const sample = ({ size, temperatures, perTemperature, sweeps = 5 }: IsingOptions) => {
  if (!(Number.isInteger(size) && size >= 2 && size < 2 ** 15))
    throw new RangeError(`Ising.sample: ${size} is not the side of a lattice`);
  for (const temperature of temperatures)
    if (!(temperature > 0 && Number.isFinite(temperature)))
      throw new RangeError(`Ising.sample: ${temperature} is not a temperature above 0`);
  if (!(Number.isInteger(perTemperature) && perTemperature >= 1 && sweeps > 0 && Number.isFinite(sweeps)))
    throw new RangeError(`Ising.sample: ${perTemperature} configurations ${sweeps} sweeps apart`);
  return (key: Key): Configurations => {
    const sites = size * size;
    const neighbours = neighboursOf(size);
    const all = new Int8Array(temperatures.length * perTemperature * sites);
    temperatures.forEach((temperature, t) => {
      const [moves = key, coins = key] = split(2)(foldIn(t)(key));
      const { spins, flip } = lattice(size, neighbours, temperature, moves);
      const coin = wordStream(coins);
      for (let flipped = 0; flipped < EQUILIBRATION * sites; ) flipped += flip();
      let clusters = 0;
      let measured = 0;
      for (; measured < EQUILIBRATION * sites; clusters++) measured += flip();
      const between = Math.max(1, Math.ceil((sweeps * sites * clusters) / measured));
      for (let c = 0; c < perTemperature; c++) {
        for (let i = 0; i < between; i++) flip();
        const sign = 1 - 2 * Math.floor(coin() * 2 ** -31);
        const start = (t * perTemperature + c) * sites;
        for (let site = 0; site < sites; site++) all[start + site] = sign * (spins[site] ?? 0);
      }
    });
    return {
      size,
      temperatures: temperatures.flatMap((temperature) => new Array<number>(perTemperature).fill(temperature)),
      spins: all,
    };
  };
};
