/** Which networks a saved state is read for: those of the same description. */
import * as E from 'fp-ts/lib/Either.js';
import { elementwise } from '../../src/layer/activation.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { input } from '../../src/scalar/expr.ts';
import type { Json } from '../../src/tensor/json.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, lawOf, lawSet, same } from '../law.ts';
import { config, told } from './scenario.ts';

/** JSON values of which no two are the same. */
const values: readonly Json[] = [
  ...[null, true, false, 0, 1, '', '0', 'a', [], {}, [0], [1], [1, 2], [2, 1], [[]], [{}], { 0: 1 }, { 0: 1, 1: 2 }],
  ...[{ a: 1 }, { a: 2 }, { b: 1 }, { a: 1, b: 2 }, { a: 2, b: 1 }, { a: { b: 1 } }, { a: { b: 2 } }, { a: null }],
  ...[{ a: [] }, { a: {} }, { a: '' }],
];

/** A network whose description holds a value. */
const described = (value: Json) => {
  const plain = elementwise({ kind: 'described' }, input('x')).at([2] as const);
  return config({
    layer: { ...plain, description: { kind: 'described', value } },
    loss: squaredError(),
    optimizer: gradientDescent({ learningRate: 1 }),
    epochs: 1,
    data: { inputs: zeros('f32', [1, 2]), targets: zeros('f32', [1, 2]) },
  });
};

const network: Law = lawOf(
  'another network',
  'a state is read where its network is the configuration’s: its description the same JSON, whatever the order of fields',
  values,
  (value) => {
    const state = Train.encode(Train.start(described(value), fromSeed(1)));
    return all(
      ...values.map((other) =>
        same(
          value === other,
          E.isRight(Train.decode(described(other))(JSON.parse(JSON.stringify(state)))),
          `${JSON.stringify(value)} as ${JSON.stringify(other)}`,
        ),
      ),
    );
  },
);

const alikes: ReadonlyArray<readonly [one: Json, other: Json]> = [
  [
    { a: 1, b: [{ c: 2, d: 3 }] },
    { b: [{ d: 3, c: 2 }], a: 1 },
  ],
  [{ value: 0 }, { value: -0 }],
  [{ value: -0 }, { value: -0 }],
];

const alike: Law = lawOf(
  'the same network',
  'fields in another order, and a −0 that JSON writes as 0, make no other network',
  alikes,
  ([one, other]) =>
    same(
      'a success',
      told(
        Train.decode(described(other))(
          JSON.parse(JSON.stringify(Train.encode(Train.start(described(one), fromSeed(1))))),
        ),
      ),
    ),
);

export const describedLaws = lawSet('described', [network, alike]);
