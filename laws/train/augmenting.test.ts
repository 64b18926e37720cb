import { vi } from 'vitest';
import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { augmentingLaws } from './augmenting.ts';
import { samplingLaws } from './sampling.ts';

// A sample of these laws is a whole training run, and there may be twenty times as many.
vi.setConfig({ testTimeout: 900_000 });

runLaws(lawSet('augmented and random', [], [augmentingLaws, samplingLaws]));
