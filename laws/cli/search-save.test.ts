/** `nabla search --save`: the best network, trained on all rows, as `nabla predict` and `nabla check` read it. */
import { existsSync, readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, describe, expect, it } from 'vitest';
import { Data, Fold, Key, Layer, Network, Trial } from '../../src/index.ts';
import { fromText } from '../../src/io/model.ts';
import { got } from '../search/search-mistakes.ts';
import { classes, folder, sums } from './fixture.ts';
import { interrupted, nabla } from './in-process.ts';

const box = folder();
afterAll(box.remove);

const asked = {
  space: {
    learningRate: { kind: 'logUniform', low: 0.01, high: 0.3 },
    width: { kind: 'choice', options: [4, 8] },
  },
  search: { kind: 'random', trials: 4, budget: 20 },
  settings: { layers: 1, batchSize: 16 },
  folds: 2,
};
const space = box.file('space.json', JSON.stringify(asked));
const good = box.file('good.csv', classes());
const values = box.file('values.csv', sums());

const search = (data: string, ...words: readonly string[]) =>
  nabla('search', space, '--data', data, '--threads', '0', '--json', ...words);

describe('nabla search --save', () => {
  it('keeps the network that the best point makes of all rows', async () => {
    const path = box.path('best.json');
    const { status, out, err } = await search(good, '--save', path, '--seed', '3');
    expect([status, err.includes(`the best, trained on all 60 rows, is in ${path}`)]).toEqual([0, true]);
    const { best } = JSON.parse(out);
    const { network, encoding } = got(fromText(Layer.registry, path)(readFileSync(path, 'utf8')));
    // The same by hand: keys as the command splits them, and as many folds.
    const table = got(Data.parseCsv({ source: good })(readFileSync(good)));
    const schema = got(Data.inferSchema({})(table));
    const targets = got(Data.encodeTargets(schema)(table));
    const labels = targets.kind === 'classes' ? targets.labels : [];
    const [, folding, training] = Key.split(3)(Key.fromSeed(3));
    const key = Key.fromSeed(0);
    const refitted = got(
      Trial.refit()({
        task: { kind: 'classification', classes: 2 },
        inputs: got(Data.encodeFeatures(schema)(table)),
        targets: { shape: [labels.length], dtype: 'f64', data: labels },
        folds: got(Fold.stratifiedKFold(2)(folding ?? key)(labels)),
        settings: asked.settings,
        key: training ?? key,
      })(best.point, { budget: best.budget }),
    );
    expect(network.use((known) => JSON.stringify(Network.encode(known)))).toBe(
      refitted.network.use((known) => JSON.stringify(Network.encode(known))),
    );
    expect(encoding.features.features.map(({ name }) => name)).toEqual(Data.Schema.featureNames(schema));
    expect(encoding.features.features.map(({ shift, scale }) => [shift, scale])).toEqual(
      refitted.features.features.map(({ shift, scale }) => [shift, scale]),
    );
  });

  it('predicts classes and values, and holds to the laws of networks', async () => {
    const [first, second] = [box.path('classes.json'), box.path('values.json')];
    await search(good, '--save', first);
    await search(values, '--save', second);
    const said = await nabla('predict', first, '--data', good, '--json');
    expect(Number(/accuracy (\d+\.?\d*) %/.exec(said.err)?.[1])).toBeGreaterThan(90);
    expect(JSON.parse(said.out).predictions).toHaveLength(60);
    // The sums are from 0 to 25: the sign of a scaler or of a shift would be seen.
    const { predictions } = JSON.parse((await nabla('predict', second, '--data', values, '--json')).out);
    const wanted = readFileSync(values, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Number(line.split(',')[2]));
    const off = wanted.map((y, i) => (y - predictions[i]) ** 2).reduce((sum, x) => sum + x / wanted.length, 0);
    expect(off).toBeLessThan(5);
    const checked = await nabla('check', first);
    expect(checked.status).toBe(0);
  });

  it('is the same after the search is done as with it', async () => {
    const [first, second, history] = [box.path('one.json'), box.path('two.json'), box.path('history.json')];
    await search(good, '--save', first, '--history', history);
    await search(good, '--save', second, '--history', history);
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
  });

  it('makes the folder that it is to be in', async () => {
    const path = box.path('out/of/nothing/best.json');
    const { status } = await search(good, '--save', path);
    expect([status, existsSync(path)]).toEqual([0, true]);
  });

  it('says that nothing is saved where it was stopped', async () => {
    const path = box.path('unsaved.json');
    const { status, err } = await interrupted(
      'search',
      space,
      '--data',
      good,
      '--threads',
      '0',
      '--json',
      '--save',
      path,
    );
    expect([status, err.includes(`nothing is saved in ${path}`), existsSync(path)]).toEqual([130, true, false]);
  });

  it('says before the search what cannot be written', async () => {
    for (const [words, message] of [
      [['--save', box.path('good.csv/model.json')], /expected a directory/],
      [['--save', box.path('.')], /expected a file, or a name that is free/],
    ] as const) {
      const ran = await search(good, ...words);
      expect(ran.err).toMatch(message);
      expect([ran.status, ran.out, ran.err.trim().split('\n').length]).toEqual([1, '', 1]);
    }
    expect(E.isRight(Data.parseCsv({ source: good })(readFileSync(good)))).toBe(true);
  });
});
