/** `nabla check`: the laws of networks, tried on a saved one. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Result } from '../../laws/law.ts';
import { Data, Failure, Layer, type Tensor } from '../index.ts';
import { load, type Model } from '../io/model.ts';
import type { CheckCommand } from './command.ts';
import { readTable } from './train-command.ts';
import type { World } from './world.ts';

/** Laws and what they draw samples with are loaded when they are asked for: no other command needs them. */
const pack = TE.tryCatch(
  async () => ({ ...(await import('../../laws/law.ts')), ...(await import('../../laws/pack/network.ts')) }),
  (error) => Failure.failure('file', 'nabla check', 'the laws beside the command', String(error)),
);

/** The rows of a table as the network takes them, where a table is given. */
const examples = (
  { encoding }: Model,
  { data, skipLines }: CheckCommand,
): TE.TaskEither<Failure.Failure, Tensor.Tensor | null> =>
  data === null
    ? TE.right(null)
    : pipe(readTable({ data, skipLines }), TE.chainEitherK(Data.Encoding.encode(encoding)));

/** Results for programs: a law's path, how it ended, and what was found. */
const plain = (results: readonly Result[]): unknown =>
  results.map(({ path, law: { statement, formula }, outcome }) => {
    const { tag, ...rest } =
      outcome.tag === 'failed' ? { tag: outcome.tag, failure: { ...outcome.failure, cause: undefined } } : outcome;
    return { path, statement, formula, outcome: tag, ...rest };
  });

export const checkCommand =
  (world: World) =>
  (command: CheckCommand): TE.TaskEither<Failure.Failure, void> =>
    pipe(
      TE.Do,
      TE.apS('model', load(Layer.registry)(command.model)),
      TE.bind('inputs', ({ model }) => examples(model, command)),
      TE.apS('laws', pack),
      TE.map(({ model, inputs, laws }) => ({
        laws,
        results: laws.check(
          laws.network(model.network, { name: command.model, ...(inputs === null ? {} : { inputs }) }),
          { seed: command.seed, multiplier: command.runs },
        ),
      })),
      TE.chain(({ laws, results }) => {
        world.print(command.json ? `${JSON.stringify(plain(results))}\n` : `${laws.reportText(results)}\n`);
        const failed = results.filter(({ outcome }) => outcome.tag === 'failed').length;
        return failed === 0
          ? TE.right(undefined)
          : TE.left(
              Failure.failure(
                'value',
                command.model,
                `all ${results.length} laws to hold`,
                `${failed} that ${failed === 1 ? 'does' : 'do'} not`,
              ),
            );
      }),
    );
