/** What was measured, as tables for a person. */
import { contestants } from './contestants.ts';
import { goalTable } from './goals.ts';
import { type Found, fastestPeer, isMeasured, type Measured, type Result, speed } from './result.ts';
import { bytes, percent, short, table } from './text.ts';
import { flops, type Growth, parameterCount, type Workload } from './workloads.ts';

/** One quantity's growth with what was found at each point. */
export interface FoundGrowth {
  readonly quantity: Growth['quantity'];
  readonly points: ReadonlyArray<Found & { readonly at: number }>;
}

const microseconds = (seconds: number): string => short(1e6 * seconds);
const rate = (workload: Workload, seconds: number): number => flops(workload) / seconds / 1e9;

/** The least time that the products of a step take anyone: the limit of a step. */
const limit = (results: readonly Result[]): Measured | undefined =>
  results.filter(isMeasured).find(({ name }) => name === 'NumPy');

/** Who was measured anywhere, in the order of the contestants. */
const namesOf = (found: readonly Found[]): readonly string[] =>
  contestants
    .map(({ name }) => name)
    .filter((name) => found.some(({ results }) => results.filter(isMeasured).some((one) => one.name === name)));

const loss = (value: number | null | undefined): string => (typeof value === 'number' ? value.toPrecision(3) : '–');

/** One workload: everybody's times. */
export const detail = ({ workload, results }: Found): string => {
  const measured = results.filter(isMeasured);
  const blas = limit(results)?.products?.minimum ?? Number.NaN;
  const rows = measured.map((one) => [
    one.differs === null ? one.name : `${one.name} *`,
    microseconds(one.step.minimum),
    microseconds(one.step.median),
    short(speed(results, one)),
    short(rate(workload, one.step.minimum)),
    percent((one.products?.minimum ?? Number.NaN) / one.step.minimum),
    percent(blas / one.step.minimum),
    short(1e3 * one.first),
    one.losses.map(loss).join(' → '),
    String(one.steps),
  ]);
  return [
    `${workload.name}: ${short(parameterCount(workload))} parameters, products of ${short(flops(workload) / 1e6)} MFLOP a step, ${
      Number.isNaN(blas)
        ? 'no BLAS to compare with'
        : `on BLAS alone ${microseconds(blas)} µs (${short(rate(workload, blas))} GFLOP/s)`
    }`,
    table(
      [
        '',
        'min µs',
        'median µs',
        'speed',
        'GFLOP/s',
        'products',
        'of BLAS',
        'first ms',
        'loss: step 1 → epoch 1 → end',
        'steps',
      ],
      rows,
    ),
    ...measured.flatMap(({ name, differs }) =>
      differs === null ? [] : [`* ${name}: ${differs}; no measure for others`],
    ),
    ...results.flatMap((one) => (isMeasured(one) || one.install !== null ? [] : [`${one.name}: ${one.unable}`])),
  ].join('\n');
};

const legend = [
  'µs a training step: forward, loss, backward, Adam and feeding the shuffled batch; f32, one thread.',
  'speed: the least time of the fastest peer through this one. products: the share of the step that its own matrix',
  'products take alone. of BLAS: that share if they were as fast as BLAS. first: from the first call to the first step.',
].join('\n');

/** Everything in one table: the least times, and how the engines stand beside the fastest peer. */
export const overview = (found: readonly Found[]): string => {
  const names = namesOf(found);
  const engines = new Set(
    found.flatMap(({ results }) => results.filter(({ kind }) => kind === 'engine').map(({ name }) => name)),
  );
  const of = ({ results }: Found, name: string): Measured | undefined =>
    results.filter(isMeasured).find((one) => one.name === name);
  return table(
    ['least µs a step', ...names, ...names.filter((name) => engines.has(name)).map((name) => `${name} : fastest peer`)],
    found.map((each) => [
      each.workload.name,
      ...names.map((name) => {
        const one = of(each, name);
        return one === undefined ? '–' : `${microseconds(one.step.minimum)}${one.differs === null ? '' : ' *'}`;
      }),
      ...names
        .filter((name) => engines.has(name))
        .map((name) => {
          const one = of(each, name);
          const peer = fastestPeer(each.results);
          return one === undefined || peer === undefined ? '–' : `${short(speed(each.results, one))} × ${peer.name}`;
        }),
    ]),
  );
};

/** How time and memory grow with one quantity. */
export const growth = ({ quantity, points }: FoundGrowth): string => {
  const names = namesOf(points);
  return table(
    [quantity, 'parameters', 'MFLOP', ...names.flatMap((name) => [`${name} µs`, 'GFLOP/s', 'memory'])],
    points.map(({ at, workload, results }) => [
      String(at),
      short(parameterCount(workload)),
      short(flops(workload) / 1e6),
      ...names.flatMap((name) => {
        const one = results.filter(isMeasured).find((each) => each.name === name);
        return one === undefined
          ? ['–', '–', '–']
          : [microseconds(one.step.minimum), short(rate(workload, one.step.minimum)), bytes(one.memory)];
      }),
    ]),
  );
};

/** What is not here, each once, with what to install. */
export const missing = (found: readonly Found[]): readonly string[] => [
  ...new Set(
    found.flatMap(({ results }) =>
      results.flatMap((one) =>
        isMeasured(one) || one.install === null ? [] : [`${one.name} is not here (${one.unable}): ${one.install}`],
      ),
    ),
  ),
];

/** What stands after the tables of the single workloads. */
export const summary = (found: readonly Found[], growths: readonly FoundGrowth[]): string =>
  [
    ...(found.length === 0 ? [] : [legend, overview(found), goalTable(found)]),
    ...growths.map(growth),
    missing([...found, ...growths.flatMap(({ points }) => points)]).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
