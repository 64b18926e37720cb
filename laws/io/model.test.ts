/** Models as files: what is saved is read, bit for bit; what was cut or changed is refused with its place. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { Layer, Network, Tensor } from '../../src/index.ts';
import { fromText, load, type Model, toText } from '../../src/io/model.ts';
import { inFolder } from '../cli/fixture.ts';
import { nabla } from '../cli/in-process.ts';

const table = [
  'a,b,kind',
  ...Array.from({ length: 60 }, (_, i) => `${(i * 7) % 11},${(i * 5) % 13},${i % 2 ? 'x' : 'y'}`),
].join('\n');

/** Calls `use` with the text of a model that was trained on a small table. */
const withModel = (use: (text: string, path: string) => Promise<void> | void): Promise<void> =>
  inFolder(async (folder) => {
    const [data, path] = [join(folder, 'table.csv'), join(folder, 'model.json')];
    writeFileSync(data, table);
    expect(await nabla('--data', data, '--json', '--epochs', '2', '--save', path)).toMatchObject({ status: 0 });
    await use(readFileSync(path, 'utf8'), path);
  });

const answers = ({ network }: Model): readonly number[] =>
  network.use((known) => Tensor.toArray(Network.predict(known)(Tensor.generate('f32', [3, 2], (i) => i - 2))));

const read = fromText(Layer.registry, 'model.json');

describe('a model', () => {
  it('answers the same after it was saved and read', () =>
    withModel(async (text, path) => {
      const loaded = await load(Layer.registry)(path)();
      const again = E.isRight(loaded) ? read(toText(loaded.right)) : loaded;
      expect(loaded).toSatisfy(E.isRight);
      expect(again).toSatisfy(E.isRight);
      if (E.isRight(loaded) && E.isRight(again)) {
        expect(answers(again.right)).toEqual(answers(loaded.right));
        expect(toText(again.right)).toBe(text);
      }
    }));

  it('is refused wherever it is cut off', () =>
    withModel((text) => {
      for (let i = 0; i < 40; i++)
        expect(read(text.slice(0, Math.floor((i / 40) * (text.length - 2))))).toSatisfy(E.isLeft);
    }));

  it('is refused where it was changed, with the place', () =>
    withModel((text) => {
      const model = JSON.parse(text);
      const changes: readonly [change: object, where: RegExp][] = [
        [{ ...model, extra: 1 }, /extra/],
        [{ ...model, version: 99 }, /model\.json/],
        [{ ...model, network: { ...model.network, layer: { kind: 'unheardOf' } } }, /layer/],
        [{ ...model, network: 3 }, /network/],
        [{ ...model, encoding: {} }, /encoding/],
      ];
      for (const [change, where] of changes) {
        const refused = read(JSON.stringify(change));
        expect(refused).toSatisfy(E.isLeft);
        expect(E.isLeft(refused) ? refused.left.where : '').toMatch(where);
      }
    }));
});
