/** Transfer at a reduced size: where it helps, where it does not, and that a frozen layer keeps its bits. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { Engine, Key, Tensor } from 'nabla-ts';
import { describe, expect, it } from 'vitest';
import { FROZEN, SCRATCH, transfer, WHOLE } from './12-transfer.ts';
import { newScanner, readDigits } from './transfer/digits.ts';
import { adamWith, layerFor, trained, untrained, withLayersOf } from './transfer/networks.ts';

const data = fileURLToPath(new URL('../../shared/data/digits.csv.gz', import.meta.url));

describe('transfer, at a reduced size', () => {
  it('a file that is missing is named', () => {
    expect(transfer('no-such-file.csv')).toEqual(
      E.left({ tag: 'file', where: 'no-such-file.csv', expected: 'a file that can be read', received: 'none' }),
    );
  });

  it('layers that were taken over and frozen keep their bits, and the head learns', () => {
    const layer = layerFor(2);
    const [one = Key.fromSeed(1), other = one] = Key.split(2)(Key.fromSeed(1));
    const source = untrained(layer, one);
    const inputs = Key.uniform([4, 64])(one);
    const course = {
      data: { inputs, targets: Tensor.generate('f32', [4], (i) => i % 2) },
      steps: 3,
      optimizer: adamWith({ 0: 0 }),
      engine: Engine.create(),
    };
    const after = E.Monad.chain(withLayersOf(source, ['0'])(untrained(layer, other)), trained(course, one));
    expect(after).toSatisfy(E.isRight);
    if (E.isLeft(after)) return;
    expect(after.right.params[0]).toEqual(source.params[0]);
    expect(after.right.params[1]).not.toEqual(untrained(layer, other).params[1]);
  });

  it.skipIf(!existsSync(data))(
    'helps where the task is the same, and not where it is another (skipped where the data folder is missing)',
    () => {
      const found = transfer(data, {
        seeds: 2,
        perClass: [2],
        rates: [1],
        ratesAt: 2,
        sourceSteps: 100,
        steps: 80,
      });
      expect(found).toSatisfy(E.isRight);
      const lines = E.isRight(found) ? found.right : [];
      const second = lines.findIndex((line) => line.startsWith('from one scanner to another'));
      const meanOf = (part: readonly string[], method: string): number =>
        Number(/ (\d\.\d{3}) \[/.exec(part.find((line) => line.startsWith(`${method} `)) ?? '')?.[1]);
      const [digits, scanner] = [lines.slice(0, second), lines.slice(second)];
      expect(meanOf(digits, FROZEN)).toBeLessThan(meanOf(digits, SCRATCH));
      expect(meanOf(scanner, WHOLE)).toBeGreaterThan(meanOf(scanner, SCRATCH));
      expect(meanOf(scanner, 'as it is, not trained on')).toBeGreaterThan(0.15);
      expect(lines.at(-1)).toMatch(/^ +2 {2}-?\d\.\d{3} \[/);
    },
  );

  it.skipIf(!existsSync(data))('no image is both learnt from and tested on (skipped without the data)', () => {
    const digits = readDigits(data);
    expect(digits).toSatisfy(E.isRight);
    if (E.isLeft(digits)) return;
    const { source, few, test } = newScanner(digits.right)(Key.fromSeed(1));
    const rows = (of: Tensor.Tensor): ReadonlySet<string> => new Set(Tensor.toRows(of).map(String));
    const tested = rows(test.inputs);
    expect([...rows(few(1000).inputs)].some((row) => tested.has(row))).toBe(false);
    expect(few(1000).inputs.shape[0]).toBe(new Set([...rows(few(1000).inputs)]).size);
    expect((source.inputs.shape[0] ?? 0) + few(1000).targets.data.length + test.targets.data.length).toBe(1797);
  });
});
