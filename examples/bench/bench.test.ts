/** The pure parts of the bench: nothing here is timed, and no contestant is started. */
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { contestants } from './contestants.ts';
import { figure, type Goal, goalTable, reached } from './goals.ts';
import { parse } from './options.ts';
import { feed, parametersOf } from './peers/feed.ts';
import { problem } from './problem.ts';
import { setupReply, stepsReply } from './protocol.ts';
import { detail, missing, overview } from './report.ts';
import { type Absent, type Found, fastestPeer, type Measured, speed } from './result.ts';
import { median, minimum, summarise } from './statistics.ts';
import { bytes, percent, short, table } from './text.ts';
import { flops, growths, parameterCount, products, type Workload, workloads } from './workloads.ts';

const [gate, curve, , mnist] = workloads;
const at = (workload: Workload | undefined): Workload => workload ?? expect.fail('no such workload');

const measured = (
  name: string,
  kind: 'engine' | 'peer',
  microseconds: number,
  more: Partial<Measured> = {},
): Measured => ({
  name,
  kind,
  made: name,
  differs: null,
  first: 0.1,
  step: { minimum: microseconds * 1e-6, median: 2 * microseconds * 1e-6, rounds: 5 },
  products: null,
  losses: [2, 1, 0.5],
  steps: 100,
  memory: 2 ** 20,
  ...more,
});
const missed: Absent = { name: 'tfjs', kind: 'peer', unable: 'Cannot find module', install: 'install it' };
const found: Found = {
  number: 4,
  workload: at(mnist),
  results: [
    measured('wasm', 'engine', 100, { products: { minimum: 80e-6, median: 90e-6, rounds: 5 } }),
    measured('NumPy', 'peer', 300, { products: { minimum: 50e-6, median: 60e-6, rounds: 5 } }),
    measured('PyTorch', 'peer', 200),
    measured('brain.js', 'peer', 1, { differs: 'another problem' }),
    missed,
  ],
};

describe('statistics', () => {
  it('the median is the middle, or the mean of two, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
  it('the minimum is the least; of none there is none', () => {
    expect(minimum([3, 1, 2])).toBe(1);
    expect(minimum([])).toBeNaN();
  });
  it('a summary counts its rounds and changes nothing', () => {
    const times = Object.freeze([3, 1, 2]);
    expect(summarise(times)).toEqual({ minimum: 1, median: 2, rounds: 3 });
  });
});

describe('text', () => {
  it('numbers have three digits', () => {
    expect([12345.6, 123.4, 12.34, 1.234, 0.1234, 0, 1e-6, Number.NaN].map(short)).toEqual([
      '12,346',
      '123',
      '12.3',
      '1.23',
      '0.123',
      '0',
      '< 0.001',
      '–',
    ]);
    expect([percent(0.125), percent(Number.NaN)]).toEqual(['13 %', '–']);
    expect([1536, 3 * 2 ** 20, 2 ** 31].map(bytes)).toEqual(['1.5 KiB', '3 MiB', '2 GiB']);
  });
  it('columns are as wide as their widest word', () => {
    expect(table(['a', 'bcd'], [['long', '1']])).toBe('a     bcd\n────  ───\nlong    1');
  });
});

describe('workloads', () => {
  it('the products of a step: forward, weights, and every input but the first', () => {
    expect(products({ sizes: [2, 3, 1], batch: 4 })).toEqual([
      { rows: 4, inner: 2, columns: 3, transposed: 'neither' },
      { rows: 2, inner: 4, columns: 3, transposed: 'left' },
      { rows: 4, inner: 3, columns: 1, transposed: 'neither' },
      { rows: 3, inner: 4, columns: 1, transposed: 'left' },
      { rows: 4, inner: 1, columns: 3, transposed: 'right' },
    ]);
    expect(flops({ sizes: [2, 3, 1], batch: 4 })).toBe(2 * 4 * (2 * 2 * 3 + 3 * 3 * 1));
    expect(parameterCount({ sizes: [2, 3, 1] })).toBe(13);
  });
  it('every workload has at least 8 batches, and names that tell them apart', () => {
    for (const { batches } of workloads) expect(batches).toBeGreaterThanOrEqual(8);
    expect(new Set(workloads.map(({ name }) => name)).size).toBe(workloads.length);
  });
  it('growth: one quantity at a time', () => {
    expect(growths.map(({ quantity, points }) => [quantity, points.length])).toEqual([
      ['width', 6],
      ['depth', 7],
      ['batch', 7],
    ]);
    for (const { points } of growths)
      for (const { workload } of points) expect(Number.isInteger(workload.batches)).toBe(true);
  });
});

describe('the problem', () => {
  it('a gate has its four rows, and the exclusive or of each', () => {
    const { inputs, targets, parameters } = problem(at(gate));
    expect(new Set(inputs)).toEqual(new Set([0, 1]));
    expect(targets).toEqual(targets.map((_, i) => (inputs[2 * i] === inputs[2 * i + 1] ? 0 : 1)));
    expect(parameters).toHaveLength(parameterCount(at(gate)));
  });
  it('a classifier’s labels are classes, all of them', () => {
    const { targets } = problem(at(mnist));
    expect([...new Set(targets)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i));
  });
  it('is a function of the workload', () => {
    expect(problem(at(curve))).toEqual(problem(at(curve)));
  });
  it('an epoch of the feed is every row once', () => {
    const posed = problem(at(curve));
    const next = feed(posed);
    const seen = Array.from({ length: posed.workload.batches }, () => Array.from(next().inputs)).flat();
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from(posed.inputs).toSorted((a, b) => a - b));
  });
  it('parameters are cut into weights and biases without rest', () => {
    const posed = problem(at(mnist));
    const lengths = parametersOf(posed).map(({ weight, bias }) => [weight.length, bias.length]);
    expect(lengths).toEqual([
      [784 * 128, 128],
      [128 * 64, 64],
      [64 * 10, 10],
    ]);
  });
});

