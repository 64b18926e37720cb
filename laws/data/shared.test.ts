/** The two tables that are kept beside the project, where they are there. */
import { existsSync, readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { describe, expect, it } from 'vitest';
import * as Data from '../../src/data/index.ts';

const cases = [
  { file: 'digits.csv.gz', skipLines: 0, shape: [1797, 64], classes: 10, smallest: 174 },
  { file: 'breast_cancer.csv', skipLines: 1, shape: [569, 30], classes: 2, smallest: 212 },
];

describe('shared tables', () => {
  for (const { file, skipLines, shape, classes, smallest } of cases) {
    const path = `../shared/data/${file}`;
    it(file, ({ skip }) => {
      if (!existsSync(path)) {
        console.warn(`skipped: ${path} is not there`);
        skip();
      }
      const read = pipe(
        E.Do,
        E.bind('table', () => Data.parseCsv({ source: path, skipLines })(readFileSync(path))),
        E.bind('schema', ({ table }) => Data.inferSchema({})(table)),
        E.bind('x', ({ table, schema }) => Data.encodeFeatures(schema)(table)),
        E.bind('y', ({ table, schema }) => Data.encodeTargets(schema)(table)),
      );
      if (E.isLeft(read)) expect.fail(JSON.stringify(read.left));
      const { x, y } = read.right;
      expect(x.shape).toEqual(shape);
      const counts =
        y.kind === 'classes' ? y.classes.map((_, c) => y.labels.filter((label) => label === c).length) : [];
      expect([counts.length, Math.min(...counts)]).toEqual([classes, smallest]);
    });
  }
});
