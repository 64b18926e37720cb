/** What is read in texts that are tables, told exactly: names, cells and lines. */
import { readCell } from '../../src/data/cell.ts';
import { type CsvOptions, parseCsv } from '../../src/data/index.ts';
import { type Law, lawOf } from '../law.ts';
import { right, sameJson } from './helpers.ts';

type Cells = ReadonlyArray<readonly string[]>;

/** Whether there is a header, the names, the rows, and the line on which each begins. */
type Reading = readonly [header: boolean, names: readonly string[], rows: Cells, lines: readonly number[]];

const texts: ReadonlyArray<readonly [string, CsvOptions, Reading]> = [
  ['a,b\n1,2\n', {}, [true, ['a', 'b'], [['1', '2']], [2]]],
  [
    'a,1\n1,2\n',
    {},
    [
      false,
      ['column 1', 'column 2'],
      [
        ['a', '1'],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  [
    'NaN,b\n1,2',
    {},
    [
      false,
      ['column 1', 'column 2'],
      [
        ['NaN', 'b'],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  [
    'a,-inf\n1,2',
    {},
    [
      false,
      ['column 1', 'column 2'],
      [
        ['a', '-inf'],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  ['1,2\n3,4', { header: true }, [true, ['1', '2'], [['3', '4']], [2]]],
  [
    'a,b\n3,4',
    { header: false },
    [
      false,
      ['column 1', 'column 2'],
      [
        ['a', 'b'],
        ['3', '4'],
      ],
      [1, 2],
    ],
  ],
  // Names are without the spaces around them, and of columns without one: where they stand.
  [' a , \n1,2', {}, [true, ['a', 'column 2'], [['1', '2']], [2]]],
  [',b\n1,2', {}, [true, ['column 1', 'b'], [['1', '2']], [2]]],
  // A line of cells that are all empty names nothing.
  [
    ',\n1,2',
    {},
    [
      false,
      ['column 1', 'column 2'],
      [
        ['', ''],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  [
    ' , \n1,2',
    {},
    [
      false,
      ['column 1', 'column 2'],
      [
        [' ', ' '],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  // Cells keep their spaces; lines end in any way, and in several.
  [
    'a,b\n 1,"2 "\r\n3,4\r5,6',
    {},
    [
      true,
      ['a', 'b'],
      [
        [' 1', '2 '],
        ['3', '4'],
        ['5', '6'],
      ],
      [2, 3, 4],
    ],
  ],
  [
    'a,b\r1,2\n3,4\r\n5,6',
    {},
    [
      true,
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
      [2, 3, 4],
    ],
  ],
  // Blank lines count, those of a cell too.
  [
    '\n\na,b\n\n1,"2\n\r\n\r"\n\r\n3,4\n\n',
    {},
    [
      true,
      ['a', 'b'],
      [
        ['1', '2\n\r\n\r'],
        ['3', '4'],
      ],
      [5, 10],
    ],
  ],
  // Lines that are skipped may hold anything, and count.
  ['"\r\n\r"\nc\nd', { skipLines: 3 }, [true, ['c'], [['d']], [5]]],
  // A byte order mark is one at the start alone.
  ['\uFEFFa,b\n1,\uFEFF2', {}, [true, ['a', 'b'], [['1', '\uFEFF2']], [2]]],
  [
    'a,\uFEFFb\n1,2\n',
    { header: false },
    [
      false,
      ['column 1', 'column 2'],
      [
        ['a', '\uFEFFb'],
        ['1', '2'],
      ],
      [1, 2],
    ],
  ],
  ['a;b\n1,5;2', { delimiter: ';' }, [true, ['a', 'b'], [['1,5', '2']], [2]]],
  ['a::b\n1::2', { delimiter: '::' }, [true, ['a', 'b'], [['1', '2']], [2]]],
];

const reading: Law = lawOf(
  'readings',
  'names, cells and lines are those that a person reads',
  texts,
  ([text, options, read]) =>
    right(parseCsv(options)(text), ({ source, header, names, rows, lines }) =>
      sameJson(['CSV', ...read], [source, header, names, rows, lines], 'table'),
    ),
);

const named: Law = lawOf('source', 'a table has the name that it was given', ['a.csv'], (source) =>
  right(parseCsv({ source })('a\n1'), (table) => sameJson(source, table.source, 'source')),
);

const numbers: ReadonlyArray<readonly [string, number]> = [
  ...[
    '0',
    '7',
    '-7',
    '+7',
    '1.',
    '1.5',
    '.5',
    '.25',
    '-.5',
    '+12.25',
    '007',
    '1e3',
    '1E3',
    '1e+3',
    '25e-2',
    '1.e1',
    '.5e10',
  ].map((text) => [text, Number(text)] as const),
  [' 12\t', 12],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  ['1e-400', 0],
];
const absent = [
  '',
  '  ',
  'nan',
  'NaN',
  '-NaN',
  '+nan',
  'inf',
  'INF',
  '-inf',
  '+Inf',
  'infinity',
  '-Infinity',
  ' NaN ',
  '1e309',
  '-1e999',
];
const words = [
  'a',
  '-',
  '+',
  '.',
  'e3',
  '1e',
  '1e+',
  '1.2.3',
  '1,5',
  '1 2',
  '0x10',
  '1_000',
  '--1',
  '1-',
  'xnan',
  'nanx',
  'x1',
  '1x',
  'infin',
  '.x',
  '5e1.5',
  '١',
];

const cells: Law = lawOf(
  'cells',
  'decimal numbers are what they say, beyond the range of f64 and where there is none nothing, and all else is text',
  [
    ...numbers.map(([text, value]) => [text, { kind: 'number', value }] as const),
    ...absent.map((text) => [text, { kind: 'missing' }] as const),
    ...words.map((text) => [text, { kind: 'text' }] as const),
  ],
  ([text, cell]) => sameJson(cell, readCell(text), JSON.stringify(text)),
);

/** The laws of what is read in texts. */
export const readings: readonly Law[] = [reading, named, cells];
