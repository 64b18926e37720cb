/** The native engine beside the reference: products, outputs and one gradient agree up to the rounding of their sums. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import type { Engine } from '../../src/engine/engine.ts';
import { placeOf, read, write } from '../../src/engine/run/machine.ts';
import {
  Activation,
  Engine as EngineOf,
  Expr,
  Failure,
  Key,
  Layer,
  Loss,
  Ops,
  Optimizer,
  type Shape,
  Tensor,
  Train,
} from '../../src/index.ts';
import type { Blas } from '../../src/native/blas.ts';
import { over } from '../../src/native/engine.ts';
import { type Dtype, unitRoundoff } from '../../src/scalar/dtype.ts';
import { predictOn, predictSlowly } from '../../src/train/predict.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawSet, type Verdict } from '../law.ts';
import { type Bound, exact, norm, product, sum, tanh, throughTanh } from './bound.ts';

/** Numbers in [−½, ½). */
const some = (shape: Shape.Shape, dtype: Dtype, seed: number): Tensor.Tensor => {
  const { data } = Key.uniform(shape, dtype)(Key.fromSeed(seed));
  return Tensor.generate(dtype, shape, (i) => (data[i] ?? NaN) - 0.5);
};

/** A native engine, and how many products its plans have left to the library. */
const counting = (blas: Blas): { readonly engine: Engine; readonly left: () => number } => {
  let count = 0;
  const engine = over({
    ...blas,
    product: (of) =>
      pipe(
        blas.product(of),
        O.map((at) => (addresses) => {
          count += 1;
          return at(addresses);
        }),
      ),
  });
  return { engine, left: () => count };
};

const near = (bound: Bound, expected: Tensor.Tensor, received: Tensor.Tensor, where: string): Verdict => {
  const error = norm(Array.from(received.data, (x, i) => x - (expected.data[i] ?? NaN)));
  return all(
    holds(`${expected.shape}` === `${received.shape}`, `[${expected.shape}]`, `[${received.shape}]`),
    holds(error <= bound.off, `at most ${bound.off}`, `${error} (${where})`),
  );
};

interface Sample {
  readonly dtype: Dtype;
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Which sides are read transposed, and whether every product is added to and so followed by a loop. */
  readonly left: boolean;
  readonly right: boolean;
  readonly followed: boolean;
  readonly seed: number;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  dtype: dtypes,
  batch: fc.constantFrom(1, 1, 3),
  // From products that are emitted (below 20,000 multiplications) to larger ones.
  m: fc.integer({ min: 1, max: 60 }),
  k: fc.integer({ min: 1, max: 60 }),
  n: fc.integer({ min: 1, max: 60 }),
  left: fc.boolean(),
  right: fc.boolean(),
  followed: fc.boolean(),
  seed: fc.nat(1000),
});

const doubled = Expr.multiply(2, Expr.input('x'));

const computed = <T>(ops: Ops.Ops<T>, { left, right, followed }: Sample, x: T, y: T): T => {
  const c = ops.matmul(left ? Ops.transposed(ops, x) : x, right ? Ops.transposed(ops, y) : y);
  return followed ? ops.map(doubled, { x: c }) : c;
};

const products = (blas: Blas): Law =>
  law(
    'products',
    'a product that a plan leaves to the library, alone or in a batch, is that of the reference within 2γₖ‖A‖‖B‖; and the plan’s description says which are left',
    samples,
    (sample) => {
      const { dtype, batch, m, k, n, left, right, followed, seed } = sample;
      const a = some(left ? [batch, k, m] : [batch, m, k], dtype, seed);
      const b = some(right ? [batch, n, k] : [batch, k, n], dtype, seed + 1);
      const { engine, left: count } = counting(blas);
      const plan = engine.prepare({
        dtype,
        of: [sample],
        name: 'product',
        kept: [],
        record: ({ ops, input }) => [
          { name: 'c', node: computed(ops, sample, input('a', a.shape), input('b', b.shape)) },
        ],
      });
      if (E.isLeft(plan)) return holds(false, 'a plan', plan.left);
      const received = engine.borrow(sample, ({ machine }) => {
        const loaded = machine.load(plan.right);
        write(machine, placeOf(loaded.plan.inputs, 'a'), a);
        write(machine, placeOf(loaded.plan.inputs, 'b'), b);
        loaded.run();
        return read(machine, dtype, placeOf(loaded.plan.results, 'c'));
      });
      const bound = product(unitRoundoff(dtype), k, exact(a), exact(b));
      const { runs, kernels } = EngineOf.describe(plan);
      const told = kernels.filter(({ does }) => does.includes('by a library')).length;
      const expected = count() > 0 ? 'native, 1' : 'wasm, 0';
      return all(
        holds(`${runs}, ${told}` === expected, expected, `${runs}, ${told}`),
        holds(count() === (m * k * n < 20_000 ? 0 : batch), 'products of 20,000 multiplications left', `${count()}`),
        // Doubling is exact, and doubles the difference.
        near(
          followed ? { ...bound, off: 2 * bound.off } : bound,
          computed(Ops.reference(dtype), sample, a, b),
          received,
          'product',
        ),
      );
    },
    { runs: 100 },
  );

