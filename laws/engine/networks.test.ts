import { runLaws } from '../run.ts';
import { layerLawSet } from './networks/layers.ts';

runLaws(layerLawSet);
