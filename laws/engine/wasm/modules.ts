/** Random modules that are well typed: every kind of code, in nested blocks of functions that call one another. */
import * as fc from 'fast-check';
import {
  block,
  branch,
  branchIf,
  type Code,
  call,
  copy,
  count,
  type Func,
  fill,
  i32,
  laneAt,
  local,
  loop,
  type Module,
  op,
  set,
  store,
  when,
} from '../../../src/engine/wasm/code.ts';
import {
  type Expressions,
  expressions,
  type Head,
  offsets,
  operandsOf,
  signatureOf,
  types,
  variables,
} from './expressions.ts';
import { laneMemoryOps, lanesOf, memoryOps, memorySignature } from './signatures.ts';

/** Counts loops; nothing else sets it, so that its name can be a label too. */
const counter = local('i32', 'counter');

/** The labels of nested blocks, from outside: one is the same as one around it. */
const LABELS = ['outer', 'middle', 'outer'] as const;

const statements = (heads: readonly Head[], own: Head, from: Expressions, labels: readonly string[]) => {
  const flat: readonly fc.Arbitrary<Code>[] = [
    ...types.map((type) =>
      fc
        .tuple(fc.constantFrom(...variables.filter((one) => one.type === type)), from[type])
        .map(([variable, value]) => set(variable, value)),
    ),
    ...memoryOps
      .filter((name) => memorySignature(name).results.length === 0)
      .map((name) =>
        fc
          .tuple(operandsOf(from, memorySignature(name)), offsets)
          .map(([[address = [], value = []], offset]) => store(name, address, value, offset)),
      ),
    ...laneMemoryOps
      .filter((name) => name.includes('store'))
      .map((name) =>
        fc
          .tuple(from.i32, from.v128, fc.nat(lanesOf(name) - 1), offsets)
          .map(([address, of, i, offset]) => laneAt(name, address, of, i, offset)),
      ),
    ...heads.map((head) =>
      operandsOf(from, signatureOf(head)).map((operands) => [
        call(head.name, ...operands),
        head.results.map(() => op('drop')),
      ]),
    ),
    fc.tuple(from.i32, from.i32, from.i32).map(([to, at, bytes]) => copy(to, at, bytes)),
    fc.tuple(from.i32, from.i32, from.i32).map(([to, byte, bytes]) => fill(to, byte, bytes)),
    operandsOf(from, { operands: own.results, results: [] }).map((results) => op('return', ...results)),
    ...labels.map((label) => fc.constant(branch(label))),
    ...labels.map((label) => from.i32.map((condition) => branchIf(label, condition))),
  ];
  const label = LABELS[labels.length];
  if (label === undefined) return fc.oneof(...flat);
  const body: fc.Arbitrary<readonly Code[]> = fc.array(statements(heads, own, from, [...labels, label]), {
    maxLength: 3,
  });
  const nested: readonly fc.Arbitrary<Code>[] = [
    body.map((inner) => block(label, ...inner)),
    body.map((inner) => loop(label, ...inner)),
    fc.tuple(from.i32, body).map(([condition, inner]) => when(condition, label, ...inner)),
    fc
      .tuple(from.i32, fc.integer({ min: 1, max: 99 }), body)
      .map(([to, step, inner]) => count(counter, i32(0), to, step, block(label, ...inner))),
  ];
  return fc.oneof(fc.oneof(...flat), fc.oneof(...nested));
};

const heads: fc.Arbitrary<readonly Head[]> = fc
  .array(
    fc.record({
      parameters: fc.shuffledSubarray([...variables], { maxLength: 5 }),
      results: fc.array(fc.constantFrom(...types), { maxLength: 2 }),
      exported: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((all) => all.map((one, i) => ({ name: `function-${i}`, ...one })));

const bodies = (all: readonly Head[], own: readonly Head[]): fc.Arbitrary<readonly Func[]> => {
  const from = expressions(all, 2);
  return fc.tuple(
    ...own.map((head) =>
      fc
        .tuple(
          fc.array(statements(all, head, from, []), { maxLength: 5 }),
          operandsOf(from, { operands: head.results, results: [] }),
        )
        .map(([before, results]): Func => ({ ...head, body: [before, results] })),
    ),
  );
};

/** Modules of up to four functions that call one another, the first of them imported in some. */
export const modules: fc.Arbitrary<Module> = fc
  .tuple(fc.constantFrom(0, 1, 127, 128, 16384, 65536), heads, fc.constantFrom(0, 0, 1, 2))
  .chain(([pages, all, imported]) =>
    bodies(all, all.slice(imported)).map((functions) => {
      const imports = all.slice(0, imported).map((head) => {
        const { operands: parameters, results } = signatureOf(head);
        return { name: head.name, parameters, results };
      });
      return imports.length === 0 ? { pages, functions } : { pages, imports, functions };
    }),
  );