interface Net {
  readonly dtype: Dtype;
  readonly rows: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly seed: number;
}

/** All with a first product of more than 20,000 multiplications. */
const nets: fc.Arbitrary<Net> = fc.record({
  dtype: dtypes,
  rows: fc.integer({ min: 28, max: 70 }),
  inputs: fc.integer({ min: 28, max: 70 }),
  hidden: fc.integer({ min: 28, max: 70 }),
  outputs: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(1000),
});

const prepared = ({ dtype, rows, inputs, hidden, outputs, seed }: Net, engine: Engine) => {
  const layer = Layer.sequential(
    Layer.denseWithoutBias(inputs, hidden),
    Activation.tanh,
    Layer.denseWithoutBias(hidden, outputs),
  );
  const data = { inputs: some([rows, inputs], dtype, seed), targets: some([rows, outputs], dtype, seed + 1) };
  const config = {
    layer,
    loss: Loss.halfSquaredError({ reduction: 'sum' }),
    optimizer: Optimizer.gradientDescent({ learningRate: 1 }),
    data,
    epochs: 1,
    engine,
  } as const;
  const state = Train.start(config, Key.fromSeed(seed));
  const u = unitRoundoff(dtype);
  const [first, second] = [state.params[0].weight, state.params[2].weight];
  const [x, w, v] = [exact(data.inputs), exact(first), exact(second)];
  const t = tanh(u, product(u, inputs, x, w));
  const y = product(u, hidden, t, v);
  // Of the loss, half the squared error: it is the difference itself.
  const slope = sum(u, y, exact(data.targets));
  const dw = product(u, rows, x, throughTanh(u, product(u, outputs, slope, v), t));
  const dv = product(u, rows, t, slope);
  return { config, state, bounds: { y, w: sum(u, w, dw), v: sum(u, v, dv) } } as const;
};

const outputs = (blas: Blas): Law =>
  law(
    'outputs',
    'what a network says on the native engine is within the rounding of its products of what it says on the reference',
    nets,
    (net) => {
      const { engine, left } = counting(blas);
      const { config, state, bounds } = prepared(net, engine);
      const { layer, data } = config;
      const network = { layer, params: state.params, state: state.layerState, dtype: net.dtype };
      const received = predictOn(engine)(network, data.inputs);
      return all(
        holds(left() > 0, 'products left to the library', `${left()}`),
        near(bounds.y, predictSlowly(network, data.inputs), received, 'outputs'),
      );
    },
    { runs: 40 },
  );

const gradient = (blas: Blas): Law =>
  law(
    'gradient',
    'one step of gradient descent at rate 1 on the native engine, so the gradient, is within the rounding of its products',
    nets,
    (net) => {
      const { engine, left } = counting(blas);
      const { config, state, bounds } = prepared(net, engine);
      return pipe(
        E.Do,
        E.apS('received', Train.step(config)(state)),
        E.apS('expected', Train.step({ ...config, engine: EngineOf.reference })(state)),
        E.match(
          (failure) => holds(false, 'a step', Failure.show(failure)),
          ({ received, expected }) =>
            all(
              holds(left() > 1, 'products left to the library', `${left()}`),
              near(bounds.w, expected.params[0].weight, received.params[0].weight, 'first weight'),
              near(bounds.v, expected.params[2].weight, received.params[2].weight, 'second weight'),
            ),
        ),
      );
    },
    { runs: 40 },
  );

/** The laws of the native engine of an open library. */
export const nativeLaws = (blas: Blas): LawSet =>
  lawSet(`native engine (${blas.library})`, [products(blas), outputs(blas), gradient(blas)]);
