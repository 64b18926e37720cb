/** Programs of threads: where they are, and what they are given. */

const here = import.meta.url;

/** A program that is beside this file: TypeScript in the sources, JavaScript where they were compiled or bundled. */
const beside = (name: string): URL => new URL(`./${name}${/\.[a-z]+$/.exec(new URL(here).pathname)?.[0] ?? ''}`, here);

/** What a thread runs. */
export const threadProgram: URL = beside('thread');

/** The module whose objective trains what a point says. */
export const trialsModule: URL = beside('trials');

/** What a thread is given once. */
export interface ThreadData {
  readonly module: string;
  readonly data: unknown;
}

/** The name under which a thread of ours finds its data. */
export const OURS = 'nabla-ts/workers';
