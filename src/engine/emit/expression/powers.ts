/** Exponents, significands and products with powers of two, from the bits of numbers. */
import { binaryOp } from '../../../scalar/evaluate.ts';
import type { Format } from './format.ts';
import type { Machine } from './machine.ts';
import { hasZero, type Range } from './range.ts';
import type { Value } from './vector.ts';

/** An operand: where it is, where it lies, and whether it can be NaN. */
export interface Operand {
  readonly value: Value;
  readonly range: Range;
  readonly mayBeNaN: boolean;
}

const finite = ({ greatest }: Format, { low, high }: Range): boolean => low >= -greatest && high <= greatest;

/** 1½·2ᶠ, f the bits of the fraction, and more: a whole number n of moderate size added to it stands in its lowest bits. */
const anchor = ({ fraction }: Format, offset: number): number => 1.5 * 2 ** fraction + offset;

/** A value, and NaN where a number is NaN. */
export const orNaN = (m: Machine, value: Value, number: Value): Value =>
  m.bits('or', value, m.float('ne', number, number));

/** A subnormal number is multiplied by 2ᶠ⁺¹ to have an exponent; `up` is f + 1 there and 0 elsewhere. */
const normalised = (
  m: Machine,
  { value, range }: Operand,
): { readonly value: Value; readonly up: Value | undefined } => {
  const { normal, fraction } = m.format;
  if (range.low >= normal || range.high <= -normal) return { value, up: undefined };
  const small = m.float('lt', m.float('abs', value), m.number(normal));
  const raised = m.float('mul', value, m.number(2 ** (fraction + 1)));
  return { value: m.choose(small, raised, value), up: m.bits('and', small, m.number(fraction + 1)) };
};

/** ⌊log₂|x|⌋. */
export const exponentOf = (m: Machine, x: Operand): Value => {
  const { fraction, bias } = m.format;
  const n = normalised(m, x);
  const size = x.range.low > 0 ? n.value : m.float('abs', n.value);
  // The biased exponent as the lowest bits of 2ᶠ + it.
  const field = m.bits('or', m.shift('shr_u', size, fraction), m.number(2 ** fraction));
  const exact = m.float('sub', field, m.number(2 ** fraction + bias));
  const lowered = n.up === undefined ? exact : m.float('sub', exact, n.up);
  // −∞ where x is 0.
  const nonzero = hasZero(x.range)
    ? m.float('sub', lowered, m.bits('and', m.float('eq', x.value, m.number(0)), m.number(Number.POSITIVE_INFINITY)))
    : lowered;
  if (finite(m.format, x.range)) return x.mayBeNaN ? orNaN(m, nonzero, x.value) : nonzero;
  // 2ᵉ stands for ∞ and NaN here; its bits are among those of ∞, so "or" makes ∞ or NaN of it.
  const a = m.float('abs', x.value);
  return m.bits('or', nonzero, m.bits('andnot', a, m.float('lt', a, m.number(Number.POSITIVE_INFINITY))));
};

/** x·2^−exponent(x). */
export const significandOf = (m: Machine, x: Operand): Value => {
  const { fraction, dtype } = m.format;
  const keep = (1n << BigInt(fraction)) - 1n;
  const sign = x.range.low > 0 ? 0n : 1n << (dtype === 'f32' ? 31n : 63n);
  const { value } = normalised(m, x);
  const inUnits = m.bits('or', m.bits('and', value, m.pattern(keep | sign)), m.number(1));
  const canBeZero = hasZero(x.range);
  if (!canBeZero && finite(m.format, x.range)) return x.mayBeNaN ? orNaN(m, inUnits, x.value) : inUnits;
  const a = m.float('abs', x.value);
  const below = m.float('lt', a, m.number(Number.POSITIVE_INFINITY));
  // 0 < a, false for NaN.
  const above = m.float('lt', m.number(0), a);
  return m.choose(canBeZero ? m.bits('and', below, above) : below, inUnits, x.value);
};

