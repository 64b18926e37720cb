import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { curveMistakes } from './curve-mistakes.ts';
import { curveLaws } from './curves.ts';
import { curvesByThePack } from './curvesByThePack.ts';
import { partLaws } from './parts.ts';

runLaws(lawSet('learning, validating, explaining', [], [curveLaws, partLaws, curveMistakes, ...curvesByThePack]));
