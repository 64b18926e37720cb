/** What a plan is, beside what it computes: the same bytes each time, valid, its buffers apart, and nothing for nobody. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { create } from '../../src/engine/engine.ts';
import { ALIGNMENT, allocate, type Block } from '../../src/engine/place/allocate.ts';
import type { Compiled } from '../../src/engine/run/machine.ts';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import { computationOf } from '../../src/train/computation.ts';
import * as Train from '../../src/train/index.ts';
import { plan } from '../../src/train/plan.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same } from '../law.ts';
import { type Config, configOf, networkOf, type Run, runs, showRun } from './training/samples.ts';

const compiledOf = (config: Config): Compiled => {
  const known = plan(config);
  if (E.isLeft(known)) throw new Error(known.left.where);
  const { run } = config.optimizer.decide(config.optimizer.numbers);
  const made = create().prepare(
    computationOf(known.right, {
      rows: known.right.size,
      phase: run?.phase,
      scalars: Object.keys(run?.scalars ?? {}),
    }),
  );
  if (E.isLeft(made)) throw new Error(made.left);
  return made.right;
};

const bytes: Law = law(
  'bytes',
  'compiling twice gives the same bytes, which are a valid module; all buffers that are described lie in its memory',
  runs(),
  (of: Run) => {
    const [first, second] = [compiledOf(configOf(of)).plan, compiledOf(configOf(of)).plan];
    const described = Train.describe(configOf(of));
    if (E.isLeft(described)) return { expected: 'a description', received: described.left.where };
    const { memory, buffers } = described.right;
    const last = Math.max(...buffers.map(({ at, bytes: length }) => at + length));
    return all(
      same(first.bytes.join(), second.bytes.join(), 'bytes'),
      holds(WebAssembly.validate(first.bytes), 'a valid module', 'another'),
      same(first.memory, memory, 'memory'),
      holds(last <= memory, `buffers below ${memory}`, `${last}`),
    );
  },
  { runs: 12, show: showRun },
);

const blocks: fc.Arbitrary<readonly Block[]> = fc
  .array(fc.tuple(fc.nat(700), fc.nat(12), fc.nat(6)), { maxLength: 30 })
  .map((list) => list.map(([length, from, life], id) => ({ id, bytes: length, from, to: from + life })));

const apart: Law = law(
  'allocation',
  'buffers alive at the same time never overlap, begin at multiples of a line, and end where is said',
  fc.tuple(blocks, fc.nat(10)),
  ([list, lines]) => {
    const start = lines * ALIGNMENT;
    const { at, end } = allocate(list, start);
    const placed = list.map((block) => ({ block, from: at.get(block.id) ?? Number.NaN }));
    return all(
      ...placed.map(({ block, from }) =>
        holds(
          from >= start && from % ALIGNMENT === 0 && from + block.bytes <= end,
          `a place from ${start} to ${end}`,
          `${from} for ${block.bytes} bytes`,
        ),
      ),
      ...placed.flatMap(({ block: a, from: first }, i) =>
        placed
          .slice(i + 1)
          .map(({ block: b, from: second }) =>
            holds(
              a.to < b.from || b.to < a.from || first + a.bytes <= second || second + b.bytes <= first,
              `blocks ${a.id} and ${b.id} apart`,
              `${first} + ${a.bytes} and ${second} + ${b.bytes}`,
            ),
          ),
      ),
    );
  },
  { runs: 300 },
);

const stack = (widths: readonly number[]): Layer.SomeLayer =>
  Layer.sequentialOf(
    widths.slice(0, 1),
    widths.slice(1).flatMap((n, i) => [Layer.dense(widths[i] ?? 1, n), Activation.tanh]),
  );

const products: Law = law(
  'products',
  'L dense layers take 3L − 1 products: nobody asks for the first input’s gradient',
  fc
    .array(fc.integer({ min: 2, max: 5 }), { minLength: 2, maxLength: 5 })
    .chain((widths) => runs({ first: fc.constant(stack(widths).use((layer) => layer)) })),
  (of) => {
    const dense = JSON.stringify(networkOf(of).description).split('"dense"').length - 1;
    const { kernels } = compiledOf(configOf(of)).plan.schedule;
    return same(3 * dense - 1, kernels.filter(({ kind }) => kind === 'matmul').length, 'products');
  },
  { runs: 10, show: showRun },
);

export const planLaws: LawSet = lawSet('plans', [bytes, apart, products]);
