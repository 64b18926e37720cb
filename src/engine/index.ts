/** The engine: computations compiled to WebAssembly, bit for bit the reference. */
export { type BufferDescription, type Description, describe, type KernelDescription, print } from './describe.ts';
export { type Computation, create, type Engine, reference } from './engine.ts';
