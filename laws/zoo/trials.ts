/** Wrong trials. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Engine, Key, Tensor, Trial } from '../../src/index.ts';
import { fromText, toText } from '../../src/search/trial/checkpoint.ts';
import type { LawSet } from '../law.ts';
import { type TrialSubject, trial } from '../pack/trial.ts';
import type { Broken } from './broken.ts';

const train = Trial.train({ engine: () => Engine.reference });
type Trained = ReturnType<typeof train>;

const right: TrialSubject = {
  make: (setup) => pipe(Trial.problem(setup), E.map(train)),
  learnt: (checkpoint) =>
    pipe(
      fromText(checkpoint),
      E.match(
        () => [],
        ({ folds }) => folds.map((state) => JSON.stringify(state)),
      ),
    ),
};

/** Trials that are ours but for how they are called. */
const called = (wrong: (trained: Trained) => Trained): TrialSubject => ({
  ...right,
  make: (setup) => pipe(right.make(setup), E.map(wrong)),
});

/** A checkpoint with something other in the state of every fold. */
const rewritten = (checkpoint: string, fields: { readonly [field: string]: number }): string =>
  pipe(
    fromText(checkpoint),
    E.match(
      () => checkpoint,
      (known) =>
        toText({
          ...known,
          folds: known.folds.map((state) =>
            typeof state === 'object' && state !== null && !Array.isArray(state) ? { ...state, ...fields } : state,
          ),
        }),
    ),
  );

/** The features scaled as all rows suggest, before anything is set aside. */
const scaledFirst = (setup: Trial.Setup): Trial.Setup =>
  pipe(
    Data.standardise()(setup.inputs),
    E.chain(({ scaler }) => Data.Scaler.apply(scaler)(setup.inputs)),
    E.match(
      () => setup,
      (inputs) => ({ ...setup, inputs, scaling: 'none' }),
    ),
  );

/** A trial that draws from another key whenever it is begun. */
const counting = (): TrialSubject => {
  let count = 0;
  return {
    ...right,
    make: (setup) =>
      pipe(
        right.make(setup),
        E.map(
          (): Trained =>
            (...given) =>
              pipe(
                right.make({ ...setup, key: Key.foldIn(count++)(setup.key) }),
                E.chain((trained) => trained(...given)),
              ),
        ),
      ),
  };
};

const entry = (name: string, fault: string, law: string, subject: TrialSubject): Broken => ({
  name,
  fault,
  law,
  laws: trial(subject, { name }),
});

export const broken: readonly Broken[] = [
  entry(
    'a trial that begins anew',
    'takes no notice of the checkpoint and trains from the beginning',
    'goes on from the checkpoint',
    called(
      (trained) =>
        (point, { budget }) =>
          trained(point, { budget }),
    ),
  ),
  entry(
    'a trial that counts its steps anew',
    'begins to count its steps anew where it goes on, so that masks come twice and moments are corrected twice',
    'training in parts',
    called(
      (trained) => (point, one, checkpoint) =>
        trained(point, one, checkpoint === undefined ? undefined : rewritten(checkpoint, { step: 0 })),
    ),
  ),
  entry(
    'a trial that takes its budget for what is left',
    'takes the budget as what is still to be trained',
    'training in parts',
    called(
      (trained) =>
        (point, { budget }, checkpoint) =>
          pipe(
            checkpoint === undefined
              ? E.right(0)
              : pipe(
                  Trial.read(checkpoint),
                  E.map((before) => before.budget),
                ),
            E.chain((before) => trained(point, { budget: before + budget }, checkpoint)),
          ),
    ),
  ),
  entry(
    'a trial on rows scaled before they were split',
    'scales the features as all rows suggest, those to validate on among them',
    'validation rows are not learnt from',
    { ...right, make: (setup) => right.make(scaledFirst(setup)) },
  ),
  entry(
    'a trial that is trained on everything',
    'trains each fold on its validation rows, too',
    'validation rows are not learnt from',
    {
      ...right,
      make: (setup) => {
        // The same rows again, so that none is in both parts.
        const twice = (x: Tensor.Tensor): Tensor.Tensor =>
          Tensor.generate(
            x.dtype,
            [2 * (x.shape[0] ?? 0), ...x.shape.slice(1)],
            (i) => x.data[i % x.data.length] ?? Number.NaN,
          );
        const rows = setup.inputs.shape[0] ?? 0;
        return right.make({
          ...setup,
          inputs: twice(setup.inputs),
          targets: twice(setup.targets),
          folds: setup.folds.map(({ train: some, validation }) => ({
            train: [...some, ...validation],
            validation: validation.map((row) => row + rows),
          })),
        });
      },
    },
  ),
  entry(
    'a trial with a key a call',
    'begins every trial from another key, so that a point has no value of its own',
    'a function of point and budget',
    counting(),
  ),
];

export const correct: readonly LawSet[] = [trial(right, { name: 'our trials' })];
