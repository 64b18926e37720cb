/** Wrong tables that whole numbers are looked up in. */
import { Expr, Initialiser, Layer, Ops, Tree } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { Broken } from '../broken.ts';
import { broken as entryOf, lawsOf } from './parts.ts';

type Form = Layer.RecordForm<{ readonly weight: Layer.LeafForm }>;
const tree = Tree.record<{ readonly weight: Layer.LeafForm }>({ weight: Tree.leaf });

const ROWS = 4;
const WIDTH = 3;
const chosen = Expr.ifEqual(Expr.input('x'), Expr.input('i'), 1, 0);

/** For each index a row of zeros with a 1 at it, moved on by a shift. */
const oneHot = <T>(ops: Ops.Ops<T>, x: T, shift: number): T => {
  const [batch = 0] = ops.shape(x);
  const places = Ops.repeat(ops, [batch, ROWS], ops.iota(ROWS));
  const indices = ops.broadcast([batch, ROWS], shift === 0 ? x : ops.map(Expr.add(Expr.input('x'), shift), { x }));
  return ops.map(chosen, { x: indices, i: places });
};

/** What the gradient of the table is made of. */
interface Held<T> {
  readonly ops: Ops.Ops<T>;
  readonly x: T;
  /** [batch, rows]: which row each example looked up. */
  readonly hot: T;
  readonly dy: T;
}

/** The row of a table that an index, the only input, says; with a gradient of one's choice. */
const embedding = (
  kind: string,
  back: <T>(held: Held<T>) => T,
): Layer.Layer<readonly [1], readonly [3], Form, Layer.EmptyForm> => ({
  ...Layer.plain,
  input: [1],
  output: [WIDTH],
  description: { kind },
  parameters: {
    tree,
    specs: {
      weight: {
        shape: [ROWS, WIDTH],
        fanIn: ROWS,
        fanOut: WIDTH,
        initialiser: Initialiser.normal(0, 1),
        role: 'weight',
      },
    },
  },
  forward: (ops, { weight }, _state, x) => {
    const hot = oneHot(ops, x, 0);
    return {
      y: ops.matmul(hot, weight),
      state: Layer.noValues,
      pullback: (dy) => ({
        dParams: { weight: back({ ops, x, hot, dy }) },
        get dx() {
          return Ops.fill(ops, ops.shape(x), 0);
        },
      }),
    };
  },
});

const right = <T>({ ops, hot, dy }: Held<T>): T => ops.matmul(Ops.transposed(ops, hot), dy);

const inputs = [0, 1, 2, 3];

const entry = (name: string, fault: string, back: <T>(held: Held<T>) => T): Broken =>
  entryOf(name, fault, 'pullback: dual numbers', embedding(name, back), { inputs });

export const broken: readonly Broken[] = [
  entry(
    'averages what was looked up twice',
    'the gradients of examples that looked up the same row are averaged, not added',
    <T>(held: Held<T>): T => {
      const { ops, hot } = held;
      const times = ops.broadcast([ROWS, WIDTH], Ops.transposed(ops, ops.sum([0], hot)));
      const safe = Expr.divide(Expr.input('sum'), Expr.max(Expr.input('times'), 1));
      return ops.map(safe, { sum: right(held), times });
    },
  ),
  entry('moves the next row', 'the gradient goes to the row after the one that was looked up', ({ ops, x, dy }) =>
    ops.matmul(Ops.transposed(ops, oneHot(ops, x, 1)), dy),
  ),
];

export const correct: readonly LawSet[] = [lawsOf(embedding('embedding', right), { inputs })];
