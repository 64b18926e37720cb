/** The command run inside a test: what it printed, what it said, how it ended. */
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with a world of strings. */
export const nabla = async (...argv: readonly string[]): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const status = await run({
    print: (text) => void out.push(text),
    log: (text) => void err.push(text),
    terminal: undefined,
    now: () => 0,
    breathe: () => Promise.resolve(),
    onInterrupt: () => () => undefined,
  })(argv)();
  return { status, out: out.join(''), err: err.join('') };
};
