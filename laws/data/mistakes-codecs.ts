/** What the codecs of scalers, schemas and encodings refuse, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import * as Data from '../../src/data/index.ts';
import { type Law, lawOf, same } from '../law.ts';
import { saying, taking } from '../reach/said.ts';

const one = { name: 'a', shift: 0, scale: 1 };
const standard = { kind: 'standardise', features: [one] };
const squeezed = { kind: 'minMax', low: 0, high: 1, features: [one] };
const whole = {
  header: true,
  columns: 2,
  features: [{ kind: 'numeric', name: 'a', column: 0 }],
  target: { kind: 'value', name: 'b', column: 1 },
};
const classes = { ...whole, target: { kind: 'classes', name: 'b', column: 1, numeric: true, classes: ['0', '1'] } };

const numeric = whole.features[0];
const inf = Number.POSITIVE_INFINITY;
/** What is said of an encoding whose schema is another. */
const read = (changed: object) =>
  Data.Encoding.decode({ schema: { ...whole, ...changed }, features: standard, target: squeezed });
const HEADER = '{"header":true,"columns":2,"features":[{"kind":"numeric",…';
const unknownOf = (owner: string, fields: string) => `no such field, the fields of ${owner} being ${fields}`;
const noField = (owner: string, fields: string) => `expected ${unknownOf(owner, fields)}, received 1`;
const COUNT = 'expected a whole number of at least 0';

export const decoding: Law = saying('encodings', 'are refused where they do not fit together, saying why', [
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, scale: -1 }] }),
    'scaler.features.0.scale: expected a scale of at least 0, received -1',
  ],
  [
    () => Data.Scaler.decode({ ...squeezed, high: 0 }),
    'scaler: expected low < high, received {"kind":"minMax","low":0,"high":0,"features":[{"name":"a"…',
  ],
  [() => Data.Scaler.decode(squeezed), 'a result'],
  [
    () => Data.Scaler.decode({ ...standard, more: 1 }),
    `scaler.more: ${noField('a standardising scaler', 'kind, features')}`,
  ],
  [() => Data.Encoding.decode({ schema: whole, features: standard, target: squeezed }), 'a result'],
  [() => Data.Encoding.decode({ schema: classes, features: standard, target: null }), 'a result'],
  [
    () => Data.Encoding.decode({ schema: whole, features: { ...standard, features: [] }, target: squeezed }),
    'encoding: expected a scale for each feature, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: whole, features: standard, target: null }),
    'encoding: expected a scale for a target that is a number, and none for classes, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: classes, features: standard, target: squeezed }),
    'encoding: expected a scale for a target that is a number, and none for classes, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, columns: 1 }, features: standard, target: squeezed }),
    'encoding.schema: expected at least one feature, and columns that are there, received {"header":true,"columns":1,"features":[{"kind":"numeric",…',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, columns: -1 }, features: standard, target: squeezed }),
    'encoding.schema.columns: expected a whole number of at least 0, received -1',
  ],
  [() => Data.Encoding.decode(1), 'encoding: expected an encoding, received 1'],
  [() => Data.Encoding.decode({ ...whole, schema: 1 }), 'encoding.schema: expected a schema, received 1'],
  [
    () => Data.Encoding.decode({ schema: classes, features: standard, target: null, more: 1 }),
    `encoding.more: ${noField('an encoding', 'schema, features, target')}`,
  ],
  [() => read({ header: 1 }), 'encoding.schema.header: expected boolean, received 1'],
  [() => read({ columns: '2' }), 'encoding.schema.columns: expected a whole number, received "2"'],
  [() => read({ columns: 2 ** 53 }), `encoding.schema.columns: ${COUNT}, received 9007199254740992`],
  [() => read({ more: 1 }), `encoding.schema.more: ${noField('a schema', 'header, columns, features, target')}`],
  [
    () => read({ features: [1] }),
    'encoding.schema.features.0: expected a feature of kind numeric, categorical, received 1',
  ],
  [
    () => read({ features: [{ ...numeric, more: 1 }] }),
    `encoding.schema.features.0.more: ${noField('a numeric feature', 'kind, name, column')}`,
  ],
  [() => read({ features: [{ ...numeric, column: -1 }] }), `encoding.schema.features.0.column: ${COUNT}, received -1`],
  [
    () => read({ features: [numeric, { ...numeric, column: 2 }] }),
    `encoding.schema: expected at least one feature, and columns that are there, received ${HEADER}`,
  ],
  [
    () => read({ target: { ...whole.target, column: 2 } }),
    `encoding.schema: expected at least one feature, and columns that are there, received ${HEADER}`,
  ],
  [() => Data.Scaler.decode(1), 'scaler: expected a scaler of kind standardise, minMax, received 1'],
  [() => Data.Scaler.decode({ ...standard, features: [1] }), 'scaler.features.0: expected a feature scale, received 1'],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, more: 1 }] }),
    `scaler.features.0.more: ${noField('a feature scale', 'name, shift, scale')}`,
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, scale: 'x' }] }),
    'scaler.features.0.scale: expected a scale, received "x"',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, shift: 'x' }] }),
    'scaler.features.0.shift: expected a finite number, received "x"',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, shift: -inf }] }),
    'scaler.features.0.shift: expected a finite number, received -Infinity',
  ],
  [
    () => Data.Encoding.decode({ schema: { ...whole, features: [] }, features: standard, target: squeezed }),
    'encoding.schema: expected at least one feature, and columns that are there, received {"header":true,"columns":2,"features":[],"target":{"kind"…',
  ],
]);

