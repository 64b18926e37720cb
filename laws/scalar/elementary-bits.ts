/**
 * The bits of the elementary functions. That they are near the truth is held elsewhere; here, that they are the same on
 * every machine and in every version: a network computes today what it computed when it was saved. A formula may be
 * changed for a better one; then this table changes with it, and the changelog says that bits do.
 */
import type { Dtype } from '../../src/scalar/dtype.ts';
import type { ElementaryUnary } from '../../src/scalar/expr.ts';
import { type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { of, powerIn } from './elementary-functions.ts';
import { elementaryNames } from './elementary-samples.ts';

const COUNT = 2 ** 14;

/** FNV-1a over the 32-bit words of numbers; of NaN that it is one. */
const digest = (values: readonly number[]): string => {
  const words = new Uint32Array(Float64Array.from(values, (x) => (Number.isNaN(x) ? Number.NaN : x)).buffer);
  return words.reduce((h, word) => Math.imul(h ^ word, 0x01000193) >>> 0, 0x811c9dc5).toString(16);
};

/** 2⁻³⁰ to 2³³, by doubling, as every engine doubles alike. */
const sizes: readonly number[] = Array.from({ length: 63 }).reduce<readonly number[]>(
  (list) => [...list, 2 * (list.at(-1) ?? Number.NaN)],
  [1 / 1073741824],
);

/** Evenly in [−8, 8], where formulas change; and of either sign, a 64th of each power of two apart, beyond every limit. */
const places: readonly number[] = [
  ...Array.from({ length: COUNT }, (_, i) => (16 * i) / COUNT - 8),
  ...sizes.flatMap((size) => Array.from({ length: 64 }, (_, i) => size * (1 + i / 64)).flatMap((x) => [x, -x])),
];

const pairs: ReadonlyArray<readonly [number, number]> = [
  // 128 bases from 1/32 on, 128 exponents from −16 to 16.
  ...Array.from({ length: COUNT }, (_, i): readonly [number, number] => [(1 + (i % 128)) / 32, (i >> 7) / 4 - 16]),
  // Exponents halfway between two that have half the bits.
  [1109, 1.146728515625],
  [17, 1.151123046875],
  [428.5, 1.265869140625],
];

type Name = ElementaryUnary | 'pow';

const bitsOf = (name: Name, dtype: Dtype): string => {
  const round = dtype === 'f32' ? Math.fround : (x: number) => x;
  if (name === 'pow') {
    const f = powerIn(dtype);
    return digest(pairs.map(([x, y]) => f(round(x), round(y))));
  }
  const f = of(dtype, name);
  return digest(places.map((x) => f(round(x))));
};

/** Of version 0.1. */
const known: Readonly<Record<Name, Readonly<Record<Dtype, string>>>> = {
  exp: { f32: 'e57644c0', f64: '6d76b472' },
  expm1: { f32: 'ee5cfbe9', f64: '77c532dc' },
  log: { f32: 'b0219e8f', f64: 'a4590942' },
  log1p: { f32: '3c80cff4', f64: 'c7fb9356' },
  tanh: { f32: '47b08d18', f64: '54cc8c50' },
  sigmoid: { f32: '2c30ae31', f64: '3d97c30e' },
  softplus: { f32: 'af0f5a25', f64: '5fb3b29a' },
  erf: { f32: '5f276b65', f64: 'ae670dc9' },
  sin: { f32: '8bb80e87', f64: 'd81f5ff0' },
  cos: { f32: '8816d32b', f64: 'd3ae35b7' },
  pow: { f32: '3ce8fe6c', f64: 'f0ab4148' },
};

const bitsLaw = (name: Name): Law =>
  lawOf(
    `${name}: its bits`,
    'the results at fixed arguments are those of every other machine, bit for bit',
    ['f32', 'f64'] as const,
    (dtype) => same(known[name][dtype], bitsOf(name, dtype)),
  );

export const bitsLaws: LawSet = lawSet('bits', [...elementaryNames, 'pow' as const].map(bitsLaw));
