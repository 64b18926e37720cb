/** The programs with the faults that come into play in each: what is published, and two where the others show. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Data, Failure } from 'nabla-ts';
import { gate, polynomial, published, quarter, scaled } from './programs.ts';
import type { Study } from './study.ts';
import type { Program } from './teaching.ts';
import type { Rows } from './train.ts';

/** A study with what the lecture printed, where it printed anything. */
export interface Named extends Study {
  readonly title: string;
  readonly published: string;
  /** What is measured, on which rows; a program without rows held out is measured on its own. */
  readonly columns: readonly [train: string, held?: string];
  readonly digits: number;
}

export interface Sources {
  readonly cancer: Rows;
  readonly digits: Rows;
}

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
  const errors = ['mean squared error, training rows', 'held-out row'] as const;
  const accuracies = ['accuracy, training rows', 'held-out rows'] as const;
  return {
    polynomial100: {
      title: 'Polynomial, 100 epochs',
      published: '11.2',
      program: shorter(published.polynomial100),
      data: (key) => E.right(grid(key)),
      faults: ['biasColumn', 'bootstrap'],
      columns: errors,
      digits: 2,
    },
    polynomial1000: {
      title: 'Polynomial, 1,000 epochs',
      published: '1.59',
      program: shorter(published.polynomial1000),
      data: (key) => E.right(grid(key)),
      faults: ['biasColumn', 'bootstrap'],
      columns: errors,
      digits: 2,
    },
    logistic: {
      title: 'Breast cancer, no hidden layer',
      published: '0.845 / 0.818',
      program: shorter(published.logistic),
      data: parted,
      faults: ['biasColumn', 'bootstrap', 'reset', 'clipped'],
      columns: accuracies,
      digits: 3,
    },
    network: {
      title: 'Breast cancer, 30-100-30-1',
      published: '0.995 / 0.916',
      program: shorter(published.network),
      data: parted,
      faults: ['biasColumn', 'updatedFirst', 'bootstrap', 'reset', 'clipped'],
      columns: accuracies,
      digits: 3,
    },
    digits: {
      title: 'Digits, 64-100-30-10',
      published: '0.983',
      program: shorter(published.digits),
      data: () => E.right({ train: digits, held: digits }),
      faults: ['biasColumn', 'updatedFirst', 'unaveraged', 'bootstrap', 'reset', 'elementwise'],
      columns: ['accuracy, training rows'],
      digits: 3,
    },
    xor: {
      title: 'XOR, no hidden layer',
      published: '1.00',
      program: shorter(published.gates),
      data: ofGate('xor'),
      faults: ['biasColumn', 'bootstrap', 'reset', 'clipped'],
      columns: ['accuracy, rows as drawn', 'the four rows'],
      digits: 2,
    },
    batches: {
      title: 'Breast cancer, no hidden layer, 10 batches',
      published: '',
      program: shorter({ ...published.logistic, batches: 10, epochs: 100 }),
      data: parted,
      faults: ['bootstrap', 'reset', 'epochCorrection'],
      columns: accuracies,
      digits: 3,
    },
    adagrad: {
      title: 'Breast cancer, 30-100-30-1, Adagrad, 10 batches',
      published: '',
      program: shorter({ ...published.network, rule: 'adagrad', learningRate: 0.01, batches: 10, epochs: 100 }),
      data: parted,
      faults: ['perRow', 'reset', 'updatedFirst'],
      columns: accuracies,
      digits: 3,
    },
  };
};
