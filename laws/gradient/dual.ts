/**
 * The tensor algebra over dual numbers: every operation carries the derivative along one direction with the value. What a
 * layer's `forward` gives in it is the layer's derivative, found without its pullback.
 */
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import { ifEqual, input } from '../../src/scalar/expr.ts';
import { size } from '../../src/tensor/shape.ts';
import { generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { evaluateDual } from './dual-expr.ts';

/** A tensor and its derivative along the direction. */
export interface Dual {
  readonly value: Tensor;
  readonly tangent: Tensor;
}

const plain = reference('f64');

const plus = (a: Tensor, b: Tensor): Tensor => generate('f64', a.shape, (i) => (a.data[i] ?? NaN) + (b.data[i] ?? NaN));
/** A tensor that does not move. */
export const still = (value: Tensor): Dual => ({ value, tangent: zeros('f64', value.shape) });
const both = (f: (x: Tensor) => Tensor, { value, tangent }: Dual): Dual => ({ value: f(value), tangent: f(tangent) });

const first = ifEqual(input('x'), input('greatest'), 1, 0);

export const duals: Ops<Dual> = {
  dtype: 'f64',
  shape: ({ value }) => value.shape,
  scalar: (value) => still(plain.scalar(value)),
  iota: (length) => still(plain.iota(length)),
  map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, Dual>>): Dual => {
    const given = new Map<string, Dual>(Object.entries(inputs));
    const shape = [...given.values()].find(({ value }) => value.shape.length > 0)?.value.shape ?? [];
    const at = evaluateDual<string>(expr);
    const results = Array.from({ length: size(shape) }, (_, i) =>
      at((name) => {
        const dual = given.get(name);
        const place = dual?.value.shape.length === 0 ? 0 : i;
        return { v: dual?.value.data[place] ?? NaN, d: dual?.tangent.data[place] ?? NaN };
      }),
    );
    return {
      value: generate('f64', shape, (i) => results[i]?.v ?? NaN),
      tangent: generate('f64', shape, (i) => results[i]?.d ?? NaN),
    };
  },
  reshape: (shape, x) => both((t) => plain.reshape(shape, t), x),
  transpose: (permutation, x) => both((t) => plain.transpose(permutation, t), x),
  broadcast: (shape, x) => both((t) => plain.broadcast(shape, t), x),
  sum: (axes, x) => both((t) => plain.sum(axes, t), x),
  max: (axes, x) => {
    const value = plain.max(axes, x.value);
    const chosen = plain.map(first, { x: x.value, greatest: plain.broadcast(x.value.shape, value) });
    const moved = generate('f64', x.value.shape, (i) => (chosen.data[i] === 1 ? (x.tangent.data[i] ?? NaN) : 0));
    return { value, tangent: plain.sum(axes, moved) };
  },
  slice: (axis, start, end, x) => both((t) => plain.slice(axis, start, end, t), x),
  pad: (axis, before, after, x) => both((t) => plain.pad(axis, before, after, t), x),
  concatenate: (axis, xs) => ({
    value: plain.concatenate(
      axis,
      xs.map(({ value }) => value),
    ),
    tangent: plain.concatenate(
      axis,
      xs.map(({ tangent }) => tangent),
    ),
  }),
  matmul: (a, b) => ({
    value: plain.matmul(a.value, b.value),
    tangent: plus(plain.matmul(a.tangent, b.value), plain.matmul(a.value, b.tangent)),
  }),
};

/** Draws that do not move. */
export const stillRandom = (random: Random<Tensor>): Random<Dual> => ({
  skip: (sites) => stillRandom(random.skip(sites)),
  bernoulli: (shape, p) => still(random.bernoulli(shape, p)),
  normal: (shape) => still(random.normal(shape)),
});
