/** A contestant's side of the protocol, for those that run in Node. */
import { createInterface } from 'node:readline';
import type { Problem } from '../problem.ts';
import { readProblem } from '../problem-files.ts';
import type { Request, SetupReply } from '../protocol.ts';

/** A contestant that has read its problem. */
export interface Ready {
  /** What it is made of, with versions. */
  readonly name: string;
  /** Trains so many steps or a few more; says how many, and the mean loss over them or over their last epoch. */
  readonly steps: (count: number) => Promise<{ readonly steps: number; readonly loss: number }>;
  /** Only the matrix products of a step, so many times. */
  readonly products?: (count: number) => void;
  readonly differs?: string;
}

export interface Unable {
  readonly unable: string;
  /** Something has to be installed first. */
  readonly missing: boolean;
}

/** Why a contestant did not start. */
const because = (error: unknown): Unable => ({
  unable: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
  missing: error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND',
});

const seconds = (): number => performance.now() / 1000;

/** Answers the bench until it closes the line. */
export const serve = async (start: (problem: Problem) => Promise<Ready | Unable>): Promise<void> => {
  // Libraries greet on standard output, which is the bench's line.
  console.log = console.error;
  let ready: Ready | undefined;
  let before = 0;
  const setup = async (folder: string): Promise<SetupReply> => {
    const problem = await readProblem(folder);
    before = process.memoryUsage().rss;
    const started = await start(problem).catch(because);
    if ('unable' in started) return started;
    ready = started;
    return { ready: started.name, products: started.products !== undefined, differs: started.differs ?? null };
  };
  const answer = async (request: Request): Promise<object> => {
    if ('setup' in request) return setup(request.setup);
    const from = seconds();
    if ('products' in request) {
      ready?.products?.(request.products);
      return { products: request.products, seconds: seconds() - from };
    }
    const ran = await ready?.steps(request.steps);
    return { ...ran, seconds: seconds() - from, memory: Math.max(0, process.memoryUsage().rss - before) };
  };
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  process.exit(0);
};
