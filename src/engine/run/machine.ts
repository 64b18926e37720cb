/**
 * A memory, and plans that run in it one after another. Plans that keep the same values find them at the same places, so
 * going from one to another moves nothing. What a machine holds is its own: two runs have two machines.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { size } from '../../tensor/shape.ts';
import { adopt, buffer, type Floats, type Tensor } from '../../tensor/tensor.ts';
import type { Imported } from '../emit/outside.ts';
import type { Place, Plan } from '../plan.ts';

/** A plan with its compiled module. */
export interface Compiled {
  readonly plan: Plan;
  readonly module: WebAssembly.Module;
}

/** A plan in a memory, ready to run. */
export interface Loaded {
  readonly plan: Plan;
  /** One step. */
  readonly run: () => void;
}

export interface Machine {
  readonly load: (compiled: Compiled) => Loaded;
  /** The memory as numbers of a format; asked for anew each time, as memory that grows is another array. */
  readonly floats: (dtype: Dtype) => Floats;
  readonly words: () => Uint32Array;
}

const PAGE = 65536;

/** A machine over a memory, whose contents it overwrites. */
export const machine = (memory: WebAssembly.Memory): Machine => {
  let bytes = memory.buffer;
  let views = { f32: new Float32Array(bytes), f64: new Float64Array(bytes), words: new Uint32Array(bytes) };
  const current = (): typeof views => {
    if (memory.buffer !== bytes) {
      bytes = memory.buffer;
      views = { f32: new Float32Array(bytes), f64: new Float64Array(bytes), words: new Uint32Array(bytes) };
    }
    return views;
  };
  const loaded = new Map<Compiled, Loaded>();
  let active: Plan | undefined;

  const floats = (dtype: Dtype): Floats => (dtype === 'f32' ? current().f32 : current().f64);
  const setConstants = ({ dtype, constants }: Plan): void => {
    const width = dtype === 'f32' ? 4 : 8;
    for (const { at, elements } of constants) floats(dtype).set(elements, at / width);
  };
  // A memory that grew is another array, which what is imported has to be bound to again.
  const imports = ({ name, bind }: Imported): readonly [string, () => void] => {
    let to = memory.buffer;
    let run = bind(to);
    return [
      name,
      () => {
        if (memory.buffer !== to) {
          to = memory.buffer;
          run = bind(to);
        }
        run();
      },
    ];
  };
  const load = (compiled: Compiled): Loaded => {
    const known = loaded.get(compiled);
    if (known !== undefined) return known;
    const { plan, module } = compiled;
    const missing = plan.memory - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    const { exports } = new WebAssembly.Instance(module, {
      env: { ...Object.fromEntries(plan.imported.map(imports)), memory },
    });
    const { step } = exports;
    if (typeof step !== 'function') throw new Error('engine: a module without a step');
    const made: Loaded = {
      plan,
      run: () => {
        if (active !== plan) {
          setConstants(plan);
          active = plan;
        }
        step();
      },
    };
    loaded.set(compiled, made);
    return made;
  };
  return { load, floats, words: () => current().words };
};

const widthOf = (dtype: Dtype): number => (dtype === 'f32' ? 4 : 8);

/** Writes a tensor where it belongs. */
export const write = ({ floats }: Machine, { at }: Place, { dtype, data }: Tensor): void =>
  floats(dtype).set(data, at / widthOf(dtype));

/** The numbers at a place, as they stand there until the next step. */
export const numbers = ({ floats }: Machine, dtype: Dtype, { shape, at }: Place): Floats => {
  const from = at / widthOf(dtype);
  return floats(dtype).subarray(from, from + size(shape));
};

/** A tensor of its own, with what stands at a place. */
export const read = (machine: Machine, dtype: Dtype, place: Place): Tensor => {
  const copy = buffer(dtype, size(place.shape));
  copy.set(numbers(machine, dtype, place));
  return adopt(place.shape, copy);
};

/** The place of a name that a plan is known to have. */
export const placeOf = (places: ReadonlyMap<string, Place>, name: string): Place => {
  const place = places.get(name);
  if (place === undefined) throw new Error(`engine: no place for "${name}"`);
  return place;
};

/** The number at a place. */
export const readNumber = ({ floats }: Machine, dtype: Dtype, { at }: Place): number =>
  floats(dtype)[at / widthOf(dtype)] ?? Number.NaN;

/** Writes a number, rounded to the format. */
export const writeNumber = ({ floats }: Machine, dtype: Dtype, { at }: Place, value: number): void => {
  floats(dtype)[at / widthOf(dtype)] = value;
};

/** Writes rows of a tensor, in an order. */
export const gather = (
  { floats }: Machine,
  { at }: Place,
  { dtype, shape, data }: Tensor,
  rows: ArrayLike<number>,
): void => {
  const target = floats(dtype);
  const width = data.length / (shape[0] ?? 1);
  let to = at / widthOf(dtype);
  if ((data instanceof Float32Array || data instanceof Float64Array) && width >= 32) {
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] ?? 0) * width;
      target.set(data.subarray(from, from + width), to);
      to += width;
    }
    return;
  }
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * width;
    for (let j = 0; j < width; j++) target[to++] = data[from + j] ?? Number.NaN;
  }
};
