/** The programs with the faults that come into play in each: what is published, and two where the others show. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Data, Failure } from 'nabla-ts';
import { gate, polynomial, published, quarter, scaled } from './programs.ts';
import type { Study } from './study.ts';
import type { Program } from './teaching.ts';
import { type Rows, takeRows } from './train.ts';

/** A study, and what the lecture printed of it. */
export interface Named extends Study {
  readonly title: string;
  /** What was printed for each of the two scores; nothing where nothing was. */
  readonly printed: readonly [train: string, held: string];
  /** What is measured, on which rows. */
  readonly columns: readonly [train: string, held: string];
  readonly digits: number;
  /** How many times as many seeds: programs of three or four rows cost nothing and scatter much. */
  readonly times: number;
}

export interface Sources {
  readonly cancer: Rows;
  readonly digits: Rows;
}

const rated = ({ learningRate }: Program): Study['settings'] => ({
  'ten times the learning rate': { learningRate: 10 * learningRate },
});
const glorot: Study['settings'] = { 'Glorot’s start': { initial: 'glorot' } };

const grid = quarter(polynomial(0.5));
const ofGate = (name: Data.Gate): Study['data'] => {
  const rows = gate(name);
  return () => E.right({ train: rows, held: rows });
};

/** All studies. `share` is the share of the published epochs that is run. */
export const studies = ({ cancer, digits }: Sources, share = 1): Readonly<Record<string, Named>> => {
  const shorter = (program: Program): Program => ({ ...program, epochs: Math.ceil(program.epochs * share) });
  const parted: Study['data'] = (key): E.Either<Failure.Failure, { train: Rows; held: Rows }> =>
    pipe(quarter(cancer)(key), scaled);
  const count = digits.inputs.shape[0] ?? 0;
  const tenth = takeRows(Array.from({ length: Math.ceil(count / 10) }, (_, i) => 10 * i))(digits);
  const errors = ['mean squared error, training rows', 'held-out row'] as const;
  const accuracies = ['accuracy, training rows', 'held-out rows'] as const;
  return {
    polynomial100: {
      title: 'Polynomial, 100 epochs',
      printed: ['11.2', ''],
      program: shorter(published.polynomial100),
      data: (key) => E.right(grid(key)),
      faults: ['biasColumn', 'bootstrap'],
      settings: {},
      columns: errors,
      digits: 2,
      times: 20,
    },
    polynomial1000: {
      title: 'Polynomial, 1,000 epochs',
      printed: ['1.59', ''],
      program: shorter(published.polynomial1000),
      data: (key) => E.right(grid(key)),
      faults: ['biasColumn', 'bootstrap'],
      settings: {},
      columns: errors,
      digits: 2,
      times: 20,
    },
    logistic: {
      title: 'Breast cancer, no hidden layer',
      printed: ['0.845', '0.818'],
      program: shorter(published.logistic),
      data: parted,
      faults: ['biasColumn', 'bootstrap', 'reset', 'clipped'],
      settings: rated(published.logistic),
      columns: accuracies,
      digits: 3,
      times: 1,
    },
    network: {
      title: 'Breast cancer, 30-100-30-1',
      printed: ['0.995', '0.916'],
      program: shorter(published.network),
      data: parted,
      faults: ['biasColumn', 'updatedFirst', 'bootstrap', 'reset', 'clipped'],
      settings: { ...rated(published.network), ...glorot },
      columns: accuracies,
      digits: 3,
      times: 1,
    },
    digits: {
      title: 'Digits, 64-100-30-10',
      printed: ['0.983', ''],
      program: shorter(published.digits),
      data: () => E.right({ train: digits, held: digits }),
      faults: ['biasColumn', 'updatedFirst', 'unaveraged', 'bootstrap', 'reset'],
      settings: { ...rated(published.digits), ...glorot },
      columns: ['accuracy by elements, rows as drawn', 'by rows, all rows'],
      digits: 3,
      times: 1,
    },
    tenth: {
      title: 'Digits, 64-100-30-10, every tenth image',
      printed: ['0.983, of all', ''],
      program: shorter(published.digits),
      data: () => E.right({ train: tenth, held: tenth }),
      faults: ['biasColumn', 'updatedFirst', 'unaveraged', 'bootstrap', 'reset'],
      settings: { ...rated(published.digits), ...glorot },
      columns: ['accuracy by elements, rows as drawn', 'by rows, all rows'],
      digits: 3,
      times: 1,
    },
    xor: {
      title: 'XOR, no hidden layer',
      printed: ['1.00', ''],
      program: shorter(published.gates),
      data: ofGate('xor'),
      faults: ['biasColumn', 'bootstrap', 'reset', 'clipped'],
      settings: {},
      columns: ['accuracy, rows as drawn', 'the four rows'],
      digits: 2,
      times: 20,
    },
    batches: {
      title: 'Breast cancer, no hidden layer, 10 batches',
      printed: ['', ''],
      program: shorter({ ...published.logistic, batches: 10, epochs: 100 }),
      data: parted,
      faults: ['bootstrap', 'reset', 'epochCorrection'],
      settings: {},
      columns: accuracies,
      digits: 3,
      times: 1,
    },
    adagrad: {
      title: 'Breast cancer, 30-100-30-1, Adagrad, 10 batches',
      printed: ['', ''],
      program: shorter({ ...published.network, rule: 'adagrad', learningRate: 0.01, batches: 10, epochs: 100 }),
      data: parted,
      faults: ['perRow', 'reset', 'updatedFirst'],
      settings: {},
      columns: accuracies,
      digits: 3,
      times: 1,
    },
  };
};
