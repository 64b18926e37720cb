/** What an engine is given to compile for a step: what tells one from another, what stays in memory, what is described. */
import { create, reference } from '../../src/engine/engine.ts';
import { dense } from '../../src/layer/dense.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { l2 } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam, gradientDescent, lbfgs, type Optimizer } from '../../src/optimizer/index.ts';
import type { Phase } from '../../src/optimizer/optimizer.ts';
import { add, input } from '../../src/scalar/expr.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { full, zeros } from '../../src/tensor/tensor.ts';
import { computationOf, type Task } from '../../src/train/computation.ts';
import * as Train from '../../src/train/index.ts';
import { plan } from '../../src/train/plan.ts';
import { changingScalars } from '../engine/changingScalars.ts';
import { all, type Law, lawOf, lawSet, same } from '../law.ts';
import { counted, seenSlow } from './counted.ts';
import { counting } from './layers.ts';
import { config, difference, examplesOf, get, told } from './scenario.ts';

const given = config({
  layer: sequential(dense(2, 1), counting),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: zeros('f32', [5, 2]), targets: zeros('f32', [5, 1]) },
  batchSize: 2,
  epochs: 1,
});
const computed = (of: typeof given, task: Task) => computationOf(get(plan(of)), task);
const task: Task = { rows: 2, phase: 'update', scalars: ['rate'] };

/** Steps that are not the same, of one layer, loss and optimizer. */
const tasks: readonly Task[] = [
  task,
  { ...task, rows: 3 },
  { ...task, rows: undefined },
  { ...task, phase: 'rest' },
  { ...task, phase: undefined },
  { ...task, scalars: [] },
  { ...task, scalars: ['rate', 'decay'] },
  { ...task, scalars: ['ratedecay'] },
];

const wide = (shape: readonly number[]) =>
  config({
    ...given,
    // A loss that takes targets of any shape.
    loss: { ...given.loss, expected: () => ({ ...given.loss.expected([5, 1]), shape: [5, ...shape] }) },
    data: { inputs: zeros('f32', [5, 2]), targets: zeros('f32', [5, ...shape]) },
  });

const distinct: Law = lawOf(
  'what tells steps apart',
  'is their rows, phase and scalars, the shape of the targets and whether there are weights: no two have one name',
  [0],
  () => {
    const names = [
      ...tasks.map((one) => computed(given, one)),
      computed({ ...given, data: { ...given.data, weights: full('f32', [5], 1) } }, task),
      computed(wide([2, 3]), task),
      computed(wide([23]), task),
    ].map(({ name }) => name);
    const { data } = given;
    const longer = { ...data, inputs: zeros('f32', [7, 2]), targets: zeros('f32', [7, 1]) };
    return all(
      same(names.length, new Set(names).size, names.join('; ')),
      same(names[0], computed({ ...given, data: longer }, task).name, 'of data with more rows'),
    );
  },
);

const parts: Law = lawOf(
  'of what it is',
  'a step is of its layer, loss, optimizer and penalty: another of them makes another step',
  [0],
  () => {
    const penalty = l2(1);
    const { layer, loss, optimizer } = given;
    const bare = computed(given, task).of;
    const charged = computed({ ...given, penalty }, task).of;
    return all(
      same(3, bare.length),
      same(
        true,
        [layer, loss, optimizer].every((value, i) => bare[i] === value),
      ),
      same(4, charged.length),
      same(
        true,
        [layer, loss, optimizer, penalty].every((value, i) => charged[i] === value),
      ),
      same('f32', computed(given, task).dtype),
    );
  },
);

const leavesOf = (prefix: string): readonly string[] => [`${prefix}.0.weight 2,1`, `${prefix}.0.bias 1`];

