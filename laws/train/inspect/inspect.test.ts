import { lawSet } from '../../law.ts';
import { runLaws } from '../../run.ts';
import { activationLaws } from './activations.ts';
import { byHandLaws } from './by-hand.ts';
import { columnLaws } from './columns.ts';
import { diagnosingLaws } from './diagnosing.ts';
import { diagnosisByThePack } from './diagnosisByThePack.ts';
import { inspectionByThePack } from './inspectionByThePack.ts';
import { invariantLaws } from './invariants.ts';
import { runningLaws } from './running.ts';
import { summingLaws } from './summing.ts';

runLaws(
  lawSet(
    'inspect',
    [],
    [
      byHandLaws,
      invariantLaws,
      activationLaws,
      columnLaws,
      runningLaws,
      diagnosingLaws,
      summingLaws,
      inspectionByThePack,
      diagnosisByThePack,
    ],
  ),
);
