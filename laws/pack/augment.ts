/** The laws of an augmentation: what a step of training learns from in the place of its batch. */
import * as fc from 'fast-check';
import { type Dtype, unitRoundoff } from '../../src/scalar/dtype.ts';
import { foldIn, type Key, normal, uniform } from '../../src/tensor/key.ts';
import { generate, type Tensor, toRows } from '../../src/tensor/tensor.ts';
import type { Augment } from '../../src/train/augment.ts';
import type { Examples } from '../../src/train/examples.ts';
import { keys } from '../arbitrary/keys.ts';
import { all, code, holds, type Law, type LawSet, law, sameTensor, type Verdict } from '../law.ts';
import { dtypesOf, type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** What the laws of an augmentation may be told. */
export interface AugmentOptions extends PackOptions {
  /** The examples that it is for, where it is not for any of three inputs and two targets: of at least two rows. */
  readonly examples?: fc.Arbitrary<Examples>;
  /** That each row becomes a mixture of two rows, targets as inputs, whatever their width. */
  readonly mixes?: true;
}

interface Sample {
  readonly key: Key;
  readonly batch: Examples;
}

const show = ({ key, batch }: Sample): string => code({ key, ...batch });

/** Normal inputs, targets that are probabilities of two classes, and sometimes weights. */
const anyExamples = (dtypes: readonly Dtype[]): fc.Arbitrary<Examples> =>
  fc
    .record({
      rows: fc.integer({ min: 2, max: 9 }),
      dtype: fc.constantFrom(...dtypes),
      weighted: fc.boolean(),
      key: keys,
    })
    .map(({ rows, dtype, weighted, key }) => ({
      inputs: normal([rows, 3], dtype)(foldIn(0)(key)),
      targets: generate(dtype, [rows, 2], (i) => ((i >> 1) + i) % 2),
      ...(weighted ? { weights: uniform([rows], dtype)(foldIn(1)(key)) } : {}),
    }));

/**
 * Other keys for one that is asked. Few are looked at: the first that gives another batch is enough. They are many for
 * those that seldom change one: mixing two rows leaves every other pair as it was, and who changes one batch of fifty is
 * taken for one that does not use its key with probability 0.98¹⁰⁰⁰ < 2·10⁻⁹.
 */
const OTHERS: readonly number[] = Array.from({ length: 1000 }, (_, i) => i);

const NAMES = ['inputs', 'targets', 'weights'] as const;

const kindOf = (x: Tensor | undefined): string => (x === undefined ? 'none' : `${x.dtype}[${x.shape}]`);

/** Holds when both have the same bits. */
const same = (expected: Examples, received: Examples, where: string): Verdict =>
  all(
    ...NAMES.map((name): Verdict => {
      const [a, b] = [expected[name], received[name]];
      return a === undefined || b === undefined
        ? holds(kindOf(a) === kindOf(b), kindOf(a), kindOf(b), `${where}${name}`)
        : sameTensor(a, b, `${where}${name}`);
    }),
  );

const copy = (x: Tensor): Tensor => generate(x.dtype, x.shape, (i) => x.data[i] ?? NaN);
const copyOf = ({ inputs, targets, weights }: Examples): Examples => ({
  inputs: copy(inputs),
  targets: copy(targets),
  ...(weights === undefined ? {} : { weights: copy(weights) }),
});

/** Row i is 1 at place i and 0 elsewhere, so that a mixture of rows says which these are. */
const identity = (dtype: Dtype, rows: number, size: number): Tensor =>
  generate(dtype, [rows, rows], (i) => (Math.floor(i / rows) === i % rows ? size : 0));

const mixture = (parts: readonly number[], slack: number, where: string): Verdict =>
  all(
    holds(
      parts.every((part) => part >= 0 && part <= 1) && Math.abs(parts.reduce((a, b) => a + b, 0) - 1) <= slack,
      'parts from 0 to 1 that make 1',
      code(parts),
      where,
    ),
    holds(parts.filter((part) => part !== 0).length <= 2, 'parts of at most two rows', code(parts), where),
  );

const mixingLaws = (augment: Augment, options: AugmentOptions): readonly Law[] => {
  const samples = fc.record({
    key: keys,
    batch: fc
      .tuple(fc.constantFrom(...dtypesOf(options)), fc.integer({ min: 2, max: 7 }))
      .map(([dtype, rows]): Examples => ({ inputs: identity(dtype, rows, 1), targets: identity(dtype, rows, 2) })),
  });
  // Each of a part and what is left of 1 is rounded once or twice, and each product and sum once.
  const slack = ({ inputs }: Examples): number => toleranceOf(options) * 8 * unitRoundoff(inputs.dtype);
  return [
    law(
      'rows lie between rows',
      'each row of the inputs is a mixture of at most two rows, in parts from 0 to 1 that make 1',
      samples,
      ({ key, batch }) =>
        all(...toRows(augment(key)(batch).inputs).map((row, i) => mixture(row, slack(batch), `row ${i}`))),
      { runs: runsOf(options, 40), show, formula: 'x̃ = λx + (1 − λ)x′, 0 ≤ λ ≤ 1' },
    ),
    law(
      'targets are mixed as inputs are',
      'a row of the targets is made of the same rows as that of the inputs, in the same parts',
      samples,
      ({ key, batch }) => {
        const made = augment(key)(batch);
        const targets = toRows(made.targets);
        return all(
          ...toRows(made.inputs).flatMap((row, i) =>
            row.map((part, j) =>
              holds(
                Math.abs((targets[i]?.[j] ?? NaN) / 2 - part) <= slack(batch),
                `${part} of row ${j}`,
                `${(targets[i]?.[j] ?? NaN) / 2}`,
                `row ${i} of the targets`,
              ),
            ),
          ),
        );
      },
      { runs: runsOf(options, 40), show, formula: 't̃ = λt + (1 − λ)t′ with the λ and the row of x̃' },
    ),
  ];
};

/**
 * The laws of an augmentation (`augment` of a training configuration): as many rows of the same shapes and formats, a
 * function of the key and the batch, another batch for another key, and nothing written. With `mixes`, that inputs and
 * targets are mixed alike.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.augment(Data.mixup({ alpha: 1 }), { mixes: true, runs: 5 });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const augment = (of: Augment, options: AugmentOptions = {}): LawSet => {
  const samples = fc.record({ key: keys, batch: options.examples ?? anyExamples(dtypesOf(options)) });
  const runs = runsOf(options, 40);
  return packed('augmentation', options, [
    law(
      'same shapes and formats',
      'as many rows come out as go in, of the same shapes and in the same formats, with weights where there are any',
      samples,
      ({ key, batch }) => {
        const made = of(key)(batch);
        return all(
          ...NAMES.map((name) =>
            holds(kindOf(batch[name]) === kindOf(made[name]), kindOf(batch[name]), kindOf(made[name]), name),
          ),
        );
      },
      { runs, show, formula: 'shape(f(k)(b)) = shape(b)' },
    ),
    law(
      'a function of key and batch',
      'the same key and batch give the same again, whatever was asked between',
      samples,
      ({ key, batch }) => {
        const once = copyOf(of(key)(batch));
        of(foldIn(1)(key))(batch);
        return same(once, of(key)(batch), 'again, ');
      },
      { runs, show, formula: 'k = k′, b = b′ ⇒ f(k)(b) = f(k′)(b′)' },
    ),
    law(
      'another key, another batch',
      'of a thousand keys, not all give the same: the key of a step is used',
      samples,
      ({ key, batch }) => {
        const first = of(key)(batch);
        return holds(
          OTHERS.some((other) => same(first, of(foldIn(other)(key))(batch), '') !== undefined),
          'another batch for one of a thousand other keys',
          'the same for all',
          'the batch',
        );
      },
      { runs, show, formula: '∃ k′: f(k)(b) ≠ f(k′)(b)' },
    ),
    law(
      'writes to nothing',
      'the batch is afterwards what it was before',
      samples,
      ({ key, batch }) => {
        const before = copyOf(batch);
        of(key)(batch);
        return same(before, batch, 'the batch’s ');
      },
      { runs, show, formula: 'b is left as it is' },
    ),
    ...(options.mixes === true ? mixingLaws(of, options) : []),
  ]);
};
