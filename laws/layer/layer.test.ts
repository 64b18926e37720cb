import { runLaws } from '../run.ts';
import { compositionLaws } from './composition.ts';
import { familyLaws } from './families.ts';

runLaws(familyLaws);
runLaws(compositionLaws);
