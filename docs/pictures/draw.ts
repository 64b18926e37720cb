/**
 * Draws the pictures of chapters 1 to 4: `npm run pictures`. Those of chapters 7 to 13 are measurements, which take minutes; each
 * chapter has a program beside this one. The README's picture is drawn by `npm start -- --picture FILE`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Approximation, Expr, Failure, Layer, Network, Ops, Optimizer, Tensor } from 'nabla-ts';
import { draw } from '../../src/cli/report/draw.ts';
import { theme } from '../../src/cli/report/theme.ts';

const hill = (x: number): number => x * (1 - x);
const POINTS = 401;
const at = (i: number): number => i / (POINTS - 1);
const grid = Tensor.generate('f64', [POINTS, 1], at);

const curve = (name: string, { network }: Approximation.Approximation) =>
  Tensor.toArray(Network.predict(network)(grid)).map((y, i) => ({ x: at(i), y, name }));

/** A function, and the networks of eight units that are built for it. */
const approximation = draw({
  width: 560,
  height: 280,
  data: {
    values: [
      ...Array.from({ length: POINTS }, (_, i) => ({ x: at(i), y: hill(at(i)), name: 'f(x) = x(1 − x)' })),
      ...curve('ReLU, 4 units', Approximation.piecewiseLinear({ f: hill, lipschitz: 1, width: 4 })),
      ...curve('sigmoid, 8 units', Approximation.staircase({ f: hill, lipschitz: 1, width: 8, steepness: 200 })),
    ],
  },
  mark: { type: 'line', strokeWidth: 2 },
  encoding: {
    x: { field: 'x', type: 'quantitative', title: 'x' },
    y: { field: 'y', type: 'quantitative', title: null },
    color: { field: 'name', type: 'nominal', title: null, sort: null, legend: { orient: 'top', labelLimit: 0 } },
  },
});

const z = Expr.input('x');
const functions = {
  tanh: Expr.tanh(z),
  sigmoid: Expr.sigmoid(z),
  relu: Expr.max(z, 0),
  'gelu, x·Φ(x)': Expr.multiply(z, Expr.multiply(0.5, Expr.add(1, Expr.erf(Expr.multiply(z, Math.SQRT1_2))))),
};

const sampled = (name: string, expr: Expr.Expr<'x'>) => {
  const value = Expr.evaluate('f64')(expr);
  return Array.from({ length: 321 }, (_, i) => (i - 160) / 40).map((x) => ({ x, y: value({ x }), name }));
};

const curves = (title: string, of: (expr: Expr.Expr<'x'>) => Expr.Expr<'x'>) => ({
  title,
  width: 290,
  height: 230,
  data: { values: Object.entries(functions).flatMap(([name, expr]) => sampled(name, of(expr))) },
  mark: { type: 'line' as const, strokeWidth: 2 },
  encoding: {
    x: { field: 'x', type: 'quantitative' as const, title: 'x' },
    y: { field: 'y', type: 'quantitative' as const, title: null, scale: { domain: [-1.2, 4.1] } },
    color: {
      field: 'name',
      type: 'nominal' as const,
      title: null,
      sort: null,
      legend: { orient: 'top' as const, labelLimit: 0 },
    },
  },
});

/** Activations, and the derivatives that the library makes of them. */
const activations = draw({
  hconcat: [curves('σ(x)', (expr) => expr), curves('σ′(x)', (expr) => Expr.differentiate('x')(expr))],
});

const { parameters } = Layer.denseWithoutBias(2, 1);
const ops = Ops.reference('f64');
const CURVATURES = [1, 50] as const;
const STEPS = 80;

/** ½(a² + 50b²) after each step of an optimizer that starts at (1, 1). */
const descent = (name: string, optimizer: Optimizer.Optimizer) => {
  const values: { readonly step: number; readonly value: number; readonly name: string }[] = [];
  let params = { weight: Tensor.full('f64', [2, 1], 1) };
  let slots = Optimizer.init(ops, optimizer, parameters, params);
  for (let step = 0; step <= STEPS; step++) {
    const point = Tensor.toArray(params.weight);
    const value = CURVATURES.reduce((sum, curvature, i) => sum + (curvature / 2) * (point[i] ?? 0) ** 2, 0);
    values.push({ step, value: Math.max(value, 1e-12), name });
    const gradient = { weight: Tensor.generate('f64', [2, 1], (i) => (CURVATURES[i] ?? 0) * (point[i] ?? 0)) };
    const evaluation = { value: Tensor.scalar('f64', value), gradient };
    const next = Optimizer.step(ops, (x) => Tensor.at()(x), optimizer, parameters, slots, evaluation, params);
    params = next.params;
    slots = next.slots;
  }
  return values;
};

/** Four optimizers in a valley fifty times as steep across as along. */
const optimizers = draw({
  width: 560,
  height: 280,
  data: {
    values: [
      ...descent('gradientDescent, η 0.035', Optimizer.gradientDescent({ learningRate: 0.035 })),
      ...descent('momentum 0.75, η 0.05', Optimizer.momentum({ learningRate: 0.05, momentum: 0.75 })),
      ...descent('adam, η 0.1', Optimizer.adam({ learningRate: 0.1 })),
      ...descent('lbfgs', Optimizer.lbfgs()),
    ],
  },
  mark: { type: 'line', strokeWidth: 2 },
  encoding: {
    x: { field: 'step', type: 'quantitative', title: 'step' },
    y: { field: 'value', type: 'quantitative', title: 'value', scale: { type: 'log' }, axis: { format: '.0e' } },
    color: { field: 'name', type: 'nominal', title: null, sort: null, legend: { orient: 'top', labelLimit: 0 } },
  },
});

/** A picture by itself: with the colours that it refers to, on a ground of its own. */
const alone = (svg: string): string =>
  svg.replace(/^<svg([^>]*)>/, `<svg$1><style>${theme}</style><rect width="100%" height="100%" fill="var(--page)"/>`);

const save = (name: string, svg: string): TE.TaskEither<Failure.Failure, void> =>
  TE.tryCatch(
    () => writeFile(fileURLToPath(new URL(name, import.meta.url)), `${alone(svg)}\n`),
    (error) => Failure.failure('file', name, 'a file that can be written', String(error)),
  );

void pipe(
  Object.entries({ activations, optimizers, approximation }),
  RA.traverse(TE.ApplicativeSeq)(([name, drawn]) =>
    pipe(
      drawn,
      TE.chain((svg) => save(`${name}.svg`, svg)),
    ),
  ),
  TE.match(
    (failure) => {
      process.exitCode = 1;
      process.stderr.write(`${Failure.show(failure)}\n`);
    },
    () => undefined,
  ),
)();
