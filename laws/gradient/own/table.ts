/** Functions with their first and second derivatives, from any table. */
import * as fc from 'fast-check';
import type { ElementaryUnary } from '../../../src/scalar/expr.ts';

export interface Entry {
  readonly name: ElementaryUnary;
  readonly slope: (x: number) => number;
  readonly bend: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const tanhSlope = (x: number): number => 1 / Math.cosh(x) ** 2;
const sigmoidSlope = (x: number): number => sigmoid(x) * sigmoid(-x);
const erfSlope = (x: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-(x ** 2));

export const table: readonly Entry[] = [
  { name: 'exp', slope: Math.exp, bend: Math.exp },
  { name: 'expm1', slope: Math.exp, bend: Math.exp },
  { name: 'log', slope: (x) => 1 / x, bend: (x) => -1 / x ** 2 },
  { name: 'log1p', slope: (x) => 1 / (1 + x), bend: (x) => -1 / (1 + x) ** 2 },
  { name: 'tanh', slope: tanhSlope, bend: (x) => -2 * Math.tanh(x) * tanhSlope(x) },
  { name: 'sigmoid', slope: sigmoidSlope, bend: (x) => sigmoidSlope(x) * (sigmoid(-x) - sigmoid(x)) },
  { name: 'softplus', slope: sigmoid, bend: sigmoidSlope },
  { name: 'erf', slope: erfSlope, bend: (x) => -2 * x * erfSlope(x) },
  { name: 'sin', slope: Math.cos, bend: (x) => -Math.sin(x) },
  { name: 'cos', slope: (x) => -Math.sin(x), bend: (x) => -Math.cos(x) },
];

/** An entry, and a place where all of them are smooth. */
export const places: fc.Arbitrary<readonly [Entry, number]> = fc.tuple(
  fc.constantFrom(...table),
  fc.double({ min: 0.25, max: 3, noNaN: true }),
);

/** The unit roundoff of f64. */
export const U = 2 ** -53;

export const showPlace = ([{ name }, at]: readonly [Entry, number]): string => `${name} at ${at}`;
