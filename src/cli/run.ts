/** The command as a function: from the words of a command line to an exit status. It throws nothing. */
import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from '../index.ts';
import { checkCommand } from './check-command.ts';
import type { Command } from './command.ts';
import { demoCommand } from './demo-command.ts';
import { parse, type Stop } from './options.ts';
import { predictCommand } from './predict-command.ts';
import { searchCommand } from './search-command.ts';
import { trainCommand } from './train-command.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

/** 0: done; 1: the data or a file is at fault; 2: the command line is; 130: it was stopped by an interrupt. */
export type Status = 0 | 1 | 2 | 130;

const done: (work: TE.TaskEither<Failure.Failure, void>) => TE.TaskEither<Failure.Failure, Status> = TE.map(() => 0);

const perform =
  (world: World) =>
  (command: Command): TE.TaskEither<Failure.Failure, Status> => {
    switch (command.name) {
      case 'demo':
        return done(demoCommand(world)(command));
      case 'train':
        return done(trainCommand(world)(command));
      case 'predict':
        return done(predictCommand(world)(command));
      case 'check':
        return done(checkCommand(world)(command));
      case 'search':
        return searchCommand(world)(command);
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
      const ended = await perform(world)(asked.right)();
      return E.isLeft(ended) ? stopped(world)(ended.left) : ended.right;
    } catch (thrown) {
      // What is thrown is a mistake of ours; a user is told so, in words.
      const what = thrown instanceof Error ? thrown.message : String(thrown);
      world.log(`nabla: this is a mistake in nabla itself, not in what it was given: ${what.split('\n')[0]}\n`);
      return 1;
    }
  };
