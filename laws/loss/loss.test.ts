import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { cornerLaws } from './corners.ts';
import { descriptionLaws } from './descriptions.ts';
import { families, samplesOf } from './families.ts';
import { formLaws } from './forms.ts';
import { lossLaws } from './loss.ts';
import { penaltyLaws } from './penalty.ts';
import { plantedLaws } from './planted.ts';
import { valueLaws } from './values.ts';

runLaws(
  lawSet(
    'losses',
    [],
    [
      ...families.map((family) => lossLaws(family.name, samplesOf(family), 12)),
      valueLaws,
      cornerLaws,
      formLaws,
      descriptionLaws,
      penaltyLaws,
      plantedLaws,
    ],
  ),
);
