/** `nabla check` in this process: a sound model, one that was tampered with, and what it refuses. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classes, folder } from './fixture.ts';
import { nabla as ran } from './in-process.ts';

const box = folder();
afterAll(box.remove);
const table = box.file('table.csv', classes());
const model = box.path('model.json');
beforeAll(async () => {
  expect((await ran('--data', table, '--json', '--save', model, '--epochs', '2', '--layers', '4')).status).toBe(0);
});

/** The model with all numbers of its first tensor replaced by one. */
const filled = (value: number): string => {
  const text = readFileSync(model, 'utf8');
  const [, data = ''] = /"data":"([A-Za-z0-9+/=]+)"/.exec(text) ?? [];
  const bytes = Buffer.from(new Float32Array(Buffer.from(data, 'base64').length / 4).fill(value).buffer);
  return box.file('filled.json', text.replace(data, bytes.toString('base64')));
};

describe('nabla check', () => {
  it('prints the laws that a sound model obeys, drawn examples or its own', async () => {
    for (const words of [[], ['--data', table], ['--seed', '5', '--runs', '2']]) {
      const { status, out, err } = await ran('check', model, ...words);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('✓ gradient: dual numbers');
      expect(out).toMatch(/\n\d+ held, 0 failed, 0 not expected\n$/);
    }
  });

  it('prints one JSON object a law', async () => {
    const { status, out } = await ran('check', model, '--json');
    expect(status).toBe(0);
    const laws: ReadonlyArray<Readonly<Record<string, unknown>>> = JSON.parse(out);
    expect(laws.length).toBeGreaterThan(8);
    for (const law of laws) {
      expect(law.outcome).toBe('held');
      expect(law.statement).toMatch(/./);
      expect(law.formula).toMatch(/./);
    }
  });

  it('ends with 1 and says which laws do not hold of a model that was spoiled', async () => {
    const broken = filled(Number.NaN);
    const { status, out, err } = await ran('check', broken);
    expect(status).toBe(1);
    expect(out).toContain('✗ finite parameters');
    expect(out).toContain('NaN');
    expect(err).toMatch(/: expected all \d+ laws to hold, received \d+ that do(es)? not\n$/);
    expect(out + err).not.toMatch(/\n\s+at .*\.ts/);
    const told = await ran('check', broken, '--json');
    expect(told.status).toBe(1);
    const failed: ReadonlyArray<Readonly<Record<string, unknown>>> = JSON.parse(told.out);
    expect(failed.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      path: [broken, 'finite parameters'],
      failure: { law: 'finite parameters', received: expect.stringContaining('NaN') },
    });
  });

  it('refuses what is no model, no table and no number, in one line', async () => {
    for (const [words, status, said] of [
      [[box.path('none.json')], 1, 'none.json'],
      [[table], 1, 'expected a model'],
      [[model, '--data', box.path('none.csv')], 1, 'none.csv'],
      [[model, '--runs', '0'], 2, '--runs'],
      [[model, '--seed', 'x'], 2, '--seed'],
    ] as const) {
      const result = await ran('check', ...words);
      expect([result.status, result.out]).toEqual([status, '']);
      expect(result.err).toContain(said);
      expect(result.err.trimEnd()).not.toContain('\n');
    }
  });
});
