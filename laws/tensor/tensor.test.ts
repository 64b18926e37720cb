import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { codecLaws } from './codec.ts';
import { cornerLaws } from './corners.ts';
import { failureLaws } from './failure.ts';
import { keyLaws } from './key.ts';
import { statisticalLaws } from './statistics.ts';
import { tensorLaws } from './tensor.ts';
import { treeLaws } from './tree.ts';

runLaws(
  lawSet(
    'tensors, trees, keys and failures',
    [],
    [tensorLaws, treeLaws, keyLaws, statisticalLaws, failureLaws, codecLaws, cornerLaws],
  ),
);
