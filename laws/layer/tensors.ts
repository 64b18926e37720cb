/** Laws of the codec of tensors. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { codec as tensorCodec } from '../../src/tensor/tensor-codec.ts';
import { shapes } from '../arbitrary/shapes.ts';
import { anyNumber, dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, type Law, law, lawOf, same, sameTensor, type Verdict } from '../law.ts';

const tensors = law(
  'tensors: codec',
  'every number survives, −0, NaN and ∞ among them; base64 is what Node and browsers make of the little-endian bytes',
  fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype))),
  (x) => {
    const json = tensorCodec.encode(x);
    const read = tensorCodec.decode(JSON.parse(JSON.stringify(json)));
    const view = new DataView(new ArrayBuffer(x.data.length * (x.dtype === 'f32' ? 4 : 8)));
    for (let i = 0; i < x.data.length; i++)
      if (x.dtype === 'f32') view.setFloat32(4 * i, x.data[i] ?? NaN, true);
      else view.setFloat64(8 * i, x.data[i] ?? NaN, true);
    return all(
      same(Buffer.from(view.buffer).toString('base64'), json.data, 'base64'),
      E.isRight(read) ? sameTensor(x, read.right, 'tensor') : { expected: 'a tensor', received: 'a failure' },
    );
  },
);

const badTensors = lawOf(
  'tensors: bad data is refused',
  'a field that is missing, unknown or wrong, bytes that are not the shape’s, text that is not canonical base64',
  [
    { shape: [1], dtype: 'f32' },
    { shape: [1], dtype: 'f32', data: 'AACAPw==', more: 1 },
    { shape: [1], dtype: 'f16', data: 'AACAPw==' },
    { shape: [2], dtype: 'f32', data: 'AACAPw==' },
    { shape: [1], dtype: 'f64', data: 'AACAPw==' },
    { shape: [1.5], dtype: 'f32', data: 'AACAPw==' },
    { shape: [-1, -1], dtype: 'f32', data: 'AACAPw==' },
    { shape: [1], dtype: 'f32', data: 'AACAPw=' },
    { shape: [1], dtype: 'f32', data: 'AACAPx==' },
    { shape: [1], dtype: 'f32', data: 'AAC*Pw==' },
    { shape: [1], dtype: 'f32', data: 'AAC=Pw==' },
    { shape: [1], dtype: 'f32', data: 'AACA Pw=' },
    null,
    'AACAPw==',
  ],
  (json): Verdict => (E.isLeft(tensorCodec.decode(json)) ? undefined : { expected: 'a failure', received: 'a tensor' }),
);

/** Laws of the codec of tensors. */
export const tensorLaws: readonly Law[] = [tensors, badTensors];
