/** Mutants of `src/tensor` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const beyond = 'writes beyond the end of an array as well, which drops it';

export const tensor: readonly Survivor[] = [
  {
    file: 'src/tensor/base64.ts',
    from: "values.get(text[i + j] ?? «''»)",
    to: '"Stryker was here!"',
    reason: 'stands for the letter that a text lacks: neither is a letter',
  },
  {
    file: 'src/tensor/base64.ts',
    from: "letters[bits & 63] ?? «''»",
    to: '"Stryker was here!"',
    reason: 'never read: there are 64 letters',
  },
  {
    file: 'src/tensor/base64.ts',
    from: 'let bits = «0»',
    to: '1',
    reason: 'a bit above all that are read: it is shifted out',
  },
  {
    file: 'src/tensor/base64.ts',
    from: '[a = 0, b = «0», c = 0]',
    to: '1',
    reason: 'a bit below all that are kept of the last group',
  },
  {
    file: 'src/tensor/base64.ts',
    from: '[a = 0, b = 0, c = «0»]',
    to: '1',
    reason: 'a bit below all that are kept of the last group',
  },
  {
    file: 'src/tensor/base64.ts',
    from: 'bytes.subarray(i, i + «3»)',
    to: '4',
    reason: 'the byte too many has no name, and begins the next group',
  },
  {
    file: 'src/tensor/base64.ts',
    from: '4 - padding : «4»',
    to: '5',
    reason: 'of four letters none is the fifth',
  },
  {
    file: 'src/tensor/key.ts',
    from: 'new Int32Array(«2»)',
    to: '3',
    reason: 'room for a word that nobody writes or reads',
  },
  {
    file: 'src/tensor/threefry.ts',
    from: 'new Int32Array(«2»)',
    to: '3',
    reason: 'room for a word that nobody writes or reads',
  },
  { file: 'src/tensor/key.ts', from: 'i < count', to: 'i <= count', reason: beyond },
  { file: 'src/tensor/key.ts', from: 'data.length / 2', to: 'data.length * 2', reason: beyond, places: 2 },
  {
    file: 'src/tensor/key.ts',
    from: 'i > 0',
    to: 'i >= 0',
    reason: 'the last place is exchanged with itself: below i + 1 = 1 there is no other',
  },
  {
    file: 'src/tensor/tensor.ts',
    from: 'j < width',
    to: 'j <= width',
    reason: 'the number too many is overwritten by the first of the next row, and dropped beyond the end of the last',
  },
  {
    file: 'src/tensor/tensor.ts',
    from: 'i < a.data.length',
    to: 'i <= a.data.length',
    reason: 'beyond the end both are undefined, which is equal',
  },
];
