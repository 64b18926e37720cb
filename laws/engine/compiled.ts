/** Plans in a memory that was poisoned: what the laws of the engine run them in. */

import type { Place, Plan } from '../../src/engine/plan.ts';
import { type Compiled, type Machine, machine, numbers, read, write } from '../../src/engine/run/machine.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { size } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Verdict } from '../law.ts';

// One memory for all, as each reserves gigabytes of addresses; a machine is only a view of it.
const memory = new WebAssembly.Memory({ initial: 24 });

/** NaN in either format. */
export const POISON = 0xffffffff;

/** A machine whose memory holds nothing but NaN, at least as large as the plans need. */
export const poisoned = (plans: readonly Compiled[]): Machine => {
  const made = machine(memory);
  for (const compiled of plans) made.load(compiled);
  made.words().fill(POISON);
  return made;
};

const widthOf = (dtype: Dtype): number => (dtype === 'f32' ? 4 : 8);

/** The words that a place covers. */
const words = (dtype: Dtype, { shape, at }: Place): readonly [number, number] => [
  at / 4,
  Math.ceil((at + size(shape) * widthOf(dtype)) / 4),
];

/** Words that marks take at the beginning of memory. */
export const MARKS = 16;

/** Clears the marks of what is watched. */
export const clear = (of: Machine): void => void of.words().fill(0, 0, MARKS);

/** Whether a mark is set: some lane is not 0. */
export const isMarked = (of: Machine, dtype: Dtype, slot: number): boolean =>
  of
    .floats(dtype)
    .subarray((slot * 16) / widthOf(dtype), ((slot + 1) * 16) / widthOf(dtype))
    .some((x) => x !== 0);

/** Where the buffers begin that a plan computes into, after all that the host writes. */
export const computedFrom = ({ dtype, inputs, constants }: Plan): number =>
  Math.max(
    4 * MARKS,
    ...[...inputs.values()].map(({ shape, at }) => at + size(shape) * widthOf(dtype)),
    ...constants.map(({ at, elements }) => at + elements.length * widthOf(dtype)),
  );

/** Runs a plan once: poisons all but what the host wrote, and says what it wrote where it may not: before the buffers that
 * it computes into (but for inputs that take a result's place, and the padding of these), or after them. */
export const runOnce = (on: Machine, compiled: Compiled, replaced: ReadonlySet<string>): Verdict => {
  const { plan } = compiled;
  const all = on.words();
  const before = all.slice();
  on.load(compiled).run();
  const after = on.words();
  const [first, last] = [Math.ceil(computedFrom(plan) / 64) * 16, plan.memory / 4];
  const may = [...plan.inputs].filter(([name]) => replaced.has(name)).map(([, place]) => words(plan.dtype, place));
  const isConstant = (word: number): boolean =>
    plan.constants.some(({ at, elements }) => word * 4 >= at && word * 4 < at + elements.length * widthOf(plan.dtype));
  for (let i = MARKS; i < after.length; i++) {
    if (i === first) i = last;
    if (after[i] === before[i] || i >= after.length) continue;
    // The padding of a buffer belongs to whoever writes it.
    if (may.some(([from, to]) => i >= from && i < Math.ceil(to / 16) * 16)) continue;
    if (isConstant(i)) continue;
    return {
      expected: 'nothing written outside of the buffers',
      received: `byte ${4 * i} written`,
      where: `computed from ${4 * first} to ${4 * last}`,
    };
  }
  return undefined;
};

/** Poisons all that a plan does not keep. */
export const poisonBut = (on: Machine, { dtype, inputs, constants }: Plan, kept: ReadonlySet<string>): void => {
  const all = on.words();
  const saved = [
    ...[...inputs].filter(([name]) => kept.has(name)).map(([, place]) => words(dtype, place)),
    ...constants.map(({ at, elements }) => words(dtype, { shape: [elements.length], at })),
  ].map(([from, to]) => ({ from, was: all.slice(from, to) }));
  all.fill(POISON, MARKS);
  for (const { from, was } of saved) all.set(was, from);
};

/** Where a tensor and what stands at a place first differ: bit for bit, but that a NaN is a NaN. */
export const differs = (on: Machine, expected: Tensor, place: Place | undefined, name: string): Verdict => {
  if (place === undefined) return { expected: `a result "${name}"`, received: 'none' };
  if (`${place.shape}` !== `${expected.shape}`)
    return { expected: `[${expected.shape}]`, received: `[${place.shape}]`, where: name };
  const found = numbers(on, expected.dtype, place);
  for (let i = 0; i < found.length; i++)
    if (!Object.is(found[i], expected.data[i]))
      return {
        expected: `${expected.data[i]}`,
        received: `${found[i]}`,
        where: `${name}, element ${i} of [${place.shape}]`,
      };
  return undefined;
};

export { type Compiled, type Machine, read, write };
