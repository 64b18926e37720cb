/** What the laws of optimizers are told. */
import type * as E from 'fp-ts/lib/Either.js';
import type { Optimizer } from '../../../src/optimizer/optimizer.ts';
import type { Failure } from '../../../src/tensor/failure.ts';
import type { PackOptions } from '../options.ts';
import type { Leaf } from './run.ts';

/** What a transcription is given at a step, of one number of the parameters. */
export interface PlainStep {
  /** 1 at the first step. */
  readonly t: number;
  readonly parameter: number;
  readonly gradient: number;
  /** Whether the number is a weight's, and not a bias'. */
  readonly isWeight: boolean;
  readonly loss: number;
  /** The learning rate: that of the description where it is a number, else what the options say. */
  readonly rate: number;
  readonly description: Optimizer['description'];
}

/** A rule in plain numbers, for one number of the parameters: what it begins with, and what a step makes. */
export interface Transcription<S> {
  readonly start: S;
  readonly step: (state: S, given: PlainStep) => { readonly state: S; readonly parameter: number };
}

export interface OptimizerOptions<S = never> extends PackOptions {
  /** Whether what becomes of a number depends on that number and its gradient alone; so it is, unless said otherwise. */
  readonly elementwise?: boolean;
  /** What shrinks where the gradient is 0: nothing, unless said otherwise. */
  readonly decay?: 'none' | 'weights' | 'all';
  /**
   * What becomes of steps when every gradient is doubled: they double (`linear`), or stay once gradients are so large that
   * ε vanishes beside them (`invariant`). Nothing is asked where nothing is said.
   */
  readonly scale?: 'linear' | 'invariant';
  /** The rule transcribed in plain numbers. */
  readonly expected?: Transcription<S>;
  /** The learning rate of a step, 1 for the first, where the description does not hold a number. */
  readonly rate?: (t: number) => number;
  /** The parameters that it is for, where it is not for any; one that freezes a parameter by its name, for example. */
  readonly parameters?: readonly Leaf[];
  /** Reads an optimizer from its description. */
  readonly decode?: (description: unknown) => E.Either<Failure, Optimizer>;
}
