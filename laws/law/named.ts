/** Samples of several values, printed with the name of each. */
import { code } from './code.ts';

/** A tuple as the code of a record: what each of its values is for is said. */
export const named =
  (...names: readonly string[]) =>
  (sample: readonly unknown[]): string =>
    code(Object.fromEntries(names.map((name, i) => [name, sample[i]])));
