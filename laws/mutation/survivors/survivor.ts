/** A mutant that nothing can notice, with the reason. */
export interface Survivor {
  readonly file: string;
  /**
   * What stands in the source, white space joined. Where it stands there more than once, with as much around it as tells
   * which is meant, and itself between « and »: `bytes[3] ?? «0»`.
   */
  readonly from: string;
  /** What the mutant puts there. */
  readonly to: string;
  readonly reason: string;
  /** How many places of the file are meant, where the reason is one for all; 1 unless told. */
  readonly places?: number;
}

/** What is changed, and what stands before and behind it. */
export const partsOf = ({ from }: Survivor): readonly [before: string, changed: string, behind: string] => {
  const [before = '', changed, behind = ''] = from.split(/[«»]/);
  return changed === undefined ? ['', from, ''] : [before, changed, behind];
};
