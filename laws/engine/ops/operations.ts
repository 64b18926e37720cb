/** Recorded, fused, placed, emitted and run: whatever the algebra can say, the engine computes as the reference does. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { type Computation, create } from '../../../src/engine/engine.ts';
import type { Kept, Result } from '../../../src/engine/plan.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import { equals, type Shape } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { firstNotFinite } from '../../../src/train/diverged.ts';
import { all, type Law, type LawSet, law, lawSet, same, type Verdict } from '../../law.ts';
import {
  type Compiled,
  clear,
  differs,
  isMarked,
  type Machine,
  poisonBut,
  poisoned,
  runOnce,
  write,
} from '../compiled.ts';
import { interpret, type Sample, samples } from './programs.ts';

/** Which values are results, and which of them take the place of an input for the next step. */
interface Wanted {
  readonly index: number;
  readonly into: number | undefined;
}

const wantedOf = ({ inputs, kept, results }: Sample, shapes: readonly Shape[]): readonly Wanted[] => {
  const last = shapes.length - 1;
  const back = inputs.flatMap(({ shape }, into): readonly Wanted[] => {
    if (kept[into] !== true) return [];
    const index = shapes.findLastIndex((other, i) => i >= inputs.length && equals(other, shape));
    return index < 0 ? [] : [{ index, into }];
  });
  return [
    ...back,
    ...[...new Set([last, ...results.map((i) => last - (i % shapes.length))])].map((index) => ({
      index,
      into: undefined,
    })),
  ];
};

const inputName = (i: number): string => `input${i}`;
const resultName = ({ index, into }: Wanted): string => `value${index}${into === undefined ? '' : ` into ${into}`}`;

const shapesOf = ({ dtype, inputs, program }: Sample): readonly Shape[] =>
  interpret(reference(dtype), inputs, program).map(({ shape }) => shape);

/** A program as a computation. */
export const computationOf = (sample: Sample): Computation => {
  const shapes = shapesOf(sample);
  const { dtype, inputs, program, kept, watched } = sample;
  const names = inputs.map((_, i) => inputName(i));
  return {
    dtype,
    of: [sample],
    name: 'program',
    kept: inputs.flatMap(({ shape }, i): readonly Kept[] => (kept[i] === true ? [{ name: inputName(i), shape }] : [])),
    record: ({ ops, input, watch }) => {
      const values = interpret(
        ops,
        inputs.map(({ shape }, i) => input(names[i] ?? '', shape)),
        program,
      );
      for (const [slot, i] of watched.entries()) {
        const node = values[i % values.length];
        if (node !== undefined) watch(slot, node);
      }
      return wantedOf(sample, shapes).flatMap((wanted): readonly Result[] => {
        const node = values[wanted.index];
        return node === undefined
          ? []
          : [
              {
                name: resultName(wanted),
                node,
                ...(wanted.into === undefined ? {} : { into: inputName(wanted.into) }),
              },
            ];
      });
    },
  };
};

/** A program as a plan. */
const compiledOf = (sample: Sample): E.Either<string, Compiled> => create().prepare(computationOf(sample));

/** Steps that a sample is run for. */
const STEPS = 3;

/** Runs a plan for some steps in a machine, each held to the reference. */
const agrees = (on: Machine, compiled: Compiled, sample: Sample): Verdict => {
  const { dtype, inputs, program, kept, watched } = sample;
  const { plan } = compiled;
  const ops = reference(dtype);
  const keptNames = new Set(inputs.flatMap((_, i) => (kept[i] === true ? [inputName(i)] : [])));
  let given: readonly Tensor[] = inputs;
  for (let step = 0; step < STEPS; step++) {
    const values = interpret(ops, given, program);
    const wanted = wantedOf(
      sample,
      values.map(({ shape }) => shape),
    );
    if (step > 0) poisonBut(on, plan, keptNames);
    for (const [i, tensor] of given.entries()) {
      const place = plan.inputs.get(inputName(i));
      if (place !== undefined && (step === 0 || kept[i] !== true)) write(on, place, tensor);
    }
    clear(on);
    const replaced = new Set(wanted.flatMap(({ into }) => (into === undefined ? [] : [inputName(into)])));
    const found = all(
      runOnce(on, compiled, replaced),
      ...wanted.map((one): Verdict => {
        const value = values[one.index];
        if (value === undefined) return undefined;
        return one.into === undefined
          ? differs(on, value, plan.results.get(resultName(one)), `step ${step + 1}, ${resultName(one)}`)
          : differs(on, value, plan.inputs.get(inputName(one.into)), `step ${step + 1}, ${resultName(one)}`);
      }),
      ...watched.map((i, slot) => {
        const value = values[i % values.length];
        return value === undefined
          ? undefined
          : same(
              firstNotFinite(value) !== undefined,
              isMarked(on, dtype, slot),
              `step ${step + 1}, mark ${slot} of value ${i % values.length}`,
            );
      }),
    );
    if (found !== undefined) return found;
    given = given.map((tensor, i) => {
      const one = wanted.find(({ into }) => into === i);
      return one === undefined ? tensor : (values[one.index] ?? tensor);
    });
  }
  return undefined;
};

const bits = (sample: Sample): Verdict => {
  const compiled = compiledOf(sample);
  return E.isLeft(compiled)
    ? { expected: 'emitted code', received: compiled.left }
    : agrees(poisoned([compiled.right]), compiled.right, sample);
};

const short: Law = law(
  'operations',
  'a short program of any operations gives the reference’s bits, step after step, in memory that held NaN, and writes nothing outside of its buffers',
  samples(4),
  bits,
  { runs: 120 },
);

const long: Law = law('compositions', 'so does a long one', samples(25), bits, { runs: 100 });

const after: Law = law(
  'one after another',
  'what a plan gives does not depend on the plans that ran in its memory before it, itself among them',
  fc.tuple(samples(8), samples(8)),
  ([first, second]) => {
    const [one, other] = [compiledOf(first), compiledOf(second)];
    if (E.isLeft(one)) return { expected: 'emitted code', received: one.left };
    if (E.isLeft(other)) return { expected: 'emitted code', received: other.left };
    const on = poisoned([one.right, other.right]);
    return all(
      agrees(on, one.right, first),
      agrees(on, other.right, second),
      agrees(on, one.right, first),
      agrees(on, other.right, second),
    );
  },
  { runs: 30 },
);

export const operationLaws: LawSet = lawSet('operations', [short, long, after]);
