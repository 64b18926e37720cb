/** Operations one after another: what stands between two of them must not matter. */
import * as fc from 'fast-check';
import { interpret, type Kind, type Sample, samples, showSample } from '../../engine/ops/programs.ts';
import { type LawSet, law, lawSet, sameTensors } from '../../law.ts';
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

/** Half of the programs do little but move elements, each moving what the one before it gave: views are told apart so. */
const programs = (options: PackOptions): fc.Arbitrary<Sample> =>
  fc
    .tuple(samples(12, 200), fc.boolean())
    .filter(([{ dtype }]) => dtypesOf(options).includes(dtype))
    .map(([sample, moves]) =>
      moves
        ? {
            ...sample,
            program: sample.program.map((one) => ({
              ...one,
              what: movements[one.b % movements.length] ?? one.what,
              a: one.a % 2,
            })),
          }
        : sample,
    );

/** The laws of compositions: with those of single operations, they say what every program of the algebra gives. */
export const compositionLaws = <T>(algebra: Algebra<T>, options: PackOptions): LawSet =>
  lawSet('compositions', [
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
      { runs: runsOf(options, 80), show: showSample, formula: 'read(g(f(x))) = read(g(write(read(f(x)))))' },
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
      { runs: runsOf(options, 40), show: showSample, formula: 'x after f(x) = x before' },
    ),
  ]);
