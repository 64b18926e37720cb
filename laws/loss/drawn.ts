/** Predictions and targets, and their shapes, as the losses take them. */
import * as fc from 'fast-check';
import * as Key from '../../src/tensor/key.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';

/** The shapes of an example's prediction and target. */
export interface Shapes {
  readonly prediction: Shape;
  readonly target: Shape;
}

/** Numbers of a shape, by a key; the last axis may matter. */
export type Numbers = (shape: Shape, key: Key.Key) => readonly number[];

const uniforms: Numbers = (shape, key) => Array.from(Key.uniform(shape, 'f64')(key).data);
export const normals =
  (deviation: number): Numbers =>
  (shape, key) =>
    Array.from(Key.normal(shape, 'f64')(key).data, (z) => deviation * z);
export const counts: Numbers = (shape, key) => uniforms(shape, key).map((u) => Math.floor(6 * u * u));
export const signs: Numbers = (shape, key) => uniforms(shape, key).map((u) => (u < 0.5 ? -1 : 1));
/** Soft labels, many of them 0 or 1. */
export const softLabels: Numbers = (shape, key) =>
  uniforms(shape, key).map((u) => Math.min(1, Math.max(0, 2 * u - 0.5)));
const ofRows =
  (row: (u: readonly number[]) => readonly number[]): Numbers =>
  (shape, key) => {
    const width = shape.at(-1) ?? 1;
    const all = uniforms(shape, key);
    return Array.from({ length: size(shape.slice(0, -1)) }, (_, i) =>
      row(all.slice(i * width, (i + 1) * width)),
    ).flat();
  };
const distributions = ofRows((u) => {
  const total = u.reduce((sum, x) => sum + x + 0.05, 0);
  return u.map((x) => (x + 0.05) / total);
});
export const oneHot = ofRows((u) => u.map((x) => (x === Math.max(...u) ? 1 : 0)));
/** Distributions, or one-hot rows, by the key. */
export const soft: Numbers = (shape, key) => ((key.words[1] & 1) === 0 ? oneHot : distributions)(shape, key);
export const labels =
  (classes: number): Numbers =>
  (shape, key) =>
    uniforms(shape, key).map((u) => Math.floor(u * classes));

const small = (max: number) => fc.integer({ min: 1, max });
export const components: fc.Arbitrary<Shapes> = fc
  .oneof(fc.tuple(small(4)), fc.tuple(small(3), small(3)), fc.constant([] as const))
  .map((shape: Shape) => ({ prediction: shape, target: shape }));
/** An even last axis of the prediction, half as long in the target. */
export const halves: fc.Arbitrary<Shapes> = fc
  .oneof(fc.tuple(small(4)), fc.tuple(small(2), small(3)))
  .map((target: Shape) => ({ prediction: [...target.slice(0, -1), 2 * (target.at(-1) ?? 0)], target }));
export const CLASSES = 4;
const positions: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant([] as const),
  fc.tuple(small(3)),
  fc.tuple(small(2), small(2)),
);
export const classwise: fc.Arbitrary<Shapes> = fc
  .tuple(positions, fc.integer({ min: 2, max: 5 }))
  .map(([some, classes]) => ({ prediction: [...some, classes], target: [...some, classes] }));
export const labelled: fc.Arbitrary<Shapes> = positions.map((some) => ({
  prediction: [...some, CLASSES],
  target: some,
}));

export const real = normals(2);
