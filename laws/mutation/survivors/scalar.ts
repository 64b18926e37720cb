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
    from: '-0',
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
];
