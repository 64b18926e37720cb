/** The command line: what it may say, and what it asks for. */
import { Command as Commander, CommanderError } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Search from '../search/search/index.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Command } from './command.ts';
import { ENGINES } from './engine.ts';
import { oneOf, type Read, whole, widths, words } from './values.ts';

/** Nothing to do but to print a text and to end: help, the version, or what is wrong with the command line. */
export interface Stop {
  readonly kind: 'stop';
  readonly text: string;
  readonly status: 0 | 2;
}

type Given = Readonly<Record<string, unknown>>;

const optional = <A>(given: Given, name: string, option: string, read: Read<A>): E.Either<Failure, A | null> => {
  const text = given[name];
  return typeof text === 'string' ? read(option)(text) : E.right(null);
};
const required = <A>(given: Given, name: string, option: string, read: Read<A>): E.Either<Failure, A> =>
  read(option)(String(given[name] ?? ''));
const flag = (given: Given, name: string): boolean => given[name] === true;

const seed = (given: Given): E.Either<Failure, number> =>
  required(given, 'seed', '--seed', whole(0, Number.MAX_SAFE_INTEGER));
const METHODS = Object.keys(Search.registry);
const skipLines = (given: Given): E.Either<Failure, number> =>
  required(given, 'skipLines', '--skip-lines', whole(0, 1_000_000_000));

const demo = (given: Given): E.Either<Failure, Command> =>
  pipe(
    E.Do,
    E.apS('seed', seed(given)),
    E.apS('out', required(given, 'out', '--out', words)),
    E.apS('picture', optional(given, 'picture', '--picture', words)),
    E.map((read): Command => ({ name: 'demo', json: flag(given, 'json'), ...read })),
  );

const train = (given: Given): E.Either<Failure, Command> =>
  pipe(
    E.Do,
    E.apS('data', required(given, 'data', '--data', words)),
    E.apS('skipLines', skipLines(given)),
    E.apS('target', optional(given, 'target', '--target', words)),
    E.apS('task', optional(given, 'task', '--task', oneOf('classification', 'regression'))),
    E.apS('layers', optional(given, 'layers', '--layers', widths)),
    E.apS('epochs', optional(given, 'epochs', '--epochs', whole(1, 1_000_000))),
    E.apS('seed', seed(given)),
    E.apS('save', optional(given, 'save', '--save', words)),
    E.apS('engine', required(given, 'engine', '--engine', oneOf(...ENGINES))),
    E.apS('out', required(given, 'out', '--out', words)),
    E.map((read): Command => ({ name: 'train', json: flag(given, 'json'), ...read })),
  );

const predict =
  (model: string) =>
  (given: Given): E.Either<Failure, Command> =>
    pipe(
      E.Do,
      E.apS('model', words('MODEL')(model)),
      E.apS('data', required(given, 'data', '--data', words)),
      E.apS('skipLines', skipLines(given)),
      E.map((read): Command => ({ name: 'predict', json: flag(given, 'json'), ...read })),
    );

const check =
  (model: string) =>
  (given: Given): E.Either<Failure, Command> =>
    pipe(
      E.Do,
      E.apS('model', words('MODEL')(model)),
      E.apS('data', optional(given, 'data', '--data', words)),
      E.apS('skipLines', skipLines(given)),
      E.apS('seed', seed(given)),
      E.apS('runs', required(given, 'runs', '--runs', whole(1, 1000))),
      E.map((read): Command => ({ name: 'check', json: flag(given, 'json'), ...read })),
    );

const search =
  (space: string) =>
  (given: Given): E.Either<Failure, Command> =>
    pipe(
      E.Do,
      E.apS('space', words('SPACE')(space)),
      E.apS('data', required(given, 'data', '--data', words)),
      E.apS('skipLines', skipLines(given)),
      E.apS('target', optional(given, 'target', '--target', words)),
      E.apS('task', optional(given, 'task', '--task', oneOf('classification', 'regression'))),
      E.apS('method', optional(given, 'method', '--method', oneOf(...METHODS))),
      E.apS('trials', optional(given, 'trials', '--trials', whole(1, 1_000_000))),
      E.apS('epochs', optional(given, 'epochs', '--epochs', whole(1, 1_000_000))),
      E.apS('folds', optional(given, 'folds', '--folds', whole(2, 1_000_000_000))),
      E.apS('threads', optional(given, 'threads', '--threads', whole(0, 1024))),
      E.apS('seed', seed(given)),
      E.apS('history', optional(given, 'history', '--history', words)),
      E.apS('save', optional(given, 'save', '--save', words)),
      E.apS('out', required(given, 'out', '--out', words)),
      E.map((read): Command => ({ name: 'search', json: flag(given, 'json'), ...read })),
    );

const DATA = 'the table: CSV, gzip or not, with a header or without';
const SKIP = 'lines to leave out at the start of the file';
const SEED = 'the seed of everything random: the same seed gives the same result, to the last bit';
const OUT = 'the folder for report.html';
const JSON_OUT = 'print one JSON object on standard output, and nothing else there';

const EXAMPLES = `
Examples:
  nabla                                          train three networks and show them in out/report.html
  nabla train --data digits.csv.gz               the last column is predicted; text or few numbers are classes
  nabla train --data houses.csv --target price --layers 64,64 --save houses.json
  nabla predict houses.json --data new.csv       predictions as CSV on standard output
  nabla check houses.json                        is it a network at all: its gradients, its bits, its file
  nabla search space.json --data digits.csv.gz   try hyperparameters, and show what they came to in out/report.html
  nabla train --data digits.csv.gz --json | jq .test.accuracy

Exit status: 0 done, 1 the data or a file is at fault (or a law does not hold),\n2 the command line is, 130 a search was stopped (Ctrl-C).`;

