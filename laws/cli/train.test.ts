/** The command on good tables: what it prints, that a seed fixes every byte, and that a saved model predicts. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, inFolder } from './fixture.ts';
import { nabla } from './in-process.ts';

/** Two clouds that a line parts, with a text column. */
const clouds = ['width,height,colour,kind']
  .concat(
    Array.from({ length: 120 }, (_, i) => {
      const shift = i % 2 === 0 ? 0 : 6;
      return `${((i * 37) % 50) / 10 + shift},${((i * 53) % 50) / 10 - shift},${['red', 'blue', 'green'][i % 3]},${i % 2 === 0 ? 'cat' : 'dog'}`;
    }),
  )
  .join('\n');
/** y = 3a − 2b + 1. */
const plane = ['a,b,y']
  .concat(
    Array.from({ length: 150 }, (_, i) => {
      const [a, b] = [((i * 37) % 101) / 50, ((i * 53) % 103) / 50];
      return `${a},${b},${(3 * a - 2 * b + 1).toFixed(6)}`;
    }),
  )
  .join('\n');

const withoutTimings = (json: string): unknown => {
  const { timings, ...rest } = JSON.parse(json);
  expect(timings).toBeTypeOf('object');
  return rest;
};

describe('nabla train', () => {
  it('classifies: one JSON object, the same bytes for the same seed, others for another', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'clouds.csv');
      writeFileSync(data, clouds);
      const train = (seed: string) => nabla('--data', data, '--json', '--seed', seed, '--epochs', '20');
      const [first, again, other] = [await train('1'), await train('1'), await train('2')];
      expect(first.status).toBe(0);
      const result = JSON.parse(first.out);
      expect(Object.keys(result)).toEqual(
        expect.arrayContaining(['task', 'sizes', 'seed', 'history', 'test', 'timings']),
      );
      expect(result.task).toBe('classification');
      expect(result.seed).toBe(1);
      expect(result.test.accuracy).toBeGreaterThan(0.9);
      expect(JSON.stringify(withoutTimings(again.out))).toBe(JSON.stringify(withoutTimings(first.out)));
      expect(JSON.stringify(withoutTimings(other.out))).not.toBe(JSON.stringify(withoutTimings(first.out)));
      expect(filesIn(folder)).toEqual(['clouds.csv']);
    }));

  it('fits numbers, saves, and predicts what it saved', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'plane.csv');
      const model = join(folder, 'model.json');
      writeFileSync(data, plane);
      const trained = await nabla('--data', data, '--json', '--layers', '32', '--save', model);
      expect(trained.err).not.toMatch(/^\s+at /m);
      const result = JSON.parse(trained.out);
      expect(result.task).toBe('regression');
      expect(result.sizes.layers).toEqual([2, 32, 1]);
      expect(result.test.r2).toBeGreaterThan(0.95);
      expect(result.test.rmse).toBeLessThan(0.4);
      // New rows need no target.
      const rows = join(folder, 'new.csv');
      writeFileSync(rows, 'a,b\n1,1\n0.5,1.5\n');
      const predicted = await nabla('predict', model, '--data', rows);
      expect(predicted.status).toBe(0);
      const values = predicted.out
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[0]));
      expect(values).toHaveLength(2);
      expect(Math.abs((values[0] ?? 9) - 2)).toBeLessThan(0.5);
      expect(Math.abs((values[1] ?? 9) + 0.5)).toBeLessThan(0.5);
    }));

  it('writes a report that stands by itself', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'clouds.csv');
      writeFileSync(data, clouds);
      const out = join(folder, 'out');
      const ran = await nabla('--data', data, '--epochs', '5', '--out', out);
      expect(ran.status).toBe(0);
      expect(ran.out + ran.err).toContain('report.html');
      expect(existsSync(join(out, 'report.html'))).toBe(true);
      expect(filesIn(out)).toEqual(['report.html']);
    }));

  it('refuses a table that lacks a column of the model, naming it', () =>
    inFolder(async (folder) => {
      const [data, model, rows] = ['clouds.csv', 'model.json', 'new.csv'].map((name) => join(folder, name));
      writeFileSync(data ?? '', clouds);
      writeFileSync(rows ?? '', 'width,colour\n1,red\n');
      await nabla('--data', data ?? '', '--json', '--epochs', '2', '--save', model ?? '');
      const ran = await nabla('predict', model ?? '', '--data', rows ?? '');
      expect(ran.status).toBe(1);
      expect(ran.err).toContain('height');
      expect(ran.out).toBe('');
    }));

  it('says what it can do', async () => {
    const { status, out } = await nabla('--help');
    expect(status).toBe(0);
    for (const word of ['train', 'predict', 'demo', '--data', 'Examples']) expect(out).toContain(word);
  });
});
