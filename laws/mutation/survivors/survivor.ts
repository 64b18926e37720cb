/** A mutant that nothing can notice, with the reason. */
export interface Survivor {
  readonly file: string;
  /** What stands in the source, and what the mutant puts there, white space joined. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