/** Without a command, `--data` asks for training, and nothing for the demonstration. */
const named = (argv: readonly string[]): readonly string[] => {
  const [first] = argv;
  if (first !== undefined && (!first.startsWith('-') || ['-h', '--help', '-V', '--version'].includes(first)))
    return argv;
  return [argv.some((word) => word === '--data' || word.startsWith('--data=')) ? 'train' : 'demo', ...argv];
};

const program = (version: string, found: (command: E.Either<Failure, Command>) => void): Commander => {
  const root = new Commander('nabla')
    .description('Neural networks as values. Without a command it trains three networks and shows what they learned.')
    .version(version)
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(nabla --help shows what can be asked for)');
  root
    .command('demo')
    .description('XOR, Franke’s function and the Ising phase transition (what nabla does without a command)')
    .option('--seed <number>', SEED, '1')
    .option('--json', JSON_OUT)
    .option('--out <folder>', OUT, 'out')
    .option('--picture <file>', 'also draw a small picture of the results, as SVG')
    .action((given: Given) => found(demo(given)));
  root
    .command('train')
    .description('train a network on a table, and test it on a fifth of the rows')
    .requiredOption('--data <file>', DATA)
    .option('--skip-lines <number>', SKIP, '0')
    .option(
      '--target <column>',
      'the column to predict, by its name or its position (1 is the first); the last by default',
    )
    .option('--task <task>', 'classification or regression; by default what the target suggests')
    .option('--layers <widths>', 'widths of the hidden layers, such as 64,32, or none')
    .option('--epochs <number>', 'how often every training row is seen, at most')
    .option('--seed <number>', SEED, '1')
    .option('--json', `${JSON_OUT}; no report is written`)
    .option(
      '--engine <name>',
      'wasm; native, products by the BLAS of this system; or reference, the definition',
      'wasm',
    )
    .option('--save <file>', 'write the trained network here, for nabla predict')
    .option('--out <folder>', OUT, 'out')
    .action((given: Given) => found(train(given)));
  root
    .command('predict')
    .description('print what a saved network predicts for each row of a table, as CSV')
    .argument('<model>', 'a file that nabla train --save or nabla search --save wrote')
    .requiredOption('--data <file>', `${DATA}; the target column may be left out`)
    .option('--skip-lines <number>', SKIP, '0')
    .option('--json', JSON_OUT)
    .action((model: string, given: Given) => found(predict(model)(given)));
  root
    .command('check')
    .description('hold a saved network to the laws of networks, and print what was found')
    .argument('<model>', 'a file that nabla train --save or nabla search --save wrote')
    .option('--data <file>', 'a table whose rows are the examples it is tried on; by default they are drawn')
    .option('--skip-lines <number>', SKIP, '0')
    .option('--seed <number>', 'the seed of the samples', '1')
    .option('--runs <number>', 'so many times the samples of each law', '1')
    .option('--json', JSON_OUT)
    .action((model: string, given: Given) => found(check(model)(given)));
  root
    .command('search')
    .description('try hyperparameters on a table by cross-validation, and show what they came to')
    .argument('<space>', 'a file of JSON: the space to search, and how (docs/10-hyperparameters.md)')
    .requiredOption('--data <file>', DATA)
    .option('--skip-lines <number>', SKIP, '0')
    .option('--target <column>', 'the column to predict, as for train')
    .option('--task <task>', 'classification or regression; by default what the target suggests')
    .option('--method <kind>', `${METHODS.join(', ')}; by default what the file says, or random`)
    .option('--trials <number>', 'how many points are tried')
    .option('--epochs <number>', 'how long a trial is trained, at most')
    .option('--folds <number>', 'how often each trial is trained and validated; 5 unless the file says')
    .option('--threads <number>', 'how many trials at once; 0 for all in this thread; by default one a core')
    .option('--seed <number>', SEED, '1')
    .option('--history <file>', 'keep what happened here, and go on from it where it is there already')
    .option('--save <file>', 'train the best once more, on all rows, and keep it for predict')
    .option('--json', `${JSON_OUT}; no report is written`)
    .option('--out <folder>', OUT, 'out')
    .action((space: string, given: Given) => found(search(space)(given)));
  return root;
};

/** What a command line asks for: a command, a text to print, or what is wrong with an option. */
export const parse =
  (version: string) =>
  (argv: readonly string[]): E.Either<Stop | Failure, Command> => {
    const texts: string[] = [];
    const commands: E.Either<Failure, Command>[] = [];
    const collect = (text: string): void => void texts.push(text);
    const root = program(version, (command) => void commands.push(command));
    for (const each of [root, ...root.commands])
      each.exitOverride().configureOutput({ writeOut: collect, writeErr: collect });
    const stop = (status: 0 | 2, text: string): E.Either<Stop, never> => E.left({ kind: 'stop', status, text });
    try {
      root.parse([...named(argv)], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return stop(
        error.exitCode === 0 ? 0 : 2,
        texts
          .join('')
          .replace(/^error: /, 'nabla: ')
          .replace('\n(Did', ' (Did'),
      );
    }
    return commands[0] ?? stop(0, root.helpInformation());
  };
