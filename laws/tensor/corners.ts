/** Tensors, failures and keys where little is left of them: no rows, no context, nothing to say. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import * as Failure from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, type Law, type LawSet, law, lawOf, lawSet, same } from '../law.ts';

const filled: Law = law(
  'full and scalar',
  'hold the number that they are given, rounded once, everywhere',
  fc.tuple(dtypes, fc.array(fc.nat(3), { maxLength: 3 }), fc.double()),
  ([dtype, shape, x]) => {
    const rounded = dtype === 'f32' ? Math.fround(x) : x;
    const full = Tensor.full(dtype, shape, x);
    return all(
      same(JSON.stringify(shape), JSON.stringify(full.shape)),
      ...Array.from(full.data, (element) => same(rounded, element)),
      same(0, Tensor.scalar(dtype, x).shape.length),
      same(rounded, Tensor.scalar(dtype, x).data[0]),
      ...Array.from(Tensor.zeros(dtype, shape).data, (element) => same(0, element)),
    );
  },
  { runs: 100 },
);

const own: Law = law(
  'cast to its own format',
  'is the tensor itself: nothing is copied',
  fc.tuple(dtypes, fc.nat(3)).chain(([dtype, n]) => tensorsOf(dtype, [n], fc.double())),
  (x) => same(true, Tensor.cast(x.dtype)(x) === x),
  { runs: 10 },
);

const shown: Law = law(
  'show',
  'is the format, the shape, at most twelve elements, and a mark where there are more',
  fc.tuple(dtypes, fc.nat(20)).chain(([dtype, n]) => tensorsOf(dtype, [n], fc.integer({ min: -9, max: 9 }))),
  (x) => {
    const [head, ...elements] = Tensor.show(x).split(' ');
    const more = x.data.length > 12 ? ['…'] : [];
    const first = Array.from(x.data).slice(0, 12).map(String);
    return all(
      same(`${x.dtype}[${x.data.length}]`, head),
      same([...(first.length === 0 ? [''] : first), ...more].join(), elements.join()),
    );
  },
  { runs: 100 },
);

const rowless: Law = lawOf('no rows', 'make a tensor of no rows and no columns', ['f32', 'f64'] as const, (dtype) => {
  const made = Tensor.fromRows(dtype)([]);
  return E.isRight(made)
    ? same(`${dtype}[0,0] `, Tensor.show(made.right))
    : { expected: 'a tensor', received: 'a failure' };
});

/** What errors of a decoder become, from the least that they can say to the most. */
const errors: ReadonlyArray<readonly [errors: t.Errors, says: string]> = [
  [[], 'x: expected a valid value, received an invalid one'],
  [[{ value: 1, context: [] }], 'x: expected a valid value, received 1'],
  [[{ value: 1, context: [{ key: '', type: t.string }] }], 'x: expected string, received 1'],
  [[{ value: 1, context: [{ key: '', type: t.string }], message: 'more' }], 'x: expected more, received 1'],
  [
    [
      {
        value: null,
        context: [
          { key: 'a', type: t.unknown },
          { key: 'b', type: t.number },
        ],
      },
      { value: 2, context: [] },
    ],
    'x.a.b: expected number, received null',
  ],
];

const decoders: Law = lawOf('errors', 'the first is told, with its path, whatever it says', errors, ([given, says]) =>
  same(says, Failure.show(Failure.fromErrors('x')(given))),
);

const quotes: ReadonlyArray<readonly [value: unknown, text: string]> = [
  ['x', '"x"'],
  [7, '7'],
  [-0, '0'],
  [NaN, 'NaN'],
  [7n, '7'],
  [undefined, 'undefined'],
  [null, 'null'],
  [true, 'true'],
  [{ a: [1] }, '{"a":[1]}'],
  [() => 7, 'function'],
  [Symbol('s'), 'symbol'],
  ['x'.repeat(58), `"${'x'.repeat(58)}"`],
  ['x'.repeat(59), `"${'x'.repeat(56)}…`],
];

const quoted: Law = lawOf(
  'quotes',
  'are the value as a program writes it, cut after 57 letters',
  quotes,
  ([value, text]) => same(text, Failure.quote(value)),
);

/** Fisher and Yates's shuffle from the end, position i swapped with one below i + 1 that a number of the key picks. */
const shuffled: Law = law(
  'shuffle',
  'a permutation is Fisher and Yates’s shuffle by the key’s uniform numbers, so it is as it was in every version',
  fc.tuple(keys, fc.nat(12)),
  ([key, n]) => {
    const picks = Key.uniform([n], 'f64')(key).data;
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor((picks[i] ?? NaN) * (i + 1));
      [order[i], order[j]] = [order[j] ?? NaN, order[i] ?? NaN];
    }
    return same(order.join(), Key.permutation(n)(key).join());
  },
  { runs: 100 },
);

export const cornerLaws: LawSet = lawSet('corners', [filled, own, shown, rowless, decoders, quoted, shuffled]);
