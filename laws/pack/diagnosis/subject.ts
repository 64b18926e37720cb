/** What a diagnosis is told and what it finds, in plain numbers. */

/** What can be found. */
export type DiagnosedFault = 'vanishing' | 'exploding' | 'saturated' | 'dying' | 'leakingTarget' | 'deadInput';

/** A layer as it was seen. */
export interface DiagnosedLayer {
  readonly kind: 'dense' | 'activation';
  readonly units: number;
  /** Of the output. */
  readonly deviation: number;
  /** The root mean square of the gradient in the output, over rows and units. */
  readonly gradient: number;
  /** Of an activation: the shares of its elements that are saturated and of its units that are dead, and whether it is flat
   * on a whole side, as ReLU is. */
  readonly saturation?: number;
  readonly dead?: number;
  readonly oneSided?: boolean;
}

/** A column of the inputs as it was seen: its range, and which share of the targets' variance it alone predicts. */
export interface DiagnosedColumn {
  readonly least: number;
  readonly greatest: number;
  readonly determination: number;
}

/** What was seen. Dense layers learn, activations stand between them. */
export interface Diagnosed {
  readonly rows: number;
  readonly layers: readonly DiagnosedLayer[];
  readonly columns: readonly DiagnosedColumn[];
}

/** What was found: how bad it is, in the unit of its limit, and the numbers that it was read from, each with the number of its
 * layer or column from 0. */
export interface DiagnosedFinding {
  readonly fault: DiagnosedFault;
  readonly amount: number;
  readonly evidence: ReadonlyArray<{ readonly at: number; readonly amount: number }>;
}

/** A way to name what is wrong. */
export interface Diagnosis {
  readonly of: (seen: Diagnosed) => readonly DiagnosedFinding[];
  /**
   * From where on something counts, of the faults that there are: of `vanishing` and `exploding` the gradient at the first
   * dense layer by that at the last, of `saturated` and `dying` a share, of `leakingTarget` a determination, of `deadInput`
   * how many columns never vary, 1. On 64 rows it is asked for all of them.
   */
  readonly limits: Readonly<Partial<Record<DiagnosedFault, number>>>;
}
