import { vi } from 'vitest';
import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { constructiveLaws } from './constructive.ts';
import { trainingLaws } from './training.ts';

// A run of the laws by training takes seconds, and there may be twenty of them.
vi.setConfig({ testTimeout: 900_000 });

runLaws(lawSet('universal approximation', [], [constructiveLaws, trainingLaws]));
