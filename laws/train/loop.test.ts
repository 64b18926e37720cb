import { create, reference } from '../../src/engine/engine.ts';
import { training } from '../pack/training.ts';
import { runLaws } from '../run.ts';
import { loopOn } from './loop.ts';

runLaws(training(loopOn(reference), { name: 'training by the reference' }));
// Each problem is compiled, so fewer of them.
runLaws(training(loopOn(create()), { name: 'training on the engine', runs: 6 }));
