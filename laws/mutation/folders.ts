/** Which tests are to notice a change in which folder: its own laws first, then what is built upon it. */
export interface Folder {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

const folder = (name: string, tests: readonly string[] = []): readonly [string, Folder] => [
  name,
  {
    mutate: [`src/${name}/**/*.ts`, `!src/${name}/**/index.ts`],
    tests: [name, ...tests],
  },
];

export const folders: Readonly<Record<string, Folder>> = Object.fromEntries([
  folder('loss'),
  folder('optimizer'),
  folder('tensor'),
  folder('scalar'),
  folder('ops'),
  folder('layer', ['gradient']),
  folder('train'),
  folder('data'),
]);
