/** All that the command touches of the world outside, as a value, so that tests can put another in its place. */
import type { Task } from 'fp-ts/lib/Task.js';

export interface World {
  /** Writes results: standard output. */
  readonly print: (text: string) => void;
  /** Writes progress and messages: standard error. */
  readonly log: (text: string) => void;
  /** Where live bars are drawn; without it progress is plain lines. */
  readonly terminal: NodeJS.WriteStream | undefined;
  /** Milliseconds since some fixed time. */
  readonly now: () => number;
  /** Lets waiting events be handled: an interrupt, a closed pipe. */
  readonly breathe: Task<void>;
  /** Calls a function at the first request to stop (Ctrl-C), which then does not end the process; what is returned ends that. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

/** The world of this process. */
export const world: World = {
  print: (text) => void process.stdout.write(text),
  log: (text) => void process.stderr.write(text),
  terminal: process.stderr.isTTY ? process.stderr : undefined,
  now: () => performance.now(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  onInterrupt: (stop) => {
    // Once: who asks twice will not wait, and the system ends the process at once, whatever that is at.
    process.once('SIGINT', stop);
    return () => void process.off('SIGINT', stop);
  },
};