export const told: Law = taking('codecs', 'tell what is one from what is not', [
  [Data.Scaler.codec, standard, true],
  [Data.Scaler.codec, squeezed, true],
  [Data.Scaler.codec, { ...squeezed, low: 1 }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, scale: 0 }] }, true],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, scale: -1 }] }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, shift: NaN }] }, false],
  [Data.Scaler.codec, { ...standard, features: [{ ...one, more: 1 }] }, false],
  [Data.Schema.codec, whole, true],
  [Data.Schema.codec, classes, true],
  [Data.Schema.codec, { ...whole, columns: 1 }, false],
  [Data.Schema.codec, { ...whole, columns: 2.5 }, false],
  [Data.Schema.codec, { ...whole, columns: -1 }, false],
  [Data.Schema.codec, { ...whole, features: [] }, false],
  [Data.Schema.codec, { ...classes, target: { ...classes.target, classes: ['0'] } }, false],
  [Data.Schema.codec, { ...classes, target: { ...classes.target, classes: ['0', '0'] } }, false],
  [Data.Schema.codec, { ...whole, features: [{ kind: 'categorical', name: 'a', column: 0, categories: [] }] }, false],
  [Data.Schema.codec, { ...whole, features: [{ kind: 'categorical', name: 'a', column: 0, categories: ['k'] }] }, true],
  [Data.Encoding.codec, { schema: whole, features: standard, target: squeezed }, true],
  [Data.Encoding.codec, { schema: whole, features: standard, target: null }, false],
  [Data.Encoding.codec, { schema: classes, features: standard, target: null }, true],
]);

const categorical = { kind: 'categorical', name: 'a', column: 0, categories: ['k'] };

/** Every error of a codec, as its path and what was expected there. */
const errorsOf = (codec: t.Mixed, value: unknown): readonly string[] => {
  const decoded = codec.decode(value);
  return E.isRight(decoded)
    ? []
    : decoded.left.map(({ context, message }) => {
        const path = context.flatMap(({ key }) => (key === '' ? [] : [key])).join('.');
        return `${path}: ${message ?? context.at(-1)?.type.name}`;
      });
};

/** What a codec of a choice says: the one that was meant speaks, and where none was, the choice. */
export const choices: Law = lawOf<readonly [t.Mixed, unknown, readonly string[]]>(
  'choices',
  'of a choice a codec says everything that is wrong with the kind that was meant, and no other kind speaks',
  [
    [Data.Scaler.codec, {}, [': a scaler of kind standardise, minMax']],
    [Data.Scaler.codec, null, [': a scaler of kind standardise, minMax']],
    [Data.Scaler.codec, { ...squeezed, kind: 1 }, [': a scaler of kind standardise, minMax']],
    [Data.Scaler.codec, { ...squeezed, kind: 'toString' }, [': a scaler of kind standardise, minMax']],
    [
      Data.Scaler.codec,
      { ...squeezed, kind: 'standardise' },
      [`low: ${unknownOf('a standardising scaler', 'kind, features')}`],
    ],
    [
      Data.Scaler.codec,
      { ...squeezed, more: 1 },
      [`more: ${unknownOf('a min–max scaler', 'kind, low, high, features')}`],
    ],
    [Data.Scaler.codec, { ...squeezed, low: NaN, high: '1' }, ['low: a finite number', 'high: a finite number']],
    [Data.Scaler.codec, { ...standard, low: 1, features: 1 }, ['features: a list of feature scales']],
    [Data.Schema.codec, { ...whole, features: 1 }, ['features: a list of features']],
    [Data.Schema.codec, { ...whole, features: [1] }, ['features.0: a feature of kind numeric, categorical']],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, more: 1 }] },
      [`features.0.more: ${unknownOf('a categorical feature', 'kind, name, column, categories')}`],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ kind: 'categorical', name: 1, column: 'a', categories: [1] }] },
      ['features.0.name: string', 'features.0.column: a whole number', 'features.0.categories.0: string'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, categories: [] }] },
      ['features.0.categories: at least 1 texts that differ'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, categories: ['k', 'k'] }] },
      ['features.0.categories: at least 1 texts that differ'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, categories: 1 }] },
      ['features.0.categories: distinct texts'],
    ],
    [Data.Schema.codec, { ...whole, target: 1 }, ['target: a target of kind classes, value']],
    [
      Data.Schema.codec,
      { ...whole, target: { ...whole.target, more: 1 } },
      [`target.more: ${unknownOf('a target value', 'kind, name, column')}`],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, more: 1 } },
      [`target.more: ${unknownOf('a target of classes', 'kind, name, column, numeric, classes')}`],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, classes: ['0'] } },
      ['target.classes: at least 2 texts that differ'],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, name: 1, column: 0.5, numeric: 1, classes: 1 } },
      [
        'target.name: string',
        'target.column: a whole number of at least 0',
        'target.numeric: boolean',
        'target.classes: distinct texts',
      ],
    ],
    [
      Data.Encoding.codec,
      { schema: whole, features: standard, target: { ...squeezed, low: NaN } },
      ['target.low: a finite number'],
    ],
    [
      Data.Encoding.codec,
      { schema: whole, features: standard, target: 1 },
      ['target: a scaler of kind standardise, minMax'],
    ],
    [Data.Encoding.codec, { schema: classes, features: standard, target: null }, []],
  ],
  ([codec, value, errors]) => same(errors.join('\n'), errorsOf(codec, value).join('\n')),
);

/** The names of the codecs themselves. */
export const names: Law = lawOf<readonly [t.Mixed, string]>(
  'names',
  'a codec is called as what it reads',
  [
    [Data.Scaler.codec, 'a scaler'],
    [Data.Schema.codec, 'a schema'],
    [Data.Encoding.codec, 'an encoding'],
  ],
  ([codec, name]) => same(name, codec.name),
);
