/** What the command line asks for, as a value. */
import type { Task } from '../data/schema.ts';
import type { EngineName } from './engine.ts';

/** `nabla`: the demonstration. */
export interface DemoCommand {
  readonly name: 'demo';
  readonly seed: number;
  readonly json: boolean;
  /** Where the report goes; null for none. */
  readonly out: string;
  /** A file to draw the small picture of the three results to. */
  readonly picture: string | null;
}

/** `nabla train`: a network for a table. */
export interface TrainCommand {
  readonly name: 'train';
  readonly data: string;
  readonly skipLines: number;
  /** The column to predict; the last where none is named. */
  readonly target: string | null;
  readonly task: Task | null;
  /** The widths of the hidden layers. */
  readonly layers: readonly number[] | null;
  readonly epochs: number | null;
  readonly seed: number;
  readonly json: boolean;
  readonly save: string | null;
  /** What makes the steps. */
  readonly engine: EngineName;
  readonly out: string;
}

/** `nabla predict`: what a saved network says of a table. */
export interface PredictCommand {
  readonly name: 'predict';
  readonly model: string;
  readonly data: string;
  readonly skipLines: number;
  readonly json: boolean;
}

/** `nabla check`: the laws of networks, tried on a saved one. */
export interface CheckCommand {
  readonly name: 'check';
  readonly model: string;
  /** A table whose rows are the examples that it is tried on; else they are drawn. */
  readonly data: string | null;
  readonly skipLines: number;
  readonly seed: number;
  /** Multiplies the number of samples that each law draws. */
  readonly runs: number;
  readonly json: boolean;
}

/** `nabla search`: hyperparameters for a table. */
export interface SearchCommand {
  readonly name: 'search';
  /** What is tried, as JSON. */
  readonly space: string;
  readonly data: string;
  readonly skipLines: number;
  readonly target: string | null;
  readonly task: Task | null;
  /** The kind of search, its trials and the most epochs that a trial has, where these are not the file's. */
  readonly method: string | null;
  readonly trials: number | null;
  readonly epochs: number | null;
  readonly folds: number | null;
  /** How many trials are run at once, each in a thread of its own; 0 for none but this one. */
  readonly threads: number | null;
  readonly seed: number;
  /** A file that keeps what happened, and from which a search goes on. */
  readonly history: string | null;
  /** Where the best network is put, trained once more on all rows. */
  readonly save: string | null;
  readonly json: boolean;
  readonly out: string;
}

export type Command = DemoCommand | TrainCommand | PredictCommand | CheckCommand | SearchCommand;
