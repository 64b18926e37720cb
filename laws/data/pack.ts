/** This project's scalers and splits, told and answering in plain numbers as the pack asks. */
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { type Tensor, toRows } from '../../src/tensor/tensor.ts';
import type { LawSet } from '../law.ts';
import { type Scaled, scaler } from '../pack/scaler.ts';
import { split } from '../pack/split.ts';
import { tensorOf } from './helpers.ts';

const got = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new Error(show(result.left));
  return result.right;
};

type Rows = ReadonlyArray<readonly number[]>;
const tensor = (rows: Rows): Tensor => tensorOf((rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? Number.NaN)));

const scalerBy = (
  name: string,
  to: Scaled,
  fit: (training: Tensor) => E.Either<Failure, { readonly scaler: Data.Scaler.Scaler }>,
): LawSet =>
  scaler<Data.Scaler.Scaler>(
    {
      to,
      fit: (rows) => got(fit(tensor(rows))).scaler,
      apply: (fitted) => (rows) => toRows(got(Data.Scaler.apply(fitted)(tensor(rows)))),
      invert: (fitted) => (rows) => toRows(got(Data.Scaler.invert(fitted)(tensor(rows)))),
      fitAmong: (rows, train) =>
        got(fit(Data.Parts.take({ train, validation: [], test: [] })(tensor(rows)).train)).scaler,
      text: { write: (fitted) => JSON.stringify(fitted), read: (text) => got(Data.Scaler.decode(JSON.parse(text))) },
    },
    { name },
  );

const proportions = { validation: 0.15, test: 0.25 };
const fractions = { train: 0.6, ...proportions };
const partsOf = (result: E.Either<Failure, Data.Parts.Split>): Readonly<Record<string, readonly number[]>> => ({
  ...got(result),
});

/** The laws of the pack for data. */
export const dataByThePack: readonly LawSet[] = [
  scalerBy('standardise', { kind: 'standardise', ddof: 0 }, Data.standardise()),
  scalerBy('minMax', { kind: 'minMax', low: 0, high: 1 }, Data.minMax()),
  scalerBy('minMax to [−1, 3]', { kind: 'minMax', low: -1, high: 3 }, Data.minMax(undefined, { low: -1, high: 3 })),
  split(
    {
      fractions,
      of: (labels, seed) => partsOf(Data.Split.random(proportions)(fromSeed(seed))(labels.length)),
    },
    { name: 'a random split' },
  ),
  split(
    {
      fractions,
      stratified: true,
      of: (labels, seed) => partsOf(Data.Split.stratified(proportions)(fromSeed(seed))(labels)),
    },
    { name: 'a stratified split' },
  ),
];
