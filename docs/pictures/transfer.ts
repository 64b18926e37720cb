/**
 * Draws the pictures of chapter 12 from the digits in a file. The experiments run first, which takes a minute or more; what
 * they give is printed, too.
 *
 *     npx tsx docs/pictures/transfer.ts ../shared/data/digits.csv.gz
 */
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  FROZEN,
  FULL,
  type Measured,
  measure,
  PROBLEMS,
  report,
  SCRATCH,
  TENTH,
  WHOLE,
} from '../../examples/12-transfer.ts';
import { intervals } from '../../examples/limits/compare.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { curves, type Look, side } from './curves.ts';
import { save } from './save.ts';

const looks: readonly Look[] = [
  { method: SCRATCH, colour: 'blue' },
  { method: WHOLE, colour: 'orange' },
  { method: TENTH, label: 'taken over, body at a tenth', colour: 'orange', dash: [6, 3] },
  { method: FROZEN, colour: 'orange', dash: [2, 3] },
  { method: 'first layer taken over, frozen', colour: 'purple', dash: [2, 3] },
  { method: 'body as drawn, frozen', colour: 'green', dash: [2, 3] },
  { method: 'nearest mean image', colour: 'soft' },
];

const panel = (title: string, { methods }: Measured) =>
  curves({ title, x: 'examples of each class', y: 'accuracy', looks, domain: [0.2, 1], columns: 3 })(methods);

export interface Both {
  readonly digits: Measured;
  readonly scanner: Measured;
}

const methodsOf = ({ digits, scanner }: Both) =>
  side('shared', [panel('Five new digits: 0–4, then 5–9', digits), panel('The same digits, another scanner', scanner)]);

const RATES = 'rate ';

/** Accuracy against the rate of the body that was taken over; 0 stands at the left by itself. */
const ratesOf = ({ digits, scanner }: Both) =>
  pipe(
    [
      ['five new digits', digits],
      ['another scanner', scanner],
    ] as const,
    E.traverseArray(([task, { rates }]) =>
      pipe(
        intervals(rates),
        E.map((all) =>
          all.map(({ method, interval: { estimate, low, high } }) => ({
            task,
            rate: method.slice(RATES.length),
            mean: estimate,
            low,
            high,
          })),
        ),
      ),
    ),
    E.map((all) => {
      const color = {
        field: 'task',
        type: 'nominal' as const,
        title: null,
        sort: null,
        legend: { orient: 'top' as const },
      };
      const x = {
        field: 'rate',
        type: 'ordinal' as const,
        sort: null,
        title: 'learning rate of the body, as a multiple of the head’s (0: frozen)',
        axis: { labelAngle: 0 },
      };
      const y = { field: 'mean', type: 'quantitative' as const, title: 'accuracy', scale: { zero: false } };
      return {
        width: 460,
        height: 240,
        data: { values: all.flat() },
        layer: [
          { mark: { type: 'line' as const, strokeWidth: 2 }, encoding: { x, y, color } },
          {
            mark: { type: 'rule' as const, strokeWidth: 1.5 },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
          },
          { mark: { type: 'point' as const, filled: true, size: 36, opacity: 1 }, encoding: { x, y, color } },
        ],
      };
    }),
  );

/** The pictures of what was measured. */
export const pictures = (of: Both) => ({
  transfer: pipe(methodsOf(of), TE.fromEither, TE.chain(draw)),
  'transfer-rates': pipe(ratesOf(of), TE.fromEither, TE.chain(draw)),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = measure(process.argv[2] ?? '../shared/data/digits.csv.gz', FULL);
  await pipe(
    E.Do,
    E.bind('digits', () => measured(PROBLEMS.digits)),
    E.bind('scanner', () => measured(PROBLEMS.scanner)),
    E.bind('lines', ({ digits, scanner }) =>
      pipe(
        [report('five new digits')(digits), report('another scanner')(scanner)],
        E.sequenceArray,
        E.map((parts) => parts.flat()),
      ),
    ),
    E.match(
      (failure) => save({ transfer: TE.left(failure) }),
      ({ lines, ...both }) => {
        process.stdout.write(`${lines.join('\n')}\n`);
        return save(pictures(both));
      },
    ),
  );
}
