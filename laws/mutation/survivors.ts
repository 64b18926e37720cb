/** The mutants that nothing can notice, each with the reason. `docs/mutation.md` shows them. */
export interface Survivor {
  readonly file: string;
  /** What stands in the source, and what the mutant puts there, white space joined. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export const survivors: readonly Survivor[] = [
  {
    file: 'src/loss/classes.ts',
    from: 'count === 1',
    to: 'false',
    reason: 'the costs are then divided by 1, which changes no number: the choice saves an operation',
  },
];
