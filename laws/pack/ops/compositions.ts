/** Operations one after another: what stands between two of them must not matter. */
import * as fc from 'fast-check';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { type Instruction, interpret, type Kind, type Sample, samples } from '../../engine/ops/programs.ts';
import { all, type LawSet, law, lawSet, sameTensors } from '../../law.ts';
import { dtypesOf, type PackOptions, runsOf } from '../options.ts';
import { type Algebra, overTensors } from './algebra.ts';

const movements: readonly Kind[] = [
  'reshape',
  'transpose',
  'broadcast',
  'slice',
  'pad',
  'concatenate',
  'sum',
  'matmul',
];

const programs = (options: PackOptions): fc.Arbitrary<Sample> =>
  samples(12, 200).filter(({ dtype }) => dtypesOf(options).includes(dtype));

/** What is done twice: how, to a matrix of no symmetry. */
interface Pair {
  readonly x: Tensor;
  readonly first: Omit<Instruction, 'what'>;
  readonly second: Omit<Instruction, 'what'>;
}

const how = fc.record({ a: fc.constant(0), b: fc.nat(63), p: fc.nat(63), q: fc.nat(63) });

const pairs = (options: PackOptions): fc.Arbitrary<Pair> =>
  fc.record({
    x: fc
      .tuple(fc.constantFrom(...dtypesOf(options)), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .map(([dtype, rows, columns]) => generate(dtype, [rows, columns], (i) => i + 1)),
    first: how,
    second: how,
  });

/** The laws of compositions: with those of single operations, they say what every program of the algebra gives. */
export const compositionLaws = <T>(algebra: Algebra<T>, options: PackOptions): LawSet =>
  lawSet('compositions', [
    law(
      'one operation after another',
      'any two operations give the same whether the value between them stays inside or leaves and comes back',
      pairs(options),
      ({ x, first, second }) =>
        all(
          ...movements.flatMap((one) =>
            movements.map((other) => {
              const program: readonly Instruction[] = [
                { ...first, what: one },
                { ...second, what: other },
              ];
              return sameTensors(
                interpret(overTensors(algebra)(x.dtype), [x], program),
                interpret(algebra.ops(x.dtype), [algebra.write(x)], program).map(algebra.read),
                `${other} after ${one}, value`,
              );
            }),
          ),
        ),
      { runs: runsOf(options, 30), formula: 'read(g(f(x))) = read(g(write(read(f(x)))))' },
    ),
    law(
      'reading and writing between operations changes nothing',
      'a random program gives the same bits whether its values stay inside or leave and come back after every operation',
      programs(options),
      ({ dtype, inputs, program }) =>
        sameTensors(
          interpret(overTensors(algebra)(dtype), inputs, program),
          interpret(algebra.ops(dtype), inputs.map(algebra.write), program).map(algebra.read),
          'value',
        ),
      { runs: runsOf(options, 40), formula: 'read(g(f(x))) = read(g(write(read(f(x)))))' },
    ),
    law(
      'what was computed before stays as it was',
      'later operations write to none of the values that came before them',
      programs(options),
      ({ dtype, inputs, program }) => {
        const ops = algebra.ops(dtype);
        const given = inputs.map(algebra.write);
        const before = interpret(ops, given, program);
        const first = before.map(algebra.read).map((x) => ({ ...x, data: Array.from(x.data) }));
        interpret(ops, before.slice(-3), program);
        return sameTensors(first, before.map(algebra.read), 'value');
      },
      { runs: runsOf(options, 40), formula: 'x after f(x) = x before' },
    ),
  ]);
