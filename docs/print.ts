/**
 * Writes what the pages of the tutorial print of themselves: every block under `<!-- printed: expression -->` becomes what the
 * expression gives now, the page of the zoo is what its laws find, and that of mutants what is known of them. The tests hold the pages to it; `npm run docs`
 * renews them.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { page } from '../laws/mutation/page.ts';
import { families } from '../laws/zoo/index.ts';
import { table } from '../laws/zoo/table.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const FENCE = /^```ts\n([\s\S]*?)^```$|^<!-- printed: (.+) -->\n```(\w*)\n[\s\S]*?^```$/gm;

/** The program of a page, which ends with the list of what is printed. */
const programOf = (page: string): string => {
  const printed: string[] = [];
  const code = [...page.matchAll(FENCE)].map(([, block, expression]) => {
    if (expression === undefined) return block ?? '';
    printed.push(`printed${printed.length}`);
    return `const ${printed.at(-1)} = ${expression};`;
  });
  return [...code, `export const printed: unknown[] = [${printed.join(', ')}];`].join('\n');
};

for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
  const path = join(folder, name);
  const before = readFileSync(path, 'utf8');
  if (!before.includes('<!-- printed: ')) continue;
  const program = join(folder, `.${name}.ts`);
  writeFileSync(program, programOf(before));
  const { printed } = await import(pathToFileURL(program).href);
  rmSync(program);
  let next = 0;
  const renewed = before.replace(FENCE, (block, _code, expression, language) =>
    expression === undefined
      ? block
      : `<!-- printed: ${expression} -->\n\`\`\`${language}\n${String(printed[next++]).trimEnd()}\n\`\`\``,
  );
  if (renewed !== before) writeFileSync(path, renewed);
  console.log(`${name}: ${next} printed, ${renewed === before ? 'as they were' : 'renewed'}`);
}

writeFileSync(
  join(folder, 'zoo.md'),
  `# The zoo of wrong values

Every value here has one fault, and the law that must notice it. The tests try each at three seeds, and the right values beside them
([\`laws/zoo\`](../laws/zoo)). Written by \`npm run docs\`; [chapter 6](06-laws.md) says what laws are.

${table(families)}
`,
);
writeFileSync(join(folder, 'survivors.md'), page);
