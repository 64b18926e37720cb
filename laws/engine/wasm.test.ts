import wabt from 'wabt';
import { runLaws } from '../run.ts';
import { wasmLaws } from './wasm.ts';

runLaws(wasmLaws(await wabt()));
