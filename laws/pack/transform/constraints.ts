/** What a transform makes of the parameters that go out: that those of a unit are no longer than a limit. */
import type * as fc from 'fast-check';
import type { Transform } from '../../../src/optimizer/transform/transform.ts';
import { unitRoundoff } from '../../../src/scalar/dtype.ts';
import { all, code, holds, type Law, law, type Verdict } from '../../law.ts';
import { type Leaf, numbersOf, run } from '../optimizer/run.ts';
import { runsOf, toleranceOf } from '../options.ts';
import { samplesOf, showSample, type TransformSample } from './gradients.ts';
import type { TransformOptions } from './options.ts';
import { halfway } from './probes.ts';

type Constrains = NonNullable<TransformOptions['constrains']>;

/** Weights of more and of fewer inputs than units, of one unit, of one input, and biases of several shapes. */
const LEAVES: readonly Leaf[] = [
  { role: 'weight', shape: [3, 2] },
  { role: 'bias', shape: [2] },
  { role: 'weight', shape: [2, 4] },
  { role: 'weight', shape: [3, 1] },
  { role: 'bias', shape: [2, 2] },
];

/** The numbers of a leaf that come into one unit: those of a column. */
interface Unit {
  readonly role: Leaf['role'];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly where: string;
  readonly slack: number;
}

const norm = (x: readonly number[]): number => Math.sqrt(x.reduce((sum, a) => sum + a * a, 0));

const unitsOf = (sample: TransformSample, tolerance: number): readonly Unit[] => {
  const { transform, dtype, ...course } = sample;
  const [before = [], after = []] = [halfway, transform(halfway)].map((optimizer) =>
    numbersOf(run(dtype, optimizer, course)[1]?.params ?? {}),
  );
  let start = 0;
  return LEAVES.flatMap(({ role, shape }, i) => {
    const [rows = 1, columns = 1] = shape.length === 1 ? [1, shape[0]] : shape;
    const from = start;
    start += rows * columns;
    const column = (x: readonly number[], j: number): readonly number[] =>
      Array.from({ length: rows }, (_, row) => x[from + row * columns + j] ?? NaN);
    return Array.from({ length: columns }, (_, j) => ({
      role,
      before: column(before, j),
      after: column(after, j),
      where: `parameter ${i}, ${role}[:,${j}]`,
      // Squares, their sum, a root, a quotient and a product, each rounded, twice that against a careful norm.
      slack: tolerance * 2 * (rows + 8) * unitRoundoff(dtype),
    }));
  });
};

const kept = ({ limit }: Constrains, { role, before, after, slack, where }: Unit): Verdict =>
  role === 'bias'
    ? holds(code(before) === code(after), `${code(before)}, a bias as it was`, code(after), where)
    : norm(before) <= limit * (1 - slack)
      ? holds(code(before) === code(after), `${code(before)}, within the limit`, code(after), where)
      : undefined;

const short = ({ limit }: Constrains, { role, before, after, slack, where }: Unit): Verdict => {
  if (role === 'bias') return undefined;
  const [from, to] = [norm(before), norm(after)];
  const wanted = Math.min(from, limit);
  const away = norm(before.map((w, i) => w * (wanted / (from || 1)) - (after[i] ?? NaN)));
  return all(
    holds(to <= limit * (1 + slack), `at most ${limit} long`, `${to} long: ${code(after)}`, where),
    holds(away <= 4 * slack * wanted + 2 ** -120, `${code(before)}, ${wanted} long`, code(after), where),
  );
};

/** The laws of transforms that keep weights short. */
export const constraintLaws = (transforms: fc.Arbitrary<Transform>, options: TransformOptions): readonly Law[] => {
  const { constrains } = options;
  if (constrains === undefined) return [];
  const samples = samplesOf(transforms, { ...options, parameters: LEAVES }, 1);
  const each = (name: string, statement: string, formula: string, judge: typeof short): Law =>
    law(
      name,
      statement,
      samples,
      (sample) => all(...unitsOf(sample, toleranceOf(options)).map((unit) => judge(constrains, unit))),
      { runs: runsOf(options, 40), show: showSample, formula },
    );
  return [
    each(
      'weights into a unit are short',
      'after a step the weights that come into a unit, a column each, are at most the limit long and point where they did',
      '‖w′‖ = min(‖w‖, limit), w′ ∥ w, for each column w',
      short,
    ),
    each(
      'what is short is left as it is',
      'columns within the limit, and all biases, keep the bits that the optimizer inside gave them',
      '‖w‖ ≤ limit ⇒ w′ = w',
      kept,
    ),
  ];
};
