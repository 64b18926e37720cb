/** Wolff's cluster algorithm transcribed: the configurations that the sampler must give. */
import { foldIn, fromSeed, type Key, split, threefry } from '../../src/tensor/key.ts';

/** The words of a key, one after another. */
export const wordsOf = ({ words }: Key): (() => number) => {
  let used = 0;
  return () => threefry(words, [used >> 1, 0])[used++ & 1] ?? NaN;
};

/** Wolff's algorithm once more, on rows and columns: as many words as bonds that are asked, in the order of the bonds. */
export const wolff = (
  size: number,
  temperatures: readonly number[],
  perTemperature: number,
  sweeps: number,
  seed: number,
): readonly number[] =>
  temperatures.flatMap((temperature, t) => {
    const [moves, coins] = split(2)(foldIn(t)(fromSeed(seed))).map(wordsOf);
    if (moves === undefined || coins === undefined) return [];
    const grid = Array.from({ length: size }, () => new Array<number>(size).fill(1));
    const spinAt = (i: number, j: number): number => grid[i]?.[j] ?? NaN;
    const turn = (i: number, j: number): void => {
      grid[i]?.splice(j, 1, -spinAt(i, j));
    };
    const cluster = (): number => {
      const site = Math.floor((moves() / 2 ** 32) * size * size);
      const [row, column] = [Math.floor(site / size), site % size];
      const spin = spinAt(row, column);
      turn(row, column);
      const waiting = [[row, column] as const];
      let turned = 1;
      for (let from = waiting.pop(); from !== undefined; from = waiting.pop())
        for (const [down, right] of [
          [0, 1],
          [0, -1],
          [1, 0],
          [-1, 0],
        ] as const) {
          const [i, j] = [(from[0] + down + size) % size, (from[1] + right + size) % size];
          if (spinAt(i, j) !== spin || moves() / 2 ** 32 >= 1 - Math.exp(-2 / temperature)) continue;
          turn(i, j);
          waiting.push([i, j]);
          turned += 1;
        }
      return turned;
    };
    let turned = 0;
    while (turned < 50 * size * size) turned += cluster();
    let [measured_, clusters] = [0, 0];
    while (measured_ < 50 * size * size) {
      measured_ += cluster();
      clusters += 1;
    }
    const between = Math.max(1, Math.ceil((sweeps * size * size) / (measured_ / clusters)));
    return Array.from({ length: perTemperature }, () => {
      for (let i = 0; i < between; i++) cluster();
      const sign = coins() < 2 ** 31 ? 1 : -1;
      return grid.flat().map((spin) => sign * spin);
    }).flat();
  });
