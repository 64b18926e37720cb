/**
 * The examples of the documentation as programs: the blocks of a page, one after another, make one; an `@example` of a
 * doc comment makes one by itself. A block of a page under `<!-- printed: expression -->` is what the expression gives. In a line that ends in `// => value` the expression must equal the value; in one that
 * ends in `// ≈ number` it must be that number to the digits that are printed.
 */
export interface Example {
  /** Where it stands, for the test's name. */
  readonly name: string;
  readonly code: string;
}

const FENCE = /^```ts\n([\s\S]*?)^```$/gm;

const blocksOf = (text: string): readonly string[] => [...text.matchAll(FENCE)].map((match) => match[1] ?? '');

/** A block of a page: a program's, or what an expression of the program gives when it is printed. */
const PAGE_BLOCK = /^```ts\n([\s\S]*?)^```$|^<!-- printed: (.+) -->\n```\w*\n([\s\S]*?)^```$/gm;

const pageBlocks = (text: string): readonly string[] =>
  [...text.matchAll(PAGE_BLOCK)].map(([, code, expression, printed = '']) =>
    expression === undefined ? (code ?? '') : `${expression} // => ${JSON.stringify(printed.trimEnd())}\n`,
  );

/** The program of a page of Markdown, if it has any. */
export const ofPage = (name: string, text: string): readonly Example[] => {
  const blocks = pageBlocks(text);
  return blocks.length === 0 ? [] : [{ name, code: blocks.join('\n') }];
};

/** The programs in the doc comments of a source file. */
export const ofSource = (name: string, text: string): readonly Example[] =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const body = comment[0].replace(/^[ \t]*(?:\/\*\*|\*\/|\*) ?/gm, '');
    const line = text.slice(0, comment.index).split('\n').length;
    return blocksOf(body).map((code, i) => ({ name: `${name}:${line}${i === 0 ? '' : `#${i + 1}`}`, code }));
  });

/** How many brackets a line of code closes beyond those it opens. */
const closes = (code: string): number => (code.match(/[)\]}]/g) ?? []).length - (code.match(/[([{]/g) ?? []).length;

/** The line of a claim, split into its expression and what it says of it. */
const CLAIM = /^(?!\s*(?:const|let|import|export|\/\/))(.*?);?\s*\/\/ (=>|≈) (.+)$/;

/** A program whose claims are assertions. A claim at the end of an expression of several lines is about all of it. */
export const asserting = (code: string): string => {
  const lines: string[] = [`import { claim as claimed, claimNear as claimedNear } from '../laws/docs/claims.ts';`];
  // A claim on a line of its own is about the expression that ends above it.
  for (const line of code.replace(/;?\n[ \t]*\/\/ (=>|≈) /g, ' // $1 ').split('\n')) {
    const [, last, kind, said] = CLAIM.exec(line) ?? [];
    if (last === undefined || said === undefined) lines.push(line);
    else {
      let expression = last;
      while (closes(expression) > 0 && lines.length > 1) expression = `${lines.pop()}\n${expression}`;
      lines.push(
        kind === '=>'
          ? `claimed(() => (${expression}), () => (${said}));`
          : `claimedNear(() => (${expression}), ${JSON.stringify(said)});`,
      );
    }
  }
  return [...lines, 'export {};'].join('\n');
};
