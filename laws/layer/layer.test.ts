import { runLaws } from '../run.ts';
import { familyLaws } from './families.ts';

runLaws(familyLaws);
