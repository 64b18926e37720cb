/** The engine: computations compiled to WebAssembly, bit for bit the reference. */
export { create, type Engine, reference } from './engine.ts';
