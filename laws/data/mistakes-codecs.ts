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
const COUNT = 'expected a whole number of at least 0';

export const decoding: Law = saying('encodings', 'are refused where they do not fit together, saying why', [
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, scale: -1 }] }),
    'scaler.0.features.0.scale: expected a scale of at least 0, received -1',
  ],
  [
    () => Data.Scaler.decode({ ...squeezed, high: 0 }),
    'scaler: expected low < high, received {"kind":"minMax","low":0,"high":0,"features":[{"name":"a"…',
  ],
  [() => Data.Scaler.decode(squeezed), 'a result'],
  [
    () => Data.Scaler.decode({ ...standard, more: 1 }),
    'scaler.0: expected no field "more" in a standardising scaler, received {"kind":"standardise","features":[{"name":"a","shift":0,"…',
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
    'encoding: expected no field "more" in an encoding, received {"schema":{"header":true,"columns":2,"features":[{"kind":…',
  ],
  [() => read({ header: 1 }), 'encoding.schema.header: expected boolean, received 1'],
  [() => read({ columns: '2' }), 'encoding.schema.columns: expected a whole number, received "2"'],
  [() => read({ columns: 2 ** 53 }), `encoding.schema.columns: ${COUNT}, received 9007199254740992`],
  [() => read({ more: 1 }), `encoding.schema: expected no field "more" in a schema, received ${HEADER}`],
  [() => read({ features: [1] }), 'encoding.schema.features.0.0: expected a numeric feature, received 1'],
  [
    () => read({ features: [{ ...numeric, more: 1 }] }),
    'encoding.schema.features.0.0: expected no field "more" in a numeric feature, received {"kind":"numeric","name":"a","column":0,"more":1}',
  ],
  [
    () => read({ features: [{ ...numeric, column: -1 }] }),
    `encoding.schema.features.0.0.column: ${COUNT}, received -1`,
  ],
  [
    () => read({ features: [numeric, { ...numeric, column: 2 }] }),
    `encoding.schema: expected at least one feature, and columns that are there, received ${HEADER}`,
  ],
  [
    () => read({ target: { ...whole.target, column: 2 } }),
    `encoding.schema: expected at least one feature, and columns that are there, received ${HEADER}`,
  ],
  [() => Data.Scaler.decode(1), 'scaler.0: expected a standardising scaler, received 1'],
  [
    () => Data.Scaler.decode({ ...standard, features: [1] }),
    'scaler.0.features.0: expected a feature scale, received 1',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, more: 1 }] }),
    'scaler.0.features.0: expected no field "more" in a feature scale, received {"name":"a","shift":0,"scale":1,"more":1}',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, scale: 'x' }] }),
    'scaler.0.features.0.scale: expected a scale, received "x"',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, shift: 'x' }] }),
    'scaler.0.features.0.shift: expected a finite number, received "x"',
  ],
  [
    () => Data.Scaler.decode({ ...standard, features: [{ ...one, shift: -inf }] }),
    'scaler.0.features.0.shift: expected a finite number, received -Infinity',
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

/** What a codec of a choice says of each of its members. */
export const choices: Law = lawOf<readonly [t.Mixed, unknown, readonly string[]]>(
  'choices',
  'of a choice a codec says for each of its members, by name, why it is not that',
  [
    [Data.Scaler.codec, 1, ['0: a standardising scaler', '1: a min–max scaler']],
    [Data.Scaler.codec, { ...squeezed, more: 1 }, ['0.kind: "standardise"', '1: no field "more" in a min–max scaler']],
    [
      Data.Scaler.codec,
      { ...squeezed, low: NaN, high: '1' },
      ['0.kind: "standardise"', '1.low: a finite number', '1.high: a finite number'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [1] },
      ['features.0.0: a numeric feature', 'features.0.1: a categorical feature'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, more: 1 }] },
      ['features.0.0.kind: "numeric"', 'features.0.1: no field "more" in a categorical feature'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ kind: 'categorical', name: 1, column: 'a', categories: [1] }] },
      [
        'features.0.0.kind: "numeric"',
        'features.0.0.name: string',
        'features.0.0.column: a whole number',
        'features.0.1.name: string',
        'features.0.1.column: a whole number',
        'features.0.1.categories.0: string',
      ],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, categories: [] }] },
      ['features.0.0.kind: "numeric"', 'features.0.1.categories: at least 1 texts that differ'],
    ],
    [
      Data.Schema.codec,
      { ...whole, features: [{ ...categorical, categories: ['k', 'k'] }] },
      ['features.0.0.kind: "numeric"', 'features.0.1.categories: at least 1 texts that differ'],
    ],
    [Data.Schema.codec, { ...whole, target: 1 }, ['target.0: a target of classes', 'target.1: a target value']],
    [
      Data.Schema.codec,
      { ...whole, target: { ...whole.target, more: 1 } },
      [
        'target.0.kind: "classes"',
        'target.0.numeric: boolean',
        'target.0.classes: distinct texts',
        'target.1: no field "more" in a target value',
      ],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, more: 1 } },
      ['target.0: no field "more" in a target of classes', 'target.1.kind: "value"'],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, classes: ['0'] } },
      ['target.0.classes: at least 2 texts that differ', 'target.1.kind: "value"'],
    ],
    [
      Data.Schema.codec,
      { ...classes, target: { ...classes.target, name: 1, column: 0.5 } },
      [
        'target.0.name: string',
        'target.0.column: a whole number of at least 0',
        'target.1.kind: "value"',
        'target.1.name: string',
        'target.1.column: a whole number of at least 0',
      ],
    ],
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
