/**
 * Other numbers in the place of those that stand in the source. Stryker changes operators, strings and conditions but
 * no number, and in this field a wrong number (β, ε, a slope, a coefficient) is the fault that looks right.
 */

/** As much of a path of Babel's syntax tree as is read here. */
interface Path {
  readonly node: { readonly type: string; readonly value?: unknown };
}

interface NumericLiteral {
  readonly type: 'NumericLiteral';
  readonly value: number;
}

/** A whole number becomes the next one; any other, or one too great to have one, is off by one part in a hundred. */
const another = (value: number): number => (Number.isSafeInteger(value) ? value + 1 : value * 1.01);

export const numbers = {
  name: 'NumericLiteral',
  *mutate({ node }: Path): Generator<NumericLiteral> {
    if (node.type === 'NumericLiteral' && typeof node.value === 'number')
      yield { type: 'NumericLiteral', value: another(node.value) };
  },
};