/** n, as the exponent of a power of two: the bits of anchor + n + offset, whose lowest hold n + offset. */
const counted = (m: Machine, n: Value, offset: number): Value => m.float('add', n, m.number(anchor(m.format, offset)));

/** 2ⁿ for a whole number n of an exponent of a normal number; anything where n is NaN. */
const power = (m: Machine, n: Value): Value => m.shift('shl', counted(m, n, m.format.bias), m.format.fraction);

/** x·2ⁿ for exponents of normal numbers. */
const once = (m: Machine, x: Value, n: Value): Value => m.float('mul', x, power(m, n));

/** x·2ⁿ in two steps of half the size, where the first is exact. */
const halved = (m: Machine, x: Value, n: Value): Value => {
  const { fraction, bias } = m.format;
  const field = counted(m, n, 2 * bias);
  const first = m.shift('shl', m.shift('shr_u', field, 1), fraction);
  const second = m.whole('sub', m.shift('shl', field, fraction), first);
  return m.float('mul', m.float('mul', x, first), second);
};

/**
 * x·2ⁿ for any whole number n of moderate size, in steps of which one rounds: downwards first by 2^−(bias − 1 − f − 1), after which
 * what has been rounded is so small that the rest makes 0 of it.
 */
const stepwise = (m: Machine, x: Value, n: Value, range: Range): Value => {
  const { fraction, bias } = m.format;
  const [lowest, highest] = [1 - bias, bias];
  const down = lowest + fraction + 1;
  if (range.low >= lowest && range.high <= highest) return once(m, x, n);
  const capped = range.high > highest ? m.float('pmin', n, m.number(highest)) : n;
  const step = range.low < lowest ? m.choose(m.float('lt', n, m.number(lowest)), m.number(down), capped) : capped;
  const rest = {
    low: range.low < lowest ? range.low - down : 0,
    high: Math.max(range.high - highest, 0),
    whole: true,
  };
  return stepwise(m, once(m, x, step), m.float('sub', n, step), rest);
};

/** Whether x·2^⌊n/2⌋ and x·2^⌈n/2⌉ are exact. */
const halvesExact = ({ normal, greatest, bias }: Format, x: Range, n: Range): boolean => {
  if (n.low < 2 - 2 * bias || n.high > 2 * bias) return false;
  const [least, most] = x.low > 0 ? [x.low, x.high] : x.high < 0 ? [-x.high, -x.low] : [0, 0];
  const scale = binaryOp('scale');
  return scale(least, Math.floor(n.low / 2)) >= normal && scale(most, Math.ceil(n.high / 2)) <= greatest;
};

/** x·2ⁿ rounded once, NaN where n is no whole number. `agree` says that x is NaN wherever n is. */
export const scaled = (m: Machine, x: Operand, n: Operand, agree: boolean): Value => {
  const { bias, fraction } = m.format;
  // Further out than this the result is 0 or ∞ in any case.
  const [least, most] = [-2 * bias - fraction - 4, 2 * bias + fraction + 2];
  if (n.range.whole && n.range.low >= least && n.range.high <= most) {
    const value =
      n.range.low >= 1 - bias && n.range.high <= bias
        ? once(m, x.value, n.value)
        : halvesExact(m.format, x.range, n.range)
          ? halved(m, x.value, n.value)
          : stepwise(m, x.value, n.value, n.range);
    return agree ? value : orNaN(m, value, n.value);
  }
  const near = m.float('pmax', m.float('pmin', n.value, m.number(most)), m.number(least));
  const value = stepwise(m, x.value, near, { low: least, high: most, whole: true });
  // n − ⌊n⌋ is 0 for a whole number and NaN for ∞ and NaN.
  const part = m.float('sub', n.value, m.float('floor', n.value));
  return m.bits('or', value, m.bits('not', m.float('eq', part, m.number(0))));
};
