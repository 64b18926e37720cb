/** The command as a function: from the words of a command line to an exit status. It throws nothing. */
import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { Failure } from '../index.ts';
import { checkCommand } from './check-command.ts';
import type { Command } from './command.ts';
import { demoCommand } from './demo-command.ts';
import { parse, type Stop } from './options.ts';
import { predictCommand } from './predict-command.ts';
import { trainCommand } from './train-command.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

/** 0: done; 1: the data or a file is at fault; 2: the command line is. */
export type Status = 0 | 1 | 2;

const perform =
  (world: World) =>
  (command: Command): TaskEither<Failure.Failure, void> => {
    switch (command.name) {
      case 'demo':
        return demoCommand(world)(command);
      case 'train':
        return trainCommand(world)(command);
      case 'predict':
        return predictCommand(world)(command);
      case 'check':
        return checkCommand(world)(command);
    }
  };

const isStop = (wrong: Stop | Failure.Failure): wrong is Stop => 'kind' in wrong;

/** One line for a person. */
const sentence = (failure: Failure.Failure): string =>
  `nabla: ${Failure.show(failure).replace(/\s*[\r\n]+\s*/g, ' ')}\n`;

const stopped =
  (world: World) =>
  (wrong: Stop | Failure.Failure): Status => {
    if (isStop(wrong)) {
      (wrong.status === 0 ? world.print : world.log)(wrong.text);
      return wrong.status;
    }
    world.log(sentence(wrong));
    return wrong.tag === 'config' ? 2 : 1;
  };

/** Does what a command line asks for. */
export const run =
  (world: World) =>
  (argv: readonly string[]): Task<Status> =>
  async () => {
    const asked = parse(VERSION)(argv);
    if (E.isLeft(asked)) return stopped(world)(asked.left);
    try {
      const done = await perform(world)(asked.right)();
      return E.isLeft(done) ? stopped(world)(done.left) : 0;
    } catch (thrown) {
      // What is thrown is a mistake of ours; a user is told so, in words.
      const what = thrown instanceof Error ? thrown.message : String(thrown);
      world.log(`nabla: this is a mistake in nabla itself, not in what it was given: ${what.split('\n')[0]}\n`);
      return 1;
    }
  };