describe('the command line', () => {
  const text = (of: ReturnType<typeof parse>): string => JSON.stringify(E.isLeft(of) ? of.left : of.right);
  it('everything, unless it says otherwise', () => {
    const options = parse([]);
    expect(E.isRight(options) && options.right).toMatchObject({
      contestants: contestants.map(({ name }) => name),
      workloads: [0, 1, 2, 3, 4, 5],
      growth: true,
      rounds: 9,
      json: false,
    });
  });
  it('chooses engines, peers and workloads', () => {
    const options = parse(['--engine', 'reference', '--peers', 'pytorch,NumPy', '--only', '2,784-128', '--json']);
    expect(E.isRight(options) && options.right).toMatchObject({
      contestants: ['reference', 'NumPy', 'PyTorch'],
      workloads: [1, 3],
      growth: false,
      json: true,
    });
  });
  it('growth alone, without peers', () => {
    const options = parse(['--only', 'growth', '--peers', 'none']);
    expect(E.isRight(options) && options.right).toMatchObject({ workloads: [], growth: true });
  });
  it.each([
    [['--engine', 'gpu'], '--engine'],
    [['--peers', 'keras'], '--peers'],
    [['--only', '7'], '--only'],
    [['--rounds', '2.5'], '--rounds'],
    [['--seconds', 'long'], '--seconds'],
    [['--fast'], '--fast'],
    [['fast'], 'fast'],
  ])('refuses %j', (argv, named) => {
    const options = parse(argv);
    expect(E.isLeft(options)).toBe(true);
    expect(text(options)).toContain(named);
  });
  it('shows its options', () => {
    const options = parse(['--help']);
    expect(E.isLeft(options) && 'status' in options.left && options.left.status).toBe(0);
    expect(text(options)).toContain('--rounds');
  });
});

describe('replies', () => {
  it('are read strictly enough to tell them apart', () => {
    expect(setupReply.is({ ready: 'x', products: true, differs: null })).toBe(true);
    expect(setupReply.is({ unable: 'x' })).toBe(false);
    expect(stepsReply.is({ steps: 1, seconds: 1, loss: null, memory: 0 })).toBe(true);
    expect(stepsReply.is({ seconds: 1, memory: 0 })).toBe(false);
  });
});

describe('the report', () => {
  it('the fastest peer is one that solves the same problem', () => {
    expect(fastestPeer(found.results)?.name).toBe('PyTorch');
    expect(found.results.flatMap((one) => ('step' in one ? [speed(found.results, one)] : []))).toEqual([
      2,
      expect.closeTo(2 / 3, 12),
      1,
      200,
    ]);
  });
  it('a workload in detail, with what cannot be compared and why', () => {
    const lines = detail(found).split('\n');
    expect(lines[0]).toContain('on BLAS alone 50 µs');
    expect(lines.find((line) => line.startsWith('wasm'))).toMatch(
      /100 +200 +2 .* 80 % +50 % +100 +2\.00 → 1\.00 → 0\.500/,
    );
    expect(lines).toContain('* brain.js: another problem; no measure for others');
  });
  it('what is missing is said once, with what to install', () => {
    expect(missing([found, found])).toEqual(['tfjs is not here (Cannot find module): install it']);
  });
  it('the overview has every workload in a line', () => {
    expect(overview([found])).toContain('2 × PyTorch');
  });
  it('goals are judged by what was measured, and left out where nothing was', () => {
    const faster: Goal = { engine: 'wasm', workloads: [4], what: { fasterThan: 'the fastest peer' }, bound: 3 };
    const rest: Goal = { engine: 'wasm', workloads: [4], what: 'not products', bound: 0.25 };
    const first: Goal = { engine: 'wasm', workloads: [4], what: 'first step, ms', bound: 50 };
    const other: Goal = { engine: 'native', workloads: [4], what: 'not products', bound: 1 };
    expect([faster, rest, first, other].map((goal) => figure(goal, found))).toEqual([
      2,
      expect.closeTo(0.2, 12),
      100,
      undefined,
    ]);
    expect([reached(faster, 2), reached(rest, 0.2), reached(first, 100)]).toEqual([false, true, false]);
    expect(goalTable([found], [faster, rest, other]).split('\n')).toHaveLength(4);
  });
});
