/** The outcomes of laws for people: as text, and as a fragment of HTML. */

import type { Result } from './check.ts';
import type { Outcome } from './law.ts';
import type { LawSet } from './set.ts';

const excludedOf = (excluded: Readonly<Record<string, number>>): string =>
  Object.entries(excluded)
    .map(([reason, count]) => `, ${count} excluded: ${reason}`)
    .join('');

const noted = (outcome: Outcome): string => {
  switch (outcome.tag) {
    case 'held':
      return `${outcome.runs} ${outcome.runs === 1 ? 'sample' : 'samples'}${excludedOf(outcome.excluded)}`;
    case 'skipped':
      return `not expected: ${outcome.reason}`;
    case 'failed':
      return `failed after ${outcome.failure.runs} ${outcome.failure.runs === 1 ? 'sample' : 'samples'}`;
  }
};

const MARKS = { held: '✓', skipped: '–', failed: '✗' } as const;

const countOf = (results: readonly Result[], tag: Outcome['tag']): number =>
  results.filter(({ outcome }) => outcome.tag === tag).length;

const tally = (results: readonly Result[]): string => {
  const [held, failed, skipped] = (['held', 'failed', 'skipped'] as const).map((tag) => countOf(results, tag));
  return `${held} held, ${failed} failed, ${skipped} not expected`;
};

/** Results with the sets around them, a set's name before the first of it. */
const grouped = (
  results: readonly Result[],
): ReadonlyArray<{ readonly opens: ReadonlyArray<readonly [depth: number, name: string]>; readonly result: Result }> =>
  results.map((result, i) => {
    const before = results[i - 1]?.path.slice(0, -1) ?? [];
    const groups = result.path.slice(0, -1);
    const shared = groups.findIndex((name, depth) => before[depth] !== name);
    const from = shared < 0 ? groups.length : shared;
    return { opens: groups.slice(from).map((name, k) => [from + k, name] as const), result };
  });

const indented = (depth: number, text: string): string => text.replace(/^/gm, '  '.repeat(depth));

/**
 * Results as text: each law with its mark and its samples, each failure whole, and how many of each there are.
 *
 * @example
 * ```ts
 * import { check, holds, lawOf, lawSet, reportText } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'is odd', [1, 3], (n) => holds(n % 2 === 1, 'odd', `${n}`));
 * reportText(check(lawSet('numbers', [odd]))) // => 'numbers\n  ✓ odd (2 samples)\n\n1 held, 0 failed, 0 not expected'
 * ```
 */
export const reportText = (results: readonly Result[]): string =>
  [
    ...grouped(results).flatMap(({ opens, result: { path, law, outcome } }) => [
      ...opens.map(([depth, name]) => indented(depth, name)),
      indented(path.length - 1, `${MARKS[outcome.tag]} ${law.name} (${noted(outcome)})`),
      ...(outcome.tag === 'failed' ? [indented(path.length + 1, outcome.message)] : []),
    ]),
    '',
    tally(results),
  ].join('\n');

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/**
 * Results as a fragment of HTML: a heading a set, a list of its laws with statement, formula and samples, each failure
 * whole. Nothing of it is a script, and whatever comes from a value is escaped.
 *
 * @example
 * ```ts
 * import { check, holds, lawOf, lawSet, reportHtml } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'n < 2', [1], (n) => holds(n < 2, 'less', `${n}`));
 * reportHtml(check(lawSet('numbers', [odd]))).includes('n &lt; 2') // => true
 * ```
 */
export const reportHtml = (results: readonly Result[]): string =>
  [
    '<section class="laws">',
    ...grouped(results).flatMap(({ opens, result: { law, outcome } }) => [
      ...opens.map(([depth, name]) => `<h${Math.min(depth + 2, 6)}>${escaped(name)}</h${Math.min(depth + 2, 6)}>`),
      `<p class="${outcome.tag}">${MARKS[outcome.tag]} <b>${escaped(law.name)}</b>: ${escaped(law.statement)}${
        law.formula === undefined ? '' : ` <code>${escaped(law.formula)}</code>`
      } <small>(${escaped(noted(outcome))})</small></p>`,
      ...(outcome.tag === 'failed' ? [`<pre>${escaped(outcome.message)}</pre>`] : []),
    ]),
    `<p>${tally(results)}</p>`,
    '</section>',
  ].join('\n');

/**
 * What the laws of a set say, without trying them: a line for the name and statement of each, and one for its formula.
 *
 * @example
 * ```ts
 * import { holds, lawOf, lawSet, statements } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'is odd', [1, 3], (n) => holds(n % 2 === 1, 'odd', `${n}`), { formula: 'n ≡ 1 mod 2' });
 * statements(lawSet('numbers', [odd])) // => 'numbers\n  odd: is odd\n      n ≡ 1 mod 2'
 * ```
 */
export const statements = ({ name, laws, sets }: LawSet): string =>
  [
    name,
    ...laws.flatMap((law) => [
      `  ${law.name}: ${law.statement}`,
      ...(law.formula === undefined ? [] : [`      ${law.formula}`]),
    ]),
    ...sets.map((inner) => indented(1, statements(inner))),
  ].join('\n');
