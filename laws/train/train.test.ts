import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { divergingLaws } from './diverging.ts';
import { epochLaws } from './epochs.ts';
import { measuringLaws } from './measuring.ts';
import { refusingLaws } from './refusing.ts';
import { resumeLaws } from './resume.ts';

runLaws(lawSet('training', [], [resumeLaws, epochLaws, measuringLaws, divergingLaws, refusingLaws]));
