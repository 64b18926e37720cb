/** What is known of a search before its first trial: whether its trials could be trained at all, and as long as is asked. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Failure, Key, Space, Trial } from '../../index.ts';
import { plan } from '../../train/plan.ts';
import type { SearchCommand } from '../command.ts';
import { inFile, type SearchFile } from './file.ts';
import type { Subject } from './kept.ts';

type Checked = E.Either<Failure.Failure, unknown>;

/** So many points of a space are asked beforehand whether they make a network. */
const ASKED = 32;

/** What a person said that is wrong: the rows are checked, so only of the loss can they be the wrong ones. */
const ofSettings = ({ tag, where, expected, received }: Failure.Failure): Failure.Failure =>
  where.startsWith('config.data')
    ? Failure.failure(
        tag,
        'settings.loss',
        'a loss of what is predicted',
        `one of values that are ${expected}, not ${received}`,
      )
    : Failure.failure(tag, where.replace(/^config/, 'settings'), expected, received);

/** Whether what settings make can be trained on the folds: batch norm needs company in every batch, and a loss its targets. */
const trainable = ({ folds }: Trial.Problem, { layer, loss, optimizer, batchSize }: Trial.Recipe): Checked =>
  layer.use((known) =>
    pipe(
      folds,
      E.traverseArray(({ train }) => plan({ layer: known, loss, optimizer, data: train, batchSize, epochs: 1 })),
      E.mapLeft(ofSettings),
    ),
  );

/** Whether points of the space make networks: a name that is none is told before the first trial; so is why none of them can
 * be trained, for where only some cannot, these are trials that fail. */
export const checkPoints = ({ space, settings }: SearchFile, problem: Trial.Problem, key: Key.Key): Checked =>
  pipe(
    Array.from({ length: ASKED }, (_, i) => i),
    E.traverseArray((i) =>
      pipe(
        Space.sample(space)(Key.foldIn(i)(key)),
        E.chain((point) => {
          const both = Object.keys(point).find((name) => Object.hasOwn(settings, name));
          return both === undefined
            ? Trial.recipe(problem.task)({ ...settings, ...point })
            : E.left(Failure.failure('config', both, 'a setting that is fixed or searched', 'one that is both'));
        }),
      ),
    ),
    E.chain((recipes): Checked => {
      const [first, ...rest] = recipes.map((recipe) => () => trainable(problem, recipe));
      const wrong = first?.();
      return wrong !== undefined && E.isLeft(wrong) && rest.every((next) => E.isLeft(next()))
        ? wrong
        : E.right(undefined);
    }),
  );

type Description = Subject['search']['description'];
const numberOf = (description: Description, field: string): number => Number(description[field]);

/** The budgets of a search are epochs here. */
const checkEpochs = (description: Description): Checked => {
  // The other rungs are multiples of the least.
  const field = 'budget' in description ? 'budget' : 'minimum';
  const least = numberOf(description, field);
  return Number.isSafeInteger(least) && least >= 1
    ? E.right(undefined)
    : E.left(
        Failure.failure(
          'config',
          `Search.${String(description.kind)}.${field}`,
          'a whole number of epochs, at least 1',
          `${least}`,
        ),
      );
};

/** Whether there are trials enough for one to reach the last rung, where so many are begun. */
const checkReach = (description: Description): Checked => {
  if (!('trials' in description && 'maximum' in description)) return E.right(undefined);
  const of = (field: string): number => numberOf(description, field);
  const [trials, minimum, maximum, factor, reduction] = [
    of('trials'),
    of('minimum'),
    of('maximum'),
    of('factor'),
    of('reduction'),
  ];
  let [needed, reached] = [1, minimum];
  for (let budget = minimum; budget < maximum; budget *= factor) {
    let more = Math.ceil(needed * reduction);
    while (Math.floor(more / reduction) < needed) more += 1;
    needed = more;
  }
  for (let left = Math.floor(trials / reduction); left >= 1 && reached < maximum; left = Math.floor(left / reduction))
    reached *= factor;
  return reached >= maximum
    ? E.right(undefined)
    : E.left(
        Failure.failure(
          'config',
          `Search.${String(description.kind)}.trials`,
          `at least ${needed} trials, for one of them to be trained for all ${maximum} epochs`,
          `${trials}, of which the best would be trained for ${reached}`,
        ),
      );
};

/** Whether a search is one of epochs. */
export const checkSearch = ({ description }: Subject['search']): Checked =>
  pipe(
    checkEpochs(description),
    E.chain(() => checkReach(description)),
  );

/** A failure of a search: the option is at fault where it says what is wrong, else the file is. */
export const blamed =
  ({ space, trials, epochs }: Pick<SearchCommand, 'space' | 'trials' | 'epochs'>) =>
  (wrong: Failure.Failure): Failure.Failure => {
    const field = wrong.where.split('.').at(-1);
    const option =
      (field === 'trials' && trials !== null && '--trials') ||
      (['trials', 'maximum', 'budget'].includes(field ?? '') && epochs !== null && '--epochs');
    return option
      ? Failure.failure(
          'config',
          option,
          wrong.expected.replace(/^no such field, the fields/, 'a kind of search that has it, the fields'),
          wrong.received,
        )
      : inFile(space)(wrong);
  };
