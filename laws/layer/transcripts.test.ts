import { runLaws } from '../run.ts';
import { transcriptLaws } from './transcripts.ts';

runLaws(transcriptLaws);
