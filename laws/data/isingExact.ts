/** What is known exactly of the Ising model: the enumeration of small lattices, and Kaufman's partition function. */
import { logSum } from './chernoff.ts';

/** The energy and |magnetisation| of a site, from a list of bonds: each site with the next in its row and in its column. */
export const measured = (
  spins: readonly number[],
  size: number,
): { readonly energy: number; readonly order: number } => {
  const site = (i: number, j: number): number => spins[(i % size) * size + (j % size)] ?? Number.NaN;
  const bonds = spins.flatMap((s, k) => [
    s * site(Math.floor(k / size), (k % size) + 1),
    s * site(Math.floor(k / size) + 1, k % size),
  ]);
  return {
    energy: -bonds.reduce((a, b) => a + b, 0) / spins.length,
    order: Math.abs(spins.reduce((a, b) => a + b, 0)) / spins.length,
  };
};

export interface Level {
  readonly energy: number;
  readonly order: number;
  readonly count: number;
}

/** All 2^(L²) configurations, those of equal energy and order counted together. */
const levels = (size: number): readonly Level[] => {
  const sites = size * size;
  const found = new Map<string, Level>();
  for (let bits = 0; bits < 2 ** sites; bits++) {
    const level = measured(
      Array.from({ length: sites }, (_, k) => ((bits >> k) & 1 ? 1 : -1)),
      size,
    );
    const name = `${level.energy} ${level.order}`;
    found.set(name, { ...level, count: (found.get(name)?.count ?? 0) + 1 });
  }
  return [...found.values()];
};
const cached = new Map<number, readonly Level[]>();
/** The same, counted once a size. */
export const levelsOf = (size: number): readonly Level[] => {
  const all = cached.get(size) ?? levels(size);
  cached.set(size, all);
  return all;
};

/** log E exp(s·X) over the exact distribution at a temperature. */
export const enumerated =
  (size: number, temperature: number, of: (level: Level) => number) =>
  (s: number): number => {
    const weight = (level: Level): number => Math.log(level.count) - (level.energy * size * size) / temperature;
    return logSum(levelsOf(size).map((l) => weight(l) + s * of(l))) - logSum(levelsOf(size).map(weight));
  };

/**
 * The logarithm of the partition function of an n × n periodic lattice at coupling K = J/T (B. Kaufman, *Crystal
 * statistics II*, Physical Review 76, 1232, 1949): Z = ½(2 sinh 2K)^(n²/2)·Σ of four products over q < n, of 2 cosh and
 * 2 sinh of nγ/2 at odd and at even γ, where cosh γ_l = cosh 2K·coth 2K − cos(πl/n) and γ_0 = 2K + log tanh K.
 */
export const kaufman = (n: number, k: number): number => {
  const gamma = (l: number): number =>
    l === 0
      ? 2 * k + Math.log(Math.tanh(k))
      : Math.acosh(Math.cosh(2 * k) / Math.tanh(2 * k) - Math.cos((Math.PI * l) / n));
  const half = (l: number): number => (n * gamma(l)) / 2;
  const logCosh = (x: number): number => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x)));
  const logSinh = (x: number): number => Math.abs(x) + Math.log1p(-Math.exp(-2 * Math.abs(x)));
  const product = (log: (x: number) => number, first: number): number =>
    Array.from({ length: n }, (_, q) => log(half(2 * q + first))).reduce((a, b) => a + b, 0);
  const terms = [product(logCosh, 1), product(logSinh, 1), product(logCosh, 0), product(logSinh, 0)];
  const top = Math.max(...terms);
  const signs = [1, 1, 1, Math.sign(gamma(0))];
  const sum = terms.reduce((total, term, i) => total + (signs[i] ?? 1) * Math.exp(term - top), 0);
  return -Math.log(2) + ((n * n) / 2) * Math.log(2 * Math.sinh(2 * k)) + top + Math.log(sum);
};

/** log E exp(s·energy of a site) from the partition function: weights exp(−E/T) and exp(−E/T + sE/n²). */
export const exact =
  (n: number, temperature: number) =>
  (s: number): number =>
    kaufman(n, 1 / temperature - s / (n * n)) - kaufman(n, 1 / temperature);
