/** What the command line asks of the bench. */
import { Command, CommanderError } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Failure } from 'nabla-ts';
import { contestants } from './contestants.ts';
import { workloads } from './workloads.ts';

export interface Options {
  /** The names of all who are timed. */
  readonly contestants: readonly string[];
  readonly workloads: readonly number[];
  readonly growth: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly json: boolean;
  readonly out: string;
  /** Only install the peers that come from npm. */
  readonly install: boolean;
}

/** Nothing to do but to print a text and to end. */
export interface Stop {
  readonly text: string;
  readonly status: 0 | 2;
}

const wrong = (option: string, expected: string, text: string): E.Either<Failure.Failure, never> =>
  E.left(Failure.failure('config', option, expected, Failure.quote(text)));

const namesOf = (kind: 'engine' | 'peer'): readonly string[] =>
  contestants.filter((one) => one.kind === kind).map(({ name }) => name);

/** Names with commas between, in any case; `all` and `none` too. */
const names =
  (option: string, known: readonly string[]) =>
  (text: string): E.Either<Failure.Failure, readonly string[]> => {
    if (text === 'all') return E.right(known);
    if (text === 'none') return E.right([]);
    const asked = text.split(',').map((name) => name.trim().toLowerCase());
    const unknown = asked.find((name) => !known.some((each) => each.toLowerCase() === name));
    return unknown === undefined
      ? E.right(known.filter((each) => asked.includes(each.toLowerCase())))
      : wrong(option, `all, none, or some of ${known.join(', ')}`, unknown);
  };

/** Numbers of workloads, parts of their names, or `growth`. */
const only = (text: string): E.Either<Failure.Failure, Pick<Options, 'workloads' | 'growth'>> => {
  const asked = text.split(',').map((word) => word.trim());
  const matching = (word: string): readonly number[] =>
    workloads.flatMap(({ name }, i) => (String(i + 1) === word || (word.length > 1 && name.includes(word)) ? [i] : []));
  const unknown = asked.find((word) => word !== 'growth' && matching(word).length === 0);
  return unknown === undefined
    ? E.right({
        workloads: workloads.map((_, i) => i).filter((i) => asked.some((word) => matching(word).includes(i))),
        growth: asked.includes('growth'),
      })
    : wrong(
        '--only',
        `growth, 1 to ${workloads.length}, or a part of ${workloads.map(({ name }) => `"${name}"`).join(', ')}`,
        unknown,
      );
};

const number =
  (option: string, whole: boolean, least: number, most: number) =>
  (text: string): E.Either<Failure.Failure, number> => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return value >= least && value <= most && (!whole || Number.isInteger(value))
      ? E.right(value)
      : wrong(option, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`, text);
  };

const program = (): Command =>
  new Command('npm run bench --')
    .description(
      'Times one training step of six networks on this project’s engines and on the peers that are installed.',
    )
    .option('--engine <names>', `engines with commas between: ${namesOf('engine').join(', ')}, or none`, 'all')
    .option('--peers <names>', `peers with commas between: ${namesOf('peer').join(', ')}, or none`, 'all')
    .option('--only <workloads>', 'numbers or parts of names, with commas between; growth for the growth tables')
    .option('--rounds <number>', 'how often everybody has a turn', '9')
    .option('--seconds <number>', 'how long a turn is', '0.2')
    .option('--json', 'print the JSON that is written, and no tables')
    .option('--out <folder>', 'the folder for bench.json', 'out')
    .option('--install', 'install the peers that come from npm, in a folder of their own, and do nothing else')
    .allowExcessArguments()
    .helpOption('-h, --help', 'show this');

const read = (given: Readonly<Record<string, unknown>>): E.Either<Failure.Failure, Options> => {
  const text = (name: string): string => String(given[name] ?? '');
  return pipe(
    E.Do,
    E.apS('engines', names('--engine', namesOf('engine'))(text('engine'))),
    E.apS('peers', names('--peers', namesOf('peer'))(text('peers'))),
    E.apS(
      'chosen',
      given.only === undefined ? E.right({ workloads: workloads.map((_, i) => i), growth: true }) : only(text('only')),
    ),
    E.apS('rounds', number('--rounds', true, 1, 1000)(text('rounds'))),
    E.apS('seconds', number('--seconds', false, 0.001, 60)(text('seconds'))),
    E.map(({ engines, peers, chosen, rounds, seconds }) => ({
      contestants: [...engines, ...peers],
      ...chosen,
      rounds,
      seconds,
      json: given.json === true,
      out: text('out'),
      install: given.install === true,
    })),
  );
};

/** The options of a command line; a text to print; or what is wrong with an option. */
export const parse = (argv: readonly string[]): E.Either<Stop | Failure.Failure, Options> => {
  const texts: string[] = [];
  const collect = (text: string): void => void texts.push(text);
  const root = program().exitOverride().configureOutput({ writeOut: collect, writeErr: collect });
  try {
    root.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return E.left({ text: texts.join(''), status: error.exitCode === 0 ? 0 : 2 });
  }
  if (root.args.length > 0) return wrong('npm run bench', 'options only', root.args.join(' '));
  return read(root.opts());
};
