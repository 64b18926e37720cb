/**
 * A small network as it is often taught, with the faults that a published teaching implementation has, each of which can be
 * left in or taken out. Rebuilt from what that implementation does, to measure what each fault does to a result.
 *
 * A step is written once, over the abstract algebra: the engine compiles it, faults and all, and the reference runs it at once.
 */
import { Expr, type Key, Key as Keys, Ops, Tensor } from 'nabla-ts';

/** The faults, in words. The first eight are those that the zoo of broken values holds under `teaching`. */
export const faults = {
  biasColumn: 'the bias is the weight of a column of 0.01, its gradient that of a bias',
  updatedFirst: 'a layer moves before δ goes back through it',
  unaveraged: 'softmax: δ = a − t, summed over the batch',
  bootstrap: 'rows drawn with replacement, once, before the first epoch',
  perRow: 'Adagrad: one sum of squares for a row of weights',
  reset: 'the optimizer’s state is emptied after every epoch',
  epochCorrection: 'Adam’s t counts epochs',
  elementwise: 'accuracy counts equal elements of one-hot rows',
  clipped: 'δ = σ′(z)·∂C/∂a: 0 where the network is sure, also of what is wrong',
} as const;
export type Fault = keyof typeof faults;
export const all: readonly Fault[] = Object.keys(faults).filter((name): name is Fault => name in faults);

/** What a program trains, and how: batches are a number of parts, as the lecture counts them. */
export interface Program {
  readonly widths: readonly number[];
  readonly hidden: 'relu' | 'leakyRelu' | 'sigmoid';
  readonly output: 'identity' | 'sigmoid' | 'softmax';
  readonly rule: 'constant' | 'adagrad' | 'adam';
  readonly learningRate: number;
  readonly epochs: number;
  readonly batches: number;
  /** λ of λ·W in the gradient of a weight. */
  readonly penalty: number;
  /** Weights begin as normal numbers of deviation 1, or of Glorot's √(2/(inputs + outputs)). */
  readonly initial: 'normal' | 'glorot';
  readonly dtype: Expr.Dtype;
}

/** A weight [inputs, outputs] and a bias [1, outputs]. */
export interface Layer<A> {
  readonly weight: A;
  readonly bias: A;
}

/** A parameter and what an optimizer keeps of it. */
export interface Slots<T> {
  readonly value: T;
  readonly first: T;
  readonly second: T;
}

/** What varies from step to step. */
export interface Scalars<A> {
  /** 0 where the optimizer's state is to be forgotten, otherwise 1. */
  readonly keep: A;
  /** 1 − ρ₁ᵗ and 1 − ρ₂ᵗ. */
  readonly correction1: A;
  readonly correction2: A;
}

const [RHO1, RHO2, EPSILON, CLIP, LEAK] = [0.9, 0.999, 1e-8, 1e-9, 1e-3];
const input = <N extends string>(name: N): Expr.Expr<N> => Expr.input(name);
const [z, a, t, d, x, y] = [input('z'), input('a'), input('t'), input('d'), input('x'), input('y')];
const hiddens = {
  relu: Expr.max(z, 0),
  leakyRelu: Expr.max(z, Expr.multiply(LEAK, z)),
  sigmoid: Expr.sigmoid(z),
} as const;

/** The outputs of every layer, before and after its activation. */
export const forward =
  <T>(ops: Ops.Ops<T>, { hidden, output }: Program, has: ReadonlySet<Fault>) =>
  (layers: readonly Layer<T>[], inputs: T): ReadonlyArray<{ readonly z: T; readonly a: T }> => {
    const passes: { z: T; a: T }[] = [];
    let from = inputs;
    for (const [i, { weight, bias }] of layers.entries()) {
      const product = ops.matmul(from, weight);
      const shifted = Expr.add(x, has.has('biasColumn') ? Expr.multiply(0.01, y) : y);
      const sum = ops.map(shifted, { x: product, y: ops.broadcast(ops.shape(product), bias) });
      if (i < layers.length - 1) from = ops.map(hiddens[hidden], { z: sum });
      else if (output === 'softmax') {
        const shape = ops.shape(sum);
        const largest = ops.broadcast(shape, ops.max([1], sum));
        const powers = ops.map(Expr.exp(Expr.subtract(z, x)), { z: sum, x: largest });
        from = Ops.divide(ops, powers, ops.broadcast(shape, ops.sum([1], powers)));
      } else from = output === 'sigmoid' ? ops.map(Expr.sigmoid(z), { z: sum }) : sum;
      passes.push({ z: sum, a: from });
    }
    return passes;
  };

/** δ of the last layer: the derivative of the cost, a mean over rows, for its weighted sums. */
const outputDelta = <T>(
  ops: Ops.Ops<T>,
  { output }: Program,
  has: ReadonlySet<Fault>,
  last: { readonly z: T; readonly a: T },
  target: T,
): T => {
  const share = 1 / (ops.shape(target)[0] ?? Number.NaN);
  const difference = Expr.subtract(a, t);
  const bound = { z: last.z, a: last.a, t: target };
  if (output === 'identity') return ops.map(Expr.multiply(2 * share, difference), bound);
  if (output === 'softmax')
    return ops.map(has.has('unaveraged') ? difference : Expr.multiply(share, difference), bound);
  if (!has.has('clipped')) return ops.map(Expr.multiply(share, difference), bound);
  const slope = Expr.differentiate('z')(Expr.sigmoid(z));
  const cost = Expr.subtract(
    Expr.divide(Expr.subtract(1, t), Expr.add(Expr.subtract(1, a), CLIP)),
    Expr.divide(t, Expr.add(a, CLIP)),
  );
  return ops.map(Expr.multiply(share, Expr.multiply(slope, cost)), bound);
};

