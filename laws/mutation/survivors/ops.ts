/** Mutants of `src/ops` that nothing can notice. */
import type { Survivor } from './survivor.ts';

type Mutant = readonly [from: string, to: string, reason: string, places?: number];

const mutants = (file: string, all: readonly Mutant[]): readonly Survivor[] =>
  all.map(([from, to, reason, places = 1]) => ({ file: `src/ops/reference/${file}`, from, to, reason, places }));

const beyond = 'writes beyond the end of an array as well, which drops it';
const overwritten =
  'the number too many is overwritten by the first of the next row, and dropped beyond the end of the last';
const moved = 'the same numbers are moved to the same places: the choice saves time';
const registers =
  'no result is asked for after its last use: to use its register again keeps a long formula’s numbers near';

export const ops: readonly Survivor[] = [
  ...mutants('layout.ts', [
    ['i < all.length', 'i <= all.length', beyond],
    ['«j < length»; j++) next', 'j <= length', overwritten],
    ['length === 1', 'false', 'the walk has an axis more, of one turn: to leave it out saves time'],
    ['last !== undefined && last.step === step * length', 'false', 'the walk has an axis more: to join two saves time'],
    ['step === 1 && length >= 32', 'false', moved],
    ['length >= 32', 'true', moved],
    ['length >= 32', 'length > 32', moved],
    ['length >= 32', 'length < 32', moved],
    ['32', '33', moved],
    ['axes.splice(-1, «1»,', '2', 'behind the last axis there is none'],
    ['{ length: «1», step: 1 }', '2', 'without axes there is one element: a second is dropped beyond the end'],
    ['{ length: 1, step: «1» }', '2', 'without axes there is one element, and no step'],
  ]),
  ...mutants('product.ts', [
    ['«j < n»; j++) for (let p', 'j <= n', beyond],
    ['«p < k»; p++) to[', 'p <= k', overwritten],
    ['m - 1', 'm + 1', 'the row after the last is NaN, and dropped beyond the end', 2],
    [
      'i < m',
      'i <= m',
      'the row too many is dropped beyond the end, and its neighbour is the last row again, with the same sums',
      2,
    ],
  ]),
  ...mutants('program.ts', [
    [
      'i < n',
      'i <= n',
      'a number beyond those of a block is never read there, and in a result is overwritten by the next block or dropped',
      2,
    ],
    ['isLeaf(node)', 'true', registers],
    ["kind === 'input' || kind === 'constant'", 'true', registers],
    ["kind === 'input'", 'true', registers],
    ["kind === 'constant'", 'true', registers],
    ["kind === 'constant'", "kind !== 'constant'", registers],
    ['!isLeaf(operand) && register !== undefined && lastUse.get(operand) === i', 'false', registers],
    [
      '{ const register = registers.get(operand); if (!isLeaf(operand) && register !== undefined && lastUse.get(operand) === i) free.push(register); }',
      '{}',
      registers,
    ],
    ['128', '129', 'how long a block is decides of time alone: what is beyond its last numbers is dropped'],
    ['data.length === 1', 'true', 'an input that varies is loaded anew for each block'],
    ['start < length', 'start <= length', 'the block too many has no numbers'],
    [
      'Math.min(BLOCK, length - start)',
      'Math.max(BLOCK, length - start)',
      'what is beyond a block’s end is written to the result as NaN, and overwritten by the next blocks or dropped',
    ],
    [
      'length - start',
      'length + start',
      'the last block is computed to its end, and what is beyond the result’s is dropped',
    ],
    ['known !== undefined', 'false', 'the same program is compiled again'],
  ]),
  ...mutants('reduce.ts', [
    ['i < out.length', 'i <= out.length', beyond, 2],
    ['j < half', 'j <= half', 'the partial sum too many has been added already, and is not read again'],
  ]),
  ...mutants('reference.ts', [
    ['i < copy.length', 'i <= copy.length', beyond],
    ...['m * k', 'k * n', 'm * n'].map(
      (each): Mutant => [
        `(i + «1») * ${each}`,
        '2',
        'a product is told its rows: what comes after them is neither read nor kept',
      ],
    ),
    ['i < size(lead)', 'i <= size(lead)', 'the product too many is of arrays without elements'],
  ]),
];
