/** Spin configurations, what is measured on them, and the symmetries that make new ones of them. */
import type { Dtype } from '../../scalar/dtype.ts';
import { evaluate } from '../../scalar/evaluate.ts';
import * as Scalar from '../../scalar/expr.ts';
import type { Key } from '../../tensor/key.ts';
import { show as showShape } from '../../tensor/shape.ts';
import { adopt, buffer, generate, type Tensor } from '../../tensor/tensor.ts';
import { wordStream } from './words.ts';

/** Configurations of spins ±1 on a periodic square lattice, one after the other, a byte a spin. */
export interface Configurations {
  /** The side L of the lattice. */
  readonly size: number;
  /** The temperature of each configuration, in units of J/k. */
  readonly temperatures: readonly number[];
  /** Site (i, j) of configuration c is at (c·L + i)·L + j. */
  readonly spins: ArrayLike<number>;
}

/**
 * Onsager's critical temperature of the infinite lattice, 2 / ln(1 + √2), in units of J/k (L. Onsager, *Crystal
 * statistics I*, Physical Review 65, 117, 1944).
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.Ising.criticalTemperature() // => 2.269185314213022
 * ```
 */
export const criticalTemperature: () => number = () =>
  evaluate('f64')(Scalar.divide(2, Scalar.log(Scalar.add(1, Scalar.sqrt(2)))))({});

/**
 * The spins as a tensor [configurations, L²] of ±1.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 *
 * const all = { size: 2, temperatures: [1], spins: [1, 1, -1, 1] };
 * Tensor.toRows(Data.Ising.toTensor(all)) // => [[1, 1, -1, 1]]
 * ```
 */
export const toTensor = ({ size, temperatures, spins }: Configurations, dtype: Dtype = 'f32'): Tensor =>
  generate(dtype, [temperatures.length, size * size], (i) => spins[i] ?? Number.NaN);

const each = ({ size, temperatures }: Configurations, measure: (start: number) => number): readonly number[] =>
  temperatures.map((_, c) => measure(c * size * size));

/**
 * The magnetisation a site of each configuration: the mean spin, in [−1, 1].
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.Ising.magnetisations({ size: 2, temperatures: [1], spins: [1, 1, -1, 1] }) // => [0.5]
 * ```
 */
export const magnetisations = (all: Configurations): readonly number[] => {
  const sites = all.size * all.size;
  return each(all, (start) => {
    let sum = 0;
    for (let i = 0; i < sites; i++) sum += all.spins[start + i] ?? Number.NaN;
    return sum / sites;
  });
};

/**
 * The energy a site of each configuration, −J Σ s·s′ / L² over the 2L² bonds of each site to its right and lower
 * neighbour, in [−2, 2] units of J.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Data.Ising.energies({ size: 2, temperatures: [1], spins: [1, 1, 1, 1] }) // => [-2]
 * ```
 */
export const energies = (all: Configurations): readonly number[] => {
  const { size, spins } = all;
  return each(all, (start) => {
    let sum = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        sum +=
          (spins[start + i * size + j] ?? Number.NaN) *
          ((spins[start + i * size + ((j + 1) % size)] ?? Number.NaN) +
            (spins[start + ((i + 1) % size) * size + j] ?? Number.NaN));
    return -sum / (size * size);
  });
};

/**
 * Applies to each row of a tensor [rows, L²] a symmetry of the lattice drawn from the key: one of the L² translations,
 * and a flip of all spins or none. What it gives is as likely at any temperature, so that it makes fresh examples for
 * nothing. Throws where the rows are not square lattices.
 *
 * @example
 * ```ts
 * import { Data, Key, Tensor } from 'nabla-ts';
 *
 * const row = Data.Ising.transformRows(Key.fromSeed(1))(Tensor.full('f32', [1, 4], 1));
 * new Set(Tensor.toArray(row)).size // => 1
 * ```
 */
export const transformRows =
  (key: Key) =>
  (rows: Tensor): Tensor => {
    const [count = 0, sites = 0] = rows.shape;
    const size = Math.round(Math.sqrt(sites));
    if (rows.shape.length !== 2 || size < 1 || size * size !== sites)
      throw new RangeError(`Ising.transformRows: ${showShape(rows.shape)} is not [rows, L²]`);
    const next = wordStream(key);
    const data = buffer(rows.dtype, rows.data.length);
    for (let row = 0; row < count; row++) {
      const down = Math.floor(next() * size * 2 ** -32);
      const right = Math.floor(next() * size * 2 ** -32);
      const sign = 1 - 2 * Math.floor(next() * 2 ** -31);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          data[row * sites + ((i + down) % size) * size + ((j + right) % size)] =
            sign * (rows.data[row * sites + i * size + j] ?? Number.NaN);
    }
    return adopt(rows.shape, data);
  };
