/** Wrong initialisers, each with one fault, and the right ones that they were made from. */
import { Expr, Initialiser, Key, Shape, Tensor } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type InitialiserMeaning, type InitialiserOptions, initialiser } from '../pack/initialiser.ts';
import type { Broken } from './broken.ts';

type Of = Initialiser.Initialiser;
type Fans = Initialiser.Fans;

/** Draws in f64, rounded once. */
const of = (kind: string, draw: (fans: Fans, key: Key.Key) => (i: number) => number): Of => ({
  description: { kind },
  draw: (dtype, fans) => (key) => Tensor.generate(dtype, fans.shape, draw(fans, key)),
});

const uniforms = ({ shape }: Fans, key: Key.Key): ArrayLike<number> => Key.uniform(shape, 'f64')(key).data;
const normals = ({ shape }: Fans, key: Key.Key): ArrayLike<number> => Key.normal(shape, 'f64')(key).data;

type OfFans = (fans: Pick<Fans, 'fanIn' | 'fanOut'>) => number;

/** Uniform on [−l, l]. */
const within = (kind: string, limit: OfFans): Of =>
  of(kind, (fans, key) => {
    const draws = uniforms(fans, key);
    const l = limit(fans);
    return (i) => l * (2 * (draws[i] ?? NaN) - 1);
  });
const normalOf = (kind: string, variance: OfFans): Of =>
  of(kind, (fans, key) => {
    const draws = normals(fans, key);
    const deviation = Math.sqrt(variance(fans));
    return (i) => deviation * (draws[i] ?? NaN);
  });

const lawsOf = (value: Of, expected: InitialiserMeaning, options: InitialiserOptions = {}): LawSet => {
  const { kind } = value.description;
  const registry: InitialiserOptions['registry'] = {
    ...Initialiser.registry,
    [kind]: () => ({ _tag: 'Right', right: value }),
  };
  return initialiser(value, { registry, expected, ...options });
};

const entry = (
  name: string,
  fault: string,
  law: string,
  value: Of,
  expected: InitialiserMeaning,
  options: InitialiserOptions = {},
): Broken => ({ name, fault, law, laws: lawsOf(value, expected, { name, ...options }) });

const zero: OfFans = () => 0;
const glorotVariance: OfFans = ({ fanIn, fanOut }) => 2 / (fanIn + fanOut);
const heVariance: OfFans = ({ fanIn }) => 2 / fanIn;
const limitOf =
  (variance: OfFans): OfFans =>
  (fans) =>
    Math.sqrt(3 * variance(fans));

const glorot: InitialiserMeaning = {
  distribution: { mean: zero, variance: glorotVariance, limit: limitOf(glorotVariance) },
};
const he: InitialiserMeaning = { distribution: { mean: zero, variance: heVariance }, keeps: 'layers with ReLU' };

/** 1 − 4φ(2)/(2Φ(2) − 1): the variance of a normal number cut at two deviations. */
const CUT = 0.7737413035499232;
const truncated: InitialiserMeaning = { distribution: { mean: zero, variance: () => CUT, limit: () => 2 } };

/** The nth draw of an element that lies within two deviations. */
const redrawn = (i: number, key: Key.Key, attempt = 0): number => {
  const drawn = Key.normal([1], 'f64')(Key.foldIn(attempt)(Key.foldIn(i)(key))).data[0] ?? NaN;
  return Math.abs(drawn) <= 2 ? drawn : redrawn(i, key, attempt + 1);
};

/** A matrix as rows, made orthonormal where `clear` takes a row's part along another away. */
const gramSchmidt = (twice: boolean, apart: boolean): Of =>
  of('gramSchmidt', (fans, key) => {
    const columns = fans.shape[fans.shape.length - 1] ?? 1;
    const rows = Shape.size(fans.shape) / columns;
    const wide = rows < columns;
    const [count, length] = wide ? [rows, columns] : [columns, rows];
    const draws = Key.normal([count, length], 'f64')(key).data;
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, v, i) => sum + v * (b[i] ?? NaN), 0);
    const clear = (v: readonly number[], unit: readonly number[]): readonly number[] => {
      const along = dot(v, unit);
      return v.map((value, i) => value - along * (unit[i] ?? NaN));
    };
    const units: (readonly number[])[] = [];
    for (let k = 0; k < count; k++) {
      const v = Array.from({ length }, (_, i) => draws[k * length + i] ?? NaN);
      const once = apart ? units.reduce(clear, v) : v;
      const cleared = twice ? units.reduce(clear, once) : once;
      const norm = Math.sqrt(dot(cleared, cleared));
      units.push(cleared.map((value) => value / norm));
    }
    return (i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return (wide ? units[row]?.[column] : units[column]?.[row]) ?? NaN;
    };
  });

const rightGlorot = within('glorot', limitOf(glorotVariance));

/** Counts its calls, and gives other draws each time. */
const counting = (): Of => {
  const calls = { made: 0 };
  return {
    description: { kind: 'glorot' },
    draw: (dtype, fans) => (key) => rightGlorot.draw(dtype, fans)(Key.foldIn(calls.made++)(key)),
  };
};

/** The same draws in every row. */
const rowByRow = of('glorot', (fans, key) => {
  const columns = fans.shape[fans.shape.length - 1] ?? 1;
  const draws = Key.uniform([columns], 'f64')(key).data;
  const l = limitOf(glorotVariance)(fans);
  return (i) => l * (2 * (draws[i % columns] ?? NaN) - 1);
});

