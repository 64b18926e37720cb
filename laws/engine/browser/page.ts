/** What the page of a browser runs: the sample, left where the test finds it. */
import { create } from '../../../src/engine/engine.ts';
import { sample } from './sample.ts';

Object.assign(globalThis, { computed: sample(create()) });
