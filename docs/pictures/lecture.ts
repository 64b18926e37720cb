/**
 * Draws the picture of chapter 13: `npx tsx docs/pictures/lecture.ts`. It takes some minutes, for every point is a run; where the
 * data folder is missing there is nothing to draw.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Engine, Failure } from 'nabla-ts';
import { breastCancer, digits } from '../../examples/lecture/programs.ts';
import * as Redone from '../../examples/lecture/redone.ts';
import { studies } from '../../examples/lecture/studies.ts';
import { runs, type Scores } from '../../examples/lecture/study.ts';
import { all } from '../../examples/lecture/teaching.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { save } from './save.ts';

const seeds = Array.from({ length: 10 }, (_, i) => i + 1);
const ways = ['the published way', 'redone', 'published'] as const;

interface Point {
  readonly program: string;
  readonly way: (typeof ways)[number];
  readonly accuracy: number;
}

const points = (
  program: string,
  theirs: readonly Scores[],
  ours: readonly Scores[],
  of: keyof Scores,
  published?: number,
): readonly Point[] => [
  ...theirs.map((scores): Point => ({ program, way: 'the published way', accuracy: scores[of] })),
  ...ours.map(({ held }): Point => ({ program, way: 'redone', accuracy: held })),
  ...(published === undefined ? [] : [{ program, way: 'published', accuracy: published } as const]),
];

const measured = (folder: string): E.Either<Failure.Failure, readonly Point[]> =>
  pipe(
    E.Do,
    E.apS('cancer', breastCancer(folder)),
    E.apS('images', digits(folder)),
    E.chain(({ cancer, images }) => {
      const engine = Engine.create();
      const nine = new Set(all);
      const { logistic, network, digits: pictures } = studies({ cancer, digits: images });
      if (logistic === undefined || network === undefined || pictures === undefined)
        return E.left(Failure.failure('config', 'lecture', 'its studies', 'none'));
      const again = RA.traverse(E.Applicative);
      return pipe(
        E.Do,
        E.apS('line', runs(engine, logistic)(nine)(seeds)),
        E.apS('line2', again(Redone.logistic(cancer, 100))(seeds)),
        E.apS('deep', runs(engine, network)(nine)(seeds)),
        E.apS('deep2', again(Redone.network(cancer, 50))(seeds)),
        E.apS('image', runs(engine, pictures)(nine)(seeds)),
        E.apS('image2', again(Redone.digits(images, 30))(seeds)),
        E.map(({ line, line2, deep, deep2, image, image2 }) => [
          ...points('tumours, no hidden layer', line, line2, 'held', 0.818),
          ...points('tumours, 30-100-30-1', deep, deep2, 'held', 0.916),
          ...points('digits, counted by elements', image, [], 'train', 0.983),
          ...points('digits, counted by rows', image, image2, 'held'),
        ]),
      );
    }),
  );

/** A mark for every seed; the colours are the report's. */
const chart = (values: readonly Point[]) =>
  draw({
    width: 520,
    height: 250,
    data: { values: [...values] },
    mark: { type: 'point', filled: true, size: 60, opacity: 0.75 },
    encoding: {
      x: { field: 'accuracy', type: 'quantitative', title: 'accuracy', scale: { domain: [0.6, 1] } },
      y: { field: 'program', type: 'nominal', title: null, sort: null, axis: { labelLimit: 0 } },
      yOffset: { field: 'way', type: 'nominal', sort: [...ways], scale: { domain: [...ways] } },
      color: {
        field: 'way',
        type: 'nominal',
        title: null,
        sort: [...ways],
        legend: { orient: 'top', labelLimit: 0, columnPadding: 24 },
        scale: { domain: [...ways] },
      },
      shape: { field: 'way', type: 'nominal', title: null, sort: [...ways], scale: { domain: [...ways] } },
    },
  });

void save({ lecture: pipe(TE.fromEither(measured('../shared/data')), TE.chain(chart)) });