const scaled = (kind: string, value: number): Of => ({
  description: { kind },
  draw:
    (dtype, { shape }) =>
    (key) => {
      const draws = Key.normal(shape, 'f64')(key).data;
      return Tensor.generate(dtype, shape, (i) => value * (draws[i] ?? NaN));
    },
});

export const correct: readonly LawSet[] = [
  lawsOf(rightGlorot, { ...glorot, keeps: 'linear layers' }),
  lawsOf(normalOf('he', heVariance), he),
  lawsOf(
    of('truncated', (_fans, key) => (i) => redrawn(i, key)),
    truncated,
  ),
  lawsOf(gramSchmidt(true, true), { orthonormal: 1 }),
];

export const broken: readonly Broken[] = [
  entry(
    'Glorot with one fan',
    'the variance is 1/fanIn: the other fan is left out',
    'moments',
    within(
      'glorot',
      limitOf(({ fanIn }) => 1 / fanIn),
    ),
    glorot,
  ),
  entry(
    'Glorot with a limit for a deviation',
    'the limit is √variance, as if it were √(3·variance)',
    'moments',
    within('glorot', (fans) => Math.sqrt(glorotVariance(fans))),
    glorot,
  ),
  entry(
    'He with the wrong gain',
    'the variance is 1/fanIn: nothing makes up for what ReLU sets to 0',
    'keeps the variance through depth',
    normalOf('he', ({ fanIn }) => 1 / fanIn),
    he,
  ),
  entry(
    'He by the outputs',
    'the variance is 2/fanOut',
    'moments',
    normalOf('he', ({ fanOut }) => 2 / fanOut),
    he,
  ),
  entry(
    'deviation for variance',
    'draws are multiplied by the variance instead of its root',
    'moments',
    normalOf('he', (fans) => heVariance(fans) ** 2),
    he,
  ),
  entry(
    'one-sided uniform',
    'draws lie on [0, 2l) instead of [−l, l)',
    'moments',
    of('glorot', (fans, key) => {
      const draws = uniforms(fans, key);
      return (i) => 2 * limitOf(glorotVariance)(fans) * (draws[i] ?? NaN);
    }),
    glorot,
  ),
  entry(
    'truncated normal not truncated',
    'draws beyond two deviations are kept',
    'moments',
    normalOf('truncated', () => 1),
    truncated,
  ),
  entry(
    'truncated normal clamped',
    'draws beyond two deviations are moved to two',
    'elements are drawn apart',
    of('truncated', (fans, key) => {
      const draws = normals(fans, key);
      return (i) => Math.min(2, Math.max(-2, draws[i] ?? NaN));
    }),
    truncated,
  ),
  entry(
    'orthogonal not orthogonal',
    'vectors are made of length 1, but not cleared of one another',
    'orthonormal',
    gramSchmidt(false, false),
    { orthonormal: 1 },
  ),
  entry('orthogonal times another gain', 'the gain is 1 where √2 is said', 'orthonormal', gramSchmidt(true, true), {
    orthonormal: Math.SQRT2,
  }),
  entry(
    'key ignored',
    'every parameter is drawn from one seed',
    'another key, another draw',
    { ...rightGlorot, draw: (dtype, fans) => () => rightGlorot.draw(dtype, fans)(Key.fromSeed(42)) },
    glorot,
  ),
  entry('calls counted', 'each call gives other draws, whatever the key', 'deterministic', counting(), glorot),
  entry('same draws in every row', 'one row is drawn and repeated', 'elements are drawn apart', rowByRow, glorot),
  entry(
    'other draws in f32',
    'f32 draws from the key’s f32 numbers, so networks in either format begin elsewhere',
    'f32 is f64 rounded once',
    {
      ...rightGlorot,
      draw: (dtype, fans) => (key) => {
        const draws = Key.uniform(fans.shape, dtype)(key).data;
        const l = limitOf(glorotVariance)(fans);
        return Tensor.generate(dtype, fans.shape, (i) => l * (2 * (draws[i] ?? NaN) - 1));
      },
    },
    glorot,
  ),
  entry(
    'rounded twice',
    'draws are rounded to f32 before they are scaled, so f32 is not the rounding of f64',
    'f32 is f64 rounded once',
    {
      ...rightGlorot,
      draw: (dtype, fans) => (key) => {
        const draws = uniforms(fans, key);
        const l = Expr.round(dtype)(limitOf(glorotVariance)(fans));
        return Tensor.generate(dtype, fans.shape, (i) => l * Expr.round(dtype)(2 * (draws[i] ?? NaN) - 1));
      },
    },
    glorot,
  ),
  entry(
    'always f32',
    'the format that is asked for is ignored',
    'shapes',
    { ...rightGlorot, draw: (_dtype, fans) => rightGlorot.draw('f32', fans) },
    glorot,
  ),
  entry(
    'always a matrix',
    'a bias of one axis is drawn as [n, 1]',
    'shapes',
    {
      ...rightGlorot,
      draw: (dtype, fans) =>
        rightGlorot.draw(dtype, { ...fans, shape: fans.shape.length === 1 ? [...fans.shape, 1] : fans.shape }),
    },
    glorot,
  ),
  entry(
    'scale not in the description',
    'a file gives the default scale',
    'codec',
    scaled('scaled', 0.3),
    {},
    { registry: { ...Initialiser.registry, scaled: () => ({ _tag: 'Right', right: scaled('scaled', 1) }) } },
  ),
];
