/** The best network of a search as a file that `nabla predict` and `nabla check` read: trained once more, on all rows. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, type Failure, Search, Trial } from '../../index.ts';
import { save } from '../../io/model.ts';
import type { SearchCommand } from '../command.ts';
import type { Searched } from './outcome.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;
const nothing: Effect<void> = TE.right(undefined);

/** A scaler with the names of the features. */
const naming = (names: readonly string[], { features, ...scaler }: Data.Scaler.Scaler): Data.Scaler.Scaler => ({
  ...scaler,
  features: features.map((feature, i) => ({ ...feature, name: names[i] ?? feature.name })),
});

/** Trains the best point on all rows for as long as its trial was, and writes it; says where. */
export const saveBest =
  ({ save: path, space }: SearchCommand, setup: Trial.Setup, say: (text: string) => void) =>
  ({ prepared: { schema }, history }: Searched): Effect<void> => {
    const best = Search.best(history);
    if (path === null || best === undefined) return nothing;
    const { point, budget } = best.trial;
    return pipe(
      Trial.refit()(setup)(point, { budget }),
      E.bimap(
        (wrong) => ({ ...wrong, where: `${space}, the best on all rows, ${wrong.where}` }),
        ({ network, features, targets }) => ({
          network,
          encoding: {
            schema,
            features: naming(Data.Schema.featureNames(schema), features),
            target: targets === null ? null : naming([schema.target.name], targets),
          },
        }),
      ),
      TE.fromEither,
      TE.chain(save(path)),
      TE.chainIOK(() => () => {
        const [rows = 0] = setup.inputs.shape;
        say(`nabla: the best, trained on all ${rows.toLocaleString('en')} rows, is in ${path}\n`);
      }),
    );
  };
