/**
 * Randomness as a capability: what a key gives, in the algebra's own type. Each place in a network that draws is a
 * *site*; sites are numbered in the order in which layers follow one another, however these are nested. Layers never
 * see a key, so an interpreter that records a graph can make the draws inputs of it.
 */
import type { Shape } from '../tensor/shape.ts';

export interface Random<T> {
  /** The randomness from the site that is `sites` further on. */
  readonly skip: (sites: number) => Random<T>;
  /** This site's draws that are 1 with probability p and 0 otherwise; element i from word i, so that a batch's rows do
   * not depend on how many follow. */
  readonly bernoulli: (shape: Shape, p: number) => T;
  /** This site's standard normal draws. */
  readonly normal: (shape: Shape) => T;
}
