/** Trials on small problems. */
import { Engine, Trial } from '../../src/index.ts';
import { got } from './search-mistakes.ts';

/** On the reference, which has nothing to compile. */
export const slowly = Trial.train({ engine: () => Engine.reference });
/** Trains on a setup's problem. */
export const trainOf = (setup: Trial.Setup, train = slowly) => train(got(Trial.problem(setup)));
