/**
 * An engine compiles computations to plans and keeps them, and lends memories to run them in. It is a value: what it keeps
 * is its own, and nobody can tell a plan that was kept from one that was made anew, but by the time it takes.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Dtype } from '../scalar/dtype.ts';
import type { Outside } from './emit/outside.ts';
import type { Recorder } from './graph/record.ts';
import { compile, type Kept, type Result } from './plan.ts';
import { type Compiled, type Machine, machine } from './run/machine.ts';

/** What is to be compiled. */
export interface Computation {
  readonly dtype: Dtype;
  /** The values that make it what it is (layer, loss, optimizer, …): computations of other values are other ones. */
  readonly of: readonly object[];
  /** What tells it from other computations of the same values: a batch's size, a phase. */
  readonly name: string;
  readonly kept: readonly Kept[];
  readonly record: (recorder: Recorder) => readonly Result[];
}

/** A machine with a mark of who used it last. */
export interface Lent {
  readonly machine: Machine;
  owner: object | undefined;
}

export interface Engine {
  readonly name: string;
  /** The compiled plan, or why the reference must do it. */
  readonly prepare: (computation: Computation) => E.Either<string, Compiled>;
  /** Gives `use` a machine for as long as it runs, the one that `owner` used last if nobody else has since. */
  readonly borrow: <A>(owner: object, use: (lent: Lent) => A) => A;
}

/** Memories that are kept for the next run. */
const SPARE = 4;

/** How plans become modules. */
const build = (computation: Computation, outside?: Outside): E.Either<string, Compiled> => {
  try {
    const plan = compile(computation.dtype, computation.kept, computation.record, outside);
    return E.right({ plan, module: new WebAssembly.Module(plan.bytes) });
  } catch (error) {
    // A user's layer may do what cannot be recorded (read a number, say): the reference then does all of it.
    return E.left(error instanceof Error ? error.message : String(error));
  }
};

/** An engine of a name that emits WebAssembly, but for the products that something outside of it does. */
export const createWith = (name: string, outside?: Outside): Engine => {
  const ids = new WeakMap<object, number>();
  const known = new Map<string, E.Either<string, Compiled>>();
  const spare: Lent[] = [];
  let count = 0;
  const idOf = (value: object): number => {
    const before = ids.get(value);
    if (before !== undefined) return before;
    ids.set(value, count);
    count += 1;
    return count - 1;
  };
  return Object.freeze<Engine>({
    name,
    prepare: (computation) => {
      const key = `${computation.of.map(idOf).join(' ')} ${computation.dtype} ${computation.name}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const made = build(computation, outside);
      known.set(key, made);
      return made;
    },
    borrow: (owner, use) => {
      const own = spare.findIndex((lent) => lent.owner === owner);
      const [found] = spare.splice(Math.max(own, 0), 1);
      const lent: Lent = found ?? { machine: machine(new WebAssembly.Memory({ initial: 1 })), owner: undefined };
      try {
        return use(lent);
      } finally {
        if (spare.length < SPARE) spare.push(lent);
      }
    },
  });
};

/**
 * An engine that emits WebAssembly: what `Train` and `Network.predict` use, and that several runs may share so that a plan
 * is compiled once.
 *
 * @example
 * ```ts
 * import { Engine } from 'nabla-ts';
 * Engine.create().name // => 'wasm'
 * ```
 */
export const create = (): Engine => createWith('wasm');

/**
 * No engine: the reference interpreter, which defines what every engine computes.
 *
 * @example
 * ```ts
 * import { Engine } from 'nabla-ts';
 * Engine.reference.name // => 'reference'
 * ```
 */
export const reference: Engine = Object.freeze<Engine>({
  name: 'reference',
  prepare: () => E.left('the reference was asked for'),
  borrow: () => {
    throw new Error('Engine.reference: has no machines');
  },
});
