import { vi } from 'vitest';
import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { divergingLaws } from './diverging.ts';
import { epochLaws } from './epochs.ts';
import { measuringLaws } from './measuring.ts';
import { refusingLaws } from './refusing.ts';
import { resumeLaws } from './resume.ts';
import { stoppingLaws } from './stopping.ts';

// A sample of these laws is a whole training run, and there may be twenty times as many.
vi.setConfig({ testTimeout: 900_000 });

runLaws(lawSet('training', [], [resumeLaws, epochLaws, measuringLaws, stoppingLaws, divergingLaws, refusingLaws]));
