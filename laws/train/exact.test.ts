import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { closingLaws } from './closing.ts';
import { describedLaws } from './described.ts';
import { economyLaws } from './economy.ts';
import { examiningLaws } from './examining.ts';
import { predictingLaws } from './predicting.ts';
import { recordingLaws } from './recording.ts';
import { stateLaws } from './states.ts';
import { unfoldingLaws } from './unfolding.ts';
import { writtenLaws } from './written.ts';

runLaws(
  lawSet(
    'word for word',
    [],
    [
      examiningLaws,
      stateLaws,
      writtenLaws,
      describedLaws,
      closingLaws,
      unfoldingLaws,
      recordingLaws,
      predictingLaws,
      economyLaws,
    ],
  ),
);
