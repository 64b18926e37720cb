/** The command run inside a test: what it printed, what it said, how it ended. */
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with a world of strings, which is told of each message and may interrupt. */
const ran = async (argv: readonly string[], onLog: (text: string, interrupt: () => void) => void): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  let interrupt = (): void => undefined;
  const status = await run({
    print: (text) => void out.push(text),
    log: (text) => {
      err.push(text);
      onLog(text, interrupt);
    },
    terminal: undefined,
    now: () => 0,
    breathe: () => Promise.resolve(),
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => {
        interrupt = () => undefined;
      };
    },
  })(argv)();
  return { status, out: out.join(''), err: err.join('') };
};

/** Runs the command. */
export const nabla = (...argv: readonly string[]): Promise<Ran> => ran(argv, () => undefined);

/** Runs the command, which is interrupted as soon as it says how far it is. */
export const interrupted = (...argv: readonly string[]): Promise<Ran> =>
  ran(argv, (text, interrupt) => {
    if (text.includes('%')) interrupt();
  });
