/**
 * The examples of the documentation as programs: the blocks of a page, one after another, make one; an `@example` of a
 * doc comment makes one by itself. In a line that ends in `// => value` the expression must equal the value; in one that
 * ends in `// ≈ number` it must be that number to the digits that are printed.
 */
export interface Example {
  /** Where it stands, for the test's name. */
  readonly name: string;
  readonly code: string;
}

const FENCE = /^```ts\n([\s\S]*?)^```$/gm;

const blocksOf = (text: string): readonly string[] => [...text.matchAll(FENCE)].map((match) => match[1] ?? '');

/** The program of a page of Markdown, if it has any. */
export const ofPage = (name: string, text: string): readonly Example[] => {
  const blocks = blocksOf(text);
  return blocks.length === 0 ? [] : [{ name, code: blocks.join('\n') }];
};

/** The programs in the doc comments of a source file. */
export const ofSource = (name: string, text: string): readonly Example[] =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const body = comment[0].replace(/^[ \t]*(?:\/\*\*|\*\/|\*) ?/gm, '');
    const line = text.slice(0, comment.index).split('\n').length;
    return blocksOf(body).map((code, i) => ({ name: `${name}:${line}${i === 0 ? '' : `#${i + 1}`}`, code }));
  });

/** A program whose claims are assertions. */
export const asserting = (code: string): string =>
  [
    `import { claim, claimNear } from '../laws/docs/claims.ts';`,
    ...code.split('\n').map((line) => {
      const exact = /^(?!\s*(?:const|let|import|export|\/\/))(\s*)(.+?);?\s*\/\/ => (.+)$/.exec(line);
      if (exact !== null) return `${exact[1]}claim(() => (${exact[2]}), () => (${exact[3]}));`;
      const near = /^(?!\s*(?:const|let|import|export|\/\/))(\s*)(.+?);?\s*\/\/ ≈ (\S+)$/.exec(line);
      return near === null ? line : `${near[1]}claimNear(() => (${near[2]}), '${near[3]}');`;
    }),
    'export {};',
  ].join('\n');
