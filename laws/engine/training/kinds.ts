/** Nothing that this project offers falls back: every rule, transform, schedule and loss by its name, from its registry. */
import * as fc from 'fast-check';
import * as Layer from '../../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../../src/layer/layer.ts';
import { registry as losses } from '../../../src/loss/index.ts';
import { registry as optimizerKinds } from '../../../src/optimizer/index.ts';
import { type Law, type LawSet, law, lawOf, lawSet, type Verdict } from '../../law.ts';
import { families } from '../../loss/families.ts';
import * as Configs from '../../optimizer/configs.ts';
import { endsAlike } from './runs.ts';
import { firsts, runs, showRun, wrapped } from './samples.ts';

const RUNS = 3;

/** Moderate numbers, so that runs go on for all of their steps. */
const scale = fc.constant(1);

const optimizing = (name: string, optimizer: fc.Arbitrary<Configs.Description>, times = RUNS): Law =>
  law(
    name,
    'trains on emitted code, to the reference’s bits',
    runs({ optimizer, scale }),
    (of) => endsAlike({ ...of, epochs: 4 }),
    { runs: times, show: showRun },
  );

const rules: Readonly<Record<string, fc.Arbitrary<Configs.Description>>> = {
  ...Configs.ruleConfigs,
  lbfgs: Configs.lbfgsConfigs,
};

/** What a transform is put around: rules that remember something. */
const inner = fc.oneof(Configs.ruleConfigs.adam, Configs.ruleConfigs.momentum);

const transforms: Readonly<Record<string, fc.Arbitrary<Configs.Description>>> = {
  ...Configs.transformConfigs,
  scaleRates: fc.constantFrom<Configs.Description>(
    { kind: 'scaleRates', multipliers: [['1', 0]] },
    { kind: 'scaleRates', multipliers: [['1.weight', 0.5]] },
    {
      kind: 'scaleRates',
      multipliers: [
        ['', 2],
        ['1.bias', 0],
      ],
    },
  ),
};

/** What disturbs in training, before a dense layer: masks are drawn by emitted code, normal numbers by the host. */
const disturbing: Readonly<Record<string, fc.Arbitrary<Part>>> = {
  dropout: fc.constantFrom(0.1, 0.5).map(Layer.dropout),
  gaussianDropout: fc.constantFrom(0.1, 0.5).map(Layer.gaussianDropout),
  alphaDropout: fc.constantFrom(0.1, 0.5).map(Layer.alphaDropout),
  gaussianNoise: fc.constantFrom(0.1, 1).map(Layer.gaussianNoise),
};

const simpleSchedules: Readonly<Record<string, fc.Arbitrary<Configs.Description>>> = Configs.scheduleConfigs;

const schedules: Readonly<Record<string, fc.Arbitrary<Configs.Description>>> = {
  ...simpleSchedules,
  join: Configs.schedules.filter(({ kind }) => kind === 'join'),
  reduceOnPlateau: Configs.plateaus,
};

/** Names of the laws, and of what there is. */
const named = (what: string, kinds: object, known: readonly string[]): Law =>
  lawOf(
    `every ${what}`,
    'has a law of its name',
    Object.keys(kinds),
    (kind): Verdict =>
      known.some((name) => name === kind) ? undefined : { expected: `a law of ${kind}`, received: 'none' },
  );

const lossKinds = families.flatMap(({ loss }) => {
  const { description } = loss('mean');
  const kindsIn = (of: unknown): readonly string[] =>
    typeof of === 'object' && of !== null
      ? Object.entries(of).flatMap(([field, value]) =>
          field === 'kind' && typeof value === 'string' ? [value] : kindsIn(value),
        )
      : [];
  return kindsIn(description);
});

export const kindLaws: LawSet = lawSet(
  'by name on the engine',
  [
    named('rule', optimizerKinds.optimizers, Object.keys(rules)),
    named('transform', optimizerKinds.transforms, Object.keys(transforms)),
    named('schedule', optimizerKinds.schedules, Object.keys(schedules)),
    named('loss', losses, lossKinds),
  ],
  [
    lawSet(
      'rules',
      Object.entries(rules).map(([name, rule]) => optimizing(name, rule)),
    ),
    lawSet(
      'transforms',
      Object.entries(transforms).map(([name, around]) => optimizing(name, wrapped(inner, fc.tuple(around)))),
    ),
    lawSet(
      'layers that disturb',
      Object.entries(disturbing).map(([name, layer]) =>
        law(
          name,
          'is trained through on emitted code, to the reference’s bits',
          runs({
            first: fc
              .tuple(layer, fc.integer({ min: 1, max: 9 }))
              .map(([of, width]) =>
                Layer.sequentialOf([3], [of, Layer.dense(3, width), of]).use((known): AnyLayer => known),
              ),
            scale,
          }),
          (of) => endsAlike({ ...of, epochs: 3 }),
          { runs: RUNS, show: showRun },
        ),
      ),
    ),
    lawSet(
      'schedules',
      Object.entries(schedules).map(([name, rate]) =>
        optimizing(
          name,
          fc.tuple(inner, rate).map(([rule, learningRate]): Configs.Description => ({ ...rule, learningRate })),
          2,
        ),
      ),
    ),
    lawSet(
      'losses',
      families.map((family) =>
        law(
          family.name,
          'is minimised on emitted code, to the reference’s bits',
          runs({ family: fc.constant(family), first: firsts, optimizer: Configs.ruleConfigs.adam, scale }),
          endsAlike,
          { runs: RUNS, show: showRun },
        ),
      ),
    ),
  ],
);
