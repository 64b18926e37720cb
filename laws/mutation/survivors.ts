/** The mutants that nothing can notice, each with the reason. `docs/mutation.md` shows them. */
import { data } from './survivors/data.ts';
import { layer } from './survivors/layer.ts';
import { loss } from './survivors/loss.ts';
import { ops } from './survivors/ops.ts';
import { optimizer } from './survivors/optimizer.ts';
import { scalar } from './survivors/scalar.ts';
import type { Survivor } from './survivors/survivor.ts';
import { tensor } from './survivors/tensor.ts';
import { train } from './survivors/train.ts';

export const survivors: readonly Survivor[] = [
  ...tensor,
  ...scalar,
  ...ops,
  ...layer,
  ...loss,
  ...optimizer,
  ...train,
  ...data,
];
