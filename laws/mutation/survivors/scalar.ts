/** Mutants of `src/scalar` that nothing can notice. */
import type { Survivor } from './survivor.ts';

const once = 'at the border both ways give the product rounded once: the comment there says why';

export const scalar: readonly Survivor[] = [
  {
    file: 'src/scalar/powers.ts',
    from: 'i < table.length',
    to: 'i <= table.length',
    reason: 'writes beyond the end of an array as well, which drops it',
  },
  {
    file: 'src/scalar/powers.ts',
    from: 'a >= LOWEST_NORMAL',
    to: 'a > LOWEST_NORMAL',
    reason: 'the least normal number is then read after an exact product by 2⁵⁴, as subnormal ones are',
  },
  {
    file: 'src/scalar/powers.ts',
    from: 'n > HIGHEST',
    to: 'n >= HIGHEST',
    reason: 'the line before has answered where they are equal',
  },
  { file: 'src/scalar/powers.ts', from: 'n >= LOWEST', to: 'n > LOWEST', reason: once },
  { file: 'src/scalar/powers.ts', from: 'rest >= LOWEST', to: 'rest > LOWEST', reason: once },
  {
    file: 'src/scalar/simplify.ts',
    from: 'Object.is(node.value, «-0»)',
    to: '+0',
    reason: 'the two zeros exchange their signatures, which still differ',
  },
  {
    file: 'src/scalar/simplify.ts',
    from: "'-0'",
    to: '""',
    reason: 'a signature that nothing else has, like the other',
  },
  {
    file: 'src/scalar/expr-codec.ts',
    from: "''",
    to: '"Stryker was here!"',
    reason: 'stands between the names of a list of one',
  },
  {
    file: 'src/scalar/expr-codec.ts',
    from: `\`exprCodec: no node \${place}\``,
    to: '``',
    reason: 'never said: the places were checked before, and the check is there for the compiler',
  },
  {
    file: 'src/scalar/evaluate.ts',
    from: `\`evaluate: \${node.name} was not expanded\``,
    to: '``',
    reason: 'never said: functions were expanded before, and the case is there for the compiler',
  },
  {
    file: 'src/scalar/evaluate.ts',
    from: 'node.value : «0»',
    to: '1',
    reason: 'a number that each run writes before it reads',
  },
  ...[
    'at(node.x), «0», 0, 0]',
    'at(node.x), 0, «0», 0]',
    'at(node.x), 0, 0, «0»]',
    'at(node.right), «0», 0]',
    'at(node.right), 0, «0»]',
  ].map((from) => ({
    file: 'src/scalar/evaluate.ts',
    from,
    to: '1',
    reason: 'the place of an operand that the operation does not take',
  })),
  { file: 'src/scalar/powers.ts', from: '3000', to: '3001', reason: 'from there on everything is 0' },
  { file: 'src/scalar/powers.ts', from: '2100', to: '2101', reason: 'from there on everything but 0 is infinite' },
  { file: 'src/scalar/powers.ts', from: '8', to: '9', reason: 'room for a byte that nobody writes or reads' },
  {
    file: 'src/scalar/powers.ts',
    from: 'HIGHEST - LOWEST + «1»',
    to: '2',
    reason: 'room for a power that nobody asks for',
  },
  {
    file: 'src/scalar/elementary/expm1.ts',
    from: '18',
    to: '19',
    reason: 'the result is −1 from 18 on already: where the argument is held lower, it is −1 as well',
  },
  {
    file: 'src/scalar/elementary/expm1.ts',
    from: '40',
    to: '41',
    reason: 'the result is −1 from 40 on already: where the argument is held lower, it is −1 as well',
  },
  {
    file: 'src/scalar/elementary/erf.ts',
    from: '4',
    to: '5',
    reason: 'the result is ±1 from 4 on already: where the argument is held higher, it is ±1 as well',
  },
  {
    file: 'src/scalar/elementary/erf.ts',
    from: 'atMost(«6»)',
    to: '7',
    reason: 'the result is ±1 from 6 on already: where the argument is held higher, it is ±1 as well',
  },
  {
    file: 'src/scalar/elementary/tanh.ts',
    from: 'atMost(«10»)',
    to: '11',
    reason: 'the result is ±1 from 10 on already: where the argument is held higher, it is ±1 as well',
  },
  {
    file: 'src/scalar/elementary/tanh.ts',
    from: '20',
    to: '21',
    reason: 'the result is ±1 from 20 on already: where the argument is held higher, it is ±1 as well',
  },
  {
    file: 'src/scalar/elementary/pow.ts',
    from: '40',
    to: '41',
    reason: 'an exponent of 2⁴⁰ leaves nothing but 0, 1 and ∞ already',
  },
  {
    file: 'src/scalar/elementary/pow.ts',
    from: '70',
    to: '71',
    reason: 'an exponent of 2⁷⁰ leaves nothing but 0, 1 and ∞ already',
  },
  {
    file: 'src/scalar/elementary/pow.ts',
    from: 'f32: «2» ** 40',
    to: '3',
    reason: 'an exponent of 2⁴⁰ leaves nothing but 0, 1 and ∞, and a greater one no more',
  },
  {
    file: 'src/scalar/elementary/pow.ts',
    from: 'f64: «2» ** 70',
    to: '3',
    reason: 'an exponent of 2⁷⁰ leaves nothing but 0, 1 and ∞, and a greater one no more',
  },
  {
    file: 'src/scalar/powers.ts',
    from: 'powerOfTwo(-«1022»)',
    to: '1023',
    reason:
      'the numbers from 2⁻¹⁰²³ to 2⁻¹⁰²² have no exponent of their own, and the upper word gives −1023, which is theirs',
  },
  {
    file: 'src/scalar/elementary/pow.ts',
    from: 'subtract(pLow, subtract(p, pHigh)), «0»)',
    to: '1',
    reason: 'beyond the range the result is 0 or ∞, whatever factor of moderate size comes with it',
  },
  {
    file: 'src/scalar/elementary/tanh.ts',
    from: '12582912',
    to: '12582913',
    reason:
      'another whole number only where the argument is halfway between two: at the 28 places in f32 where it is, the result is the same',
  },
  {
    file: 'src/scalar/elementary/twofold.ts',
    from: '2 ** 27 + «1»',
    to: '2',
    reason: 'of six million numbers, four of them halfway between two upper halves, none has another upper half',
  },
];
