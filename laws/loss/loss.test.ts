import { decode, registry } from '../../src/loss/decode.ts';
import { lawSet } from '../law.ts';
import { loss } from '../pack/loss.ts';
import { runLaws } from '../run.ts';
import { cornerLaws } from './corners.ts';
import { descriptionLaws } from './descriptions.ts';
import { families, lossesOf } from './families.ts';
import { formLaws } from './forms.ts';
import { penaltyLaws } from './penalty.ts';
import { plantedLaws } from './planted.ts';
import { valueLaws } from './values.ts';

runLaws(
  lawSet(
    'losses',
    [],
    [
      ...families.map((family) =>
        loss(lossesOf(family), { ...family.told, name: family.name, runs: 12, decode: decode(registry) }),
      ),
      valueLaws,
      cornerLaws,
      formLaws,
      descriptionLaws,
      penaltyLaws,
      plantedLaws,
    ],
  ),
);