const keeps: Law = lawOf(
  'what stays in memory',
  'from step to step are parameters, state and vectors, and the gradient and value where an optimizer has several phases',
  [
    { optimizer: given.optimizer, vectors: [], shared: false },
    { optimizer: adam(), vectors: ['m', 'v'], shared: false },
    { optimizer: lbfgs({ memory: 1 }), vectors: ['base', 'baseGradient', 'direction', 's0', 'y0'], shared: true },
  ],
  ({ optimizer, vectors, shared }) =>
    same(
      [
        ...leavesOf('p'),
        's.1.count ',
        ...vectors.flatMap((name) => leavesOf(`v.${name}`)),
        ...(shared ? [...leavesOf('g'), 'value '] : []),
      ].join('; '),
      computed({ ...given, optimizer }, task)
        .kept.map(({ name, shape }) => `${name} ${shape}`)
        .join('; '),
    ),
  { show: ({ optimizer }) => optimizer.description.kind },
);

const described: Law = lawOf(
  'the first step',
  'is described as it is on full batches, with its rows, its weights and the scalars of the optimizer; or why it is not compiled',
  [0],
  () => {
    const inputs = (of: typeof given): string =>
      get(Train.describe(of))
        .buffers.map(({ name, shape }) => `${name}[${shape}]`)
        .filter((text) => !text.includes(' of '))
        .join(' ');
    const kept = 'p.0.weight[2,1] p.0.bias[1] s.1.count[]';
    const weights = full('f32', [5], 1);
    const slow = get(Train.describe({ ...given, engine: reference }));
    return all(
      same(`${kept} inputs[2,2] targets[2,1] scalar.rate[]`, inputs(given)),
      same(`${kept} inputs[5,2] targets[5,1] scalar.rate[]`, inputs({ ...given, batchSize: 5, engine: create() })),
      same(
        `${kept} inputs[2,2] targets[2,1] weights[2] scalar.rate[]`,
        inputs({ ...given, data: { ...given.data, weights } }),
      ),
      same('reference, the reference was asked for', `${slow.runs}, ${slow.reason}`),
      same(
        'config: config.epochs: expected a whole number of at least 0, received -1',
        told(Train.describe({ ...given, epochs: -1 })),
      ),
    );
  },
);

/** An optimizer that never runs a phase. */
const idle: Optimizer = { ...given.optimizer, decide: (numbers) => ({ numbers }) };

/** Looks at what was measured in one phase, again in another, and keeps all that was read of either. */
const reading: Optimizer = {
  description: { kind: 'reading' },
  numbers: {},
  vectors: {},
  decide: (numbers, ran) => {
    const kept = {
      ...numbers,
      ...Object.fromEntries(Object.entries(ran?.readings ?? {}).map(([name, x]) => [`${ran?.phase} ${name}`, x])),
    };
    return ran?.phase === 'again'
      ? { numbers: kept }
      : { numbers: kept, run: { phase: ran === undefined ? 'look' : 'again', scalars: {} } };
  },
  phases: Object.fromEntries(
    ['look', 'again'].map(
      (name) =>
        [
          name,
          ({ ops, params, vectors, evaluation: { value } }) => ({
            params,
            vectors,
            readings: { value, [name]: ops.map(add(input('x'), 1), { x: value }) },
          }),
        ] satisfies readonly [string, Phase],
    ),
  ),
};

const emitted: Law = lawOf(
  'what goes between host and phases',
  'a phase is given other scalars in another step, or there is none; each is given the measure, and all that it reads and ' +
    'nothing else is told: on emitted code, to the reference’s bits',
  [
    { optimizer: changingScalars, runs: 9 },
    { optimizer: idle, runs: 9 },
    { optimizer: reading, runs: 18 },
  ],
  ({ optimizer, runs }) => {
    const { engine, ran } = counted();
    const { layer, slow } = seenSlow(given.layer);
    const of = { ...given, layer, optimizer, engine, data: examplesOf('f32', 5, fromSeed(1)), epochs: 3 };
    const start = Train.start(of, fromSeed(1));
    const end = get(Train.fit(of)(start));
    return all(
      same(runs, ran(), 'steps on emitted code'),
      same(0, slow(), 'forward passes of the reference'),
      difference(get(Train.fit({ ...of, engine: reference })(start)), end),
    );
  },
  { show: ({ optimizer }) => optimizer.description.kind },
);

export const recordingLaws = lawSet('recording', [distinct, parts, keeps, described, emitted]);