const mixed = (old: Expr.Expr<'old' | 'keep'>, rho: number, seen: Expr.Expr<'g'>): Expr.Expr<'old' | 'keep' | 'g'> =>
  Expr.add(Expr.multiply(rho, old), Expr.multiply(1 - rho, seen));
const g = input('g');
const square = Expr.multiply(g, g);
const kept = Expr.multiply(input('old'), input('keep'));

/** A parameter after a step. */
const moved = <T>(
  ops: Ops.Ops<T>,
  { rule, learningRate }: Program,
  has: ReadonlySet<Fault>,
  { value, first, second }: Slots<T>,
  gradient: T,
  { keep, correction1, correction2 }: Scalars<T>,
): Slots<T> => {
  if (rule === 'constant')
    return {
      value: ops.map(Expr.subtract(x, Expr.multiply(learningRate, g)), { x: value, g: gradient }),
      first,
      second,
    };
  if (rule === 'adagrad') {
    const seen = ops.map(square, { g: gradient });
    const squares = has.has('perRow') ? ops.broadcast(ops.shape(seen), ops.sum([1], seen)) : seen;
    const summed = ops.map(Expr.add(kept, g), { old: second, keep, g: squares });
    const change = Expr.divide(Expr.multiply(learningRate, g), Expr.add(Expr.sqrt(y), EPSILON));
    return { value: ops.map(Expr.subtract(x, change), { x: value, g: gradient, y: summed }), first, second: summed };
  }
  const mean = ops.map(mixed(kept, RHO1, g), { old: first, keep, g: gradient });
  const power = ops.map(mixed(kept, RHO2, square), { old: second, keep, g: gradient });
  const change = Expr.divide(
    Expr.multiply(learningRate, Expr.divide(g, input('c1'))),
    Expr.sqrt(Expr.add(Expr.divide(y, input('c2')), EPSILON)),
  );
  const next = ops.map(Expr.subtract(x, change), { x: value, g: mean, y: power, c1: correction1, c2: correction2 });
  return { value: next, first: mean, second: power };
};

/** All layers after a step on some rows. */
export const step =
  <T>(ops: Ops.Ops<T>, program: Program, has: ReadonlySet<Fault>) =>
  (layers: readonly Layer<Slots<T>>[], inputs: T, target: T, scalars: Scalars<T>): readonly Layer<Slots<T>>[] => {
    const values = layers.map(({ weight, bias }) => ({ weight: weight.value, bias: bias.value }));
    const passes = forward(ops, program, has)(values, inputs);
    const decayed = Expr.add(g, Expr.multiply(program.penalty, x));
    const slope = Expr.differentiate('z')(hiddens[program.hidden]);
    const move = (slots: Slots<T>, by: T): Slots<T> => moved(ops, program, has, slots, by, scalars);
    const next: Layer<Slots<T>>[] = [];
    let delta: T | undefined;
    // From the last layer to the first: `next` holds the layers above, moved already.
    for (const [i, { weight, bias }] of [...layers.entries()].reverse()) {
      const own = passes[i] ?? { z: inputs, a: inputs }; // never: there is a pass a layer
      const [old, over] = [layers[i + 1]?.weight.value, next[0]?.weight.value];
      if (delta === undefined || old === undefined || over === undefined)
        delta = outputDelta(ops, program, has, own, target);
      else {
        const back = ops.matmul(delta, Ops.transposed(ops, has.has('updatedFirst') ? over : old));
        delta = ops.map(Expr.multiply(d, slope), { d: back, z: own.z });
      }
      const product = ops.matmul(Ops.transposed(ops, passes[i - 1]?.a ?? inputs), delta);
      const gradient = program.penalty === 0 ? product : ops.map(decayed, { g: product, x: weight.value });
      next.unshift({ weight: move(weight, gradient), bias: move(bias, ops.sum([0], delta)) });
    }
    return next;
  };

/** Weights and biases to begin with; biases are normal of deviation 0.01. */
export const begin =
  ({ widths, initial, dtype }: Program) =>
  (key: Key.Key): readonly Layer<Tensor.Tensor>[] =>
    widths.slice(1).map((outputs, i) => {
      const inputs = widths[i] ?? 0;
      const scaled = (shape: readonly number[], by: number, site: number): Tensor.Tensor => {
        const normal = Keys.normal(shape, 'f64')(Keys.foldIn(2 * i + site)(key));
        return Tensor.generate(dtype, shape, (at) => by * (normal.data[at] ?? Number.NaN));
      };
      const deviation = initial === 'normal' ? 1 : Math.sqrt(2 / (inputs + outputs));
      return { weight: scaled([inputs, outputs], deviation, 0), bias: scaled([1, outputs], 0.01, 1) };
    });

/** The scalars of step `step` (from 0) in epoch `epoch`, of which `first` says whether it begins one. */
export const scalarsAt = (has: ReadonlySet<Fault>, at: number, epoch: number, first: boolean): Scalars<number> => {
  const count = (has.has('epochCorrection') ? epoch : at) + 1;
  return {
    keep: first && has.has('reset') ? 0 : 1,
    correction1: 1 - RHO1 ** count,
    correction2: 1 - RHO2 ** count,
  };
};
