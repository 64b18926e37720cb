/** What failures print: the sample is code that evaluates, with what is public in scope. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as nabla from '../../src/index.ts';
import * as pack from '../index.ts';
import type { Law } from '../law.ts';
import { lawsOf } from './caught.ts';
import { type Family, families } from './index.ts';

const scope = { ...nabla, ...pack };

/** What a line of code gives; throws where it is none. */
const evaluated = (text: string): unknown =>
  new Function(...Object.keys(scope), `return (${text});`)(...Object.values(scope));

/** Functions in a value are not data: a sample is what can be read. */
const isData = (value: unknown): boolean =>
  typeof value !== 'function' &&
  (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.values(value).every(isData));

/** Why a text is not a sample that can be pasted; nothing where it is. */
const complaint = (text: string): string | undefined => {
  try {
    return text.includes('\n')
      ? `several lines: ${text}`
      : isData(evaluated(text))
        ? undefined
        : `has functions: ${text}`;
  } catch (cause) {
    return `${cause}: ${text}`;
  }
};

const firstOfEachName = (laws: readonly Law[]): readonly Law[] =>
  laws.filter((law, i) => laws.findIndex(({ name }) => name === law.name) === i);

/** Every law that the right and the wrong values of a family are asked, each once. */
const asked = ({ broken, correct }: Family): readonly Law[] =>
  firstOfEachName([...correct, ...broken.map(({ laws }) => laws)].flatMap(lawsOf));

/** Whose failures take seconds to shrink. */
const COSTLY = [
  'mean and variance in training',
  'standard numbers stay standard',
  'keeps the variance through depth',
  'gradient: differences',
  'map: rounded after each operation',
  'a state goes round',
  'goes on from the checkpoint',
  'training in parts',
  'validation rows are not learnt from',
  'a function of point and budget',
];

/** One law of each name that wrong values fail. */
const failing = ({ broken }: Family): readonly Law[] =>
  firstOfEachName(
    broken.flatMap(({ laws, law: name }) => lawsOf(laws).filter((law) => law.name === name && !COSTLY.includes(name))),
  );

/** What is missing in the message of a law's failure. */
const unprinted = (law: Law): readonly string[] => {
  const outcome = law.check();
  if (outcome.tag !== 'failed') return [];
  const { counterexample, expected, received, path } = outcome.failure;
  const lines = [
    `law       ${law.name}`,
    `states    ${law.statement}`,
    `sample    ${counterexample}`,
    `expected  ${expected}`,
    `received  ${received}`,
    `replay    seed 1, path ${JSON.stringify(path)}`,
  ];
  const wrong = complaint(counterexample);
  return [
    ...(wrong === undefined ? [] : [`sample: ${wrong}`]),
    ...(/\[object \w+\]/.test(outcome.message) ? [outcome.message] : []),
    ...lines.filter((line) => !`\n${outcome.message}`.includes(`\n${line}`)),
  ];
};

describe.each(families)('$name', (family) => {
  it('every law draws samples that are code', () => {
    const complaints = asked(family).flatMap((law) =>
      law.open(({ arbitrary, show }) =>
        fc.sample(arbitrary, { seed: 1, numRuns: 4 }).flatMap((sample) => {
          const wrong = complaint(show(sample));
          return wrong === undefined ? [] : [`${law.name}: ${wrong}`];
        }),
      ),
    );
    expect(complaints).toEqual([]);
  });

  it('failures are printed whole, and their samples are code', () => {
    const complaints = failing(family).flatMap((law) => unprinted(law).map((line) => `${law.name}: ${line}`));
    expect(complaints).toEqual([]);
  });
});
