/** Adding lengths in types, digit by digit as on paper: TypeScript has no arithmetic, and counting tuples stops at 999. */

type Reversed<S extends string> = S extends `${infer Digit}${infer Rest}` ? `${Reversed<Rest>}${Digit}` : '';

/** As many elements as the digit says. */
interface Counts {
  readonly 0: [];
  readonly 1: [0];
  readonly 2: [0, 0];
  readonly 3: [0, 0, 0];
  readonly 4: [0, 0, 0, 0];
  readonly 5: [0, 0, 0, 0, 0];
  readonly 6: [0, 0, 0, 0, 0, 0];
  readonly 7: [0, 0, 0, 0, 0, 0, 0];
  readonly 8: [0, 0, 0, 0, 0, 0, 0, 0];
  readonly 9: [0, 0, 0, 0, 0, 0, 0, 0, 0];
}
type Count<Digit> = Digit extends `${infer N extends keyof Counts}` ? Counts[N] : [];

type Column<A, B, Carry extends readonly 0[]> = [...Count<A>, ...Count<B>, ...Carry]['length'];

/** The digits of a column's sum, 0 to 19, with what is carried from it. */
type Next<Total, RestA extends string, RestB extends string> = Total extends number
  ? `${Total}` extends `1${infer Digit extends '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'}`
    ? `${Digit}${Digits<RestA, RestB, [0]>}`
    : `${Total}${Digits<RestA, RestB, []>}`
  : never;

/** The sum of two numbers and a carry, all written with the lowest digit first. */
type Digits<A extends string, B extends string, Carry extends readonly 0[]> = A extends `${infer HeadA}${infer RestA}`
  ? B extends `${infer HeadB}${infer RestB}`
    ? Next<Column<HeadA, HeadB, Carry>, RestA, RestB>
    : Next<Column<HeadA, '0', Carry>, RestA, ''>
  : B extends `${infer HeadB}${infer RestB}`
    ? Next<Column<'0', HeadB, Carry>, '', RestB>
    : Carry extends readonly []
      ? ''
      : '1';

/** The sum of two whole numbers; `number` where one is known only at run time. */
export type Sum<A extends number, B extends number> = number extends A
  ? number
  : number extends B
    ? number
    : Reversed<Digits<Reversed<`${A}`>, Reversed<`${B}`>, []>> extends `${infer N extends number}`
      ? N
      : number;
