/** The page of mutants that nothing can notice, from the list of them. */
import { survivors } from './survivors.ts';

const cell = (code: string): string => `\`${code.replaceAll('|', '\\|')}\``;

export const page = `# Mutants that nothing can notice

Each is a change of the source that no program can tell from the source, and why. What they are changes of is told in
[*What the tests notice*](mutation.md). Written by \`npm run docs\` from [\`laws/mutation/survivors\`](../laws/mutation/survivors).

| file | mutant | why nothing can notice |
|---|---|---|
${survivors.map(({ file, from, to, reason }) => `| \`${file}\` | ${cell(from)} → ${cell(to)} | ${reason.replaceAll('|', '\\|')} |`).join('\n')}
`;
