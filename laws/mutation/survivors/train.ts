/** Mutants of `src/train` that nothing can notice. */
import type { Survivor } from './survivor.ts';

export const train: readonly Survivor[] = [
  {
    file: 'src/train/inspect/pointwise.ts',
    from: '2',
    to: '3',
    reason:
      'a layer that treats two rows otherwise than three breaks the laws of layers: rows depend on one another or not, however many there are',
  },
  {
    file: 'src/train/metrics/logLoss.ts',
    from: 'Math.abs(sum - 1) > 0.01',
    to: 'Math.abs(sum - 1) >= 0.01',
    reason:
      'the two are never equal: sum − 1 is exact where sum is from ½ to 2, so a multiple of 2⁻⁵³, and the number nearest 0.01 is an odd multiple of 2⁻⁵⁹',
  },
  {
    file: 'src/train/advance.ts',
    from: 'layer.sites > 0',
    to: 'true',
    reason: 'a layer that draws nothing has no place where draws are written: to leave them out saves time',
  },
  {
    file: 'src/train/advance.ts',
    from: 'layer.sites > 0',
    to: 'layer.sites >= 0',
    reason: 'a layer that draws nothing has no place where draws are written: to leave them out saves time',
  },
  {
    file: 'src/train/advance.ts',
    from: 'steps - made',
    to: 'steps + made',
    reason: 'the reference makes the one step that was not finite, and ends with it however many are asked for',
  },
  {
    file: 'src/train/computation.ts',
    from: 'data.weights !== undefined',
    to: 'data.weights === undefined',
    reason: 'in the name of a plan, yes and no change places and still differ',
  },
  {
    file: 'src/train/plan.ts',
    from: 'n < size',
    to: 'n <= size',
    reason: 'sizes that work are looked through, and the size itself is none of them',
  },
  {
    file: 'src/train/plan.ts',
    from: 'n > size',
    to: 'n >= size',
    reason: 'sizes that work are looked through, and the size itself is none of them',
  },
  {
    file: 'src/train/predict.ts',
    from: "'predict'",
    to: '""',
    reason: 'in the name of a plan: it still differs from that of a sample',
  },
  {
    file: 'src/train/predict.ts',
    from: 'rows.length <= 1',
    to: 'rows.length < 1',
    reason: 'a part of all rows, in their order, is copied and joined with nothing: that it is not saves time',
  },
  {
    file: 'src/train/sample.ts',
    from: "'sample'",
    to: '""',
    reason: 'in the name of a plan: it still differs from that of a prediction',
  },
  {
    file: 'src/train/step.ts',
    from: 'batches.length === 1',
    to: 'false',
    reason: 'the one batch is of all rows in their order: that they are not copied saves time',
  },
  {
    file: 'src/train/batches.ts',
    from: 'split(«3»)',
    to: '4',
    reason: 'a key more, which nobody uses: the first ones do not depend on how many there are',
  },
  {
    file: 'src/train/close.ts',
    from: 'penalty: «0»',
    to: '1',
    reason: 'asked only whether it is finite',
  },
  {
    file: 'src/train/step.ts',
    from: 'measured.penalty === undefined ? «0» : read(measured.penalty), lossKind',
    to: '1',
    reason: 'asked only whether it is finite',
  },
  {
    file: 'src/train/config.ts',
    from: 'stopping?.minimumImprovement ?? «0»',
    to: '1',
    reason: 'asked only whether it is a number of at least 0',
  },
  {
    file: 'src/train/plan.ts',
    from: '(_, i) => i + «1»',
    to: '2',
    reason:
      'batches of one have no company, and those of a row more than there are come after those of all, which work where they do',
  },
  {
    file: 'src/train/examples.ts',
    from: 'examples.inputs.shape[0] ?? «0»',
    to: '1',
    reason: 'inputs of no axis are refused before their rows are looked at',
  },
  {
    file: 'src/train/computation.ts',
    from: 'MEASURED = «0»',
    to: '1',
    reason:
      'the two marks are then one, and a step that sets it is made again by the reference, as one is that sets either; where a measurement may fail, its mark is cleared before anything moves',
  },
  {
    file: 'src/train/computation.ts',
    from: 'MOVED = «1»',
    to: '2',
    reason: 'another of the four places for marks, which begin the memory of every plan',
  },
];
