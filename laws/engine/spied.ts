/** Engines that can be asked afterwards what they did, so that no law passes because the reference was held to itself. */
import * as E from 'fp-ts/lib/Either.js';
import { create, type Engine, type Lent } from '../../src/engine/engine.ts';
import { type Machine, machine } from '../../src/engine/run/machine.ts';
import type { Verdict } from '../law.ts';
import { POISON } from './compiled.ts';

export interface Spied {
  readonly engine: Engine;
  /** How many steps of emitted code ran. */
  readonly ran: () => number;
  /** Why it refused what it refused. */
  readonly refused: () => readonly string[];
}

// Memories for all engines of a test file, as each reserves gigabytes of addresses; a machine is only a view of one.
const PAGES = 16;
const memories = Array.from({ length: 2 }, () => new WebAssembly.Memory({ initial: PAGES }));

/** An engine whose memories hold nothing but NaN when it is made. It serves no more than two runs at a time. */
export const spied = (): Spied => {
  const inner = create();
  const refused: string[] = [];
  let ran = 0;
  const counted = (of: Machine): Machine => ({
    ...of,
    load: (compiled) => {
      const { plan, run } = of.load(compiled);
      return {
        plan,
        run: () => {
          ran += 1;
          run();
        },
      };
    },
  });
  const spare = memories.map((memory): Lent => {
    const made = machine(memory);
    made.words().fill(POISON);
    return { machine: counted(made), owner: undefined };
  });
  return {
    engine: {
      name: inner.name,
      prepare: (computation) => {
        const made = inner.prepare(computation);
        if (E.isLeft(made)) refused.push(`${computation.name}: ${made.left}`);
        return made;
      },
      borrow: (owner, use) => {
        const own = spare.findIndex((lent) => lent.owner === owner);
        const [lent] = spare.splice(Math.max(own, 0), 1);
        if (lent === undefined) throw new Error('a spied engine has two memories');
        try {
          return use(lent);
        } finally {
          spare.push(lent);
        }
      },
    },
    ran: () => ran,
    refused: () => refused,
  };
};

/** Holds when emitted code ran at least so often, and nothing was left to the reference. */
export const ranEmitted = ({ ran, refused }: Spied, times: number): Verdict =>
  refused().length > 0
    ? { expected: 'nothing refused', received: refused().join('; ') }
    : ran() >= times
      ? undefined
      : { expected: `emitted code to run ${times} times`, received: `${ran()} times` };
