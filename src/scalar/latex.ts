/** Formulas for people: an expression as LaTeX mathematics, with no more parentheses than reading it needs. */
import type { Binary, Call, Expr, Relation, Select, Unary } from './expr.ts';
import { fold } from './nodes.ts';
import { symbolOf } from './symbol.ts';

/** How tightly the outermost sign of a formula binds. */
const BINDS = { cases: 0, sum: 1, minus: 2, product: 3, power: 4, atom: 5 } as const;
type Binding = (typeof BINDS)[keyof typeof BINDS];

interface Formula {
  readonly text: string;
  readonly binding: Binding;
  /** a of −a, so that a − (−b) is a + b. */
  readonly negated?: Formula;
  /** Begins with a digit, so nothing that ends with one may stand directly before it. */
  readonly digit?: boolean;
  /** The rows of a `cases` environment. */
  readonly rows?: readonly string[];
}

const atom = (text: string): Formula => ({ text, binding: BINDS.atom });
const group = (text: string): string => `\\left(${text}\\right)`;
const apply = (name: string, ...args: readonly Formula[]): Formula =>
  atom(`${name}${group(args.map(({ text }) => text).join(', '))}`);

/** The text of a part of a formula, in parentheses where it binds less than its surroundings need. */
const within = (least: Binding, part: Formula): string => (part.binding < least ? group(part.text) : part.text);

const minus = (x: Formula): Formula => ({
  text: `-${within(BINDS.product, x)}`,
  binding: BINDS.minus,
  negated: x,
  ...(x.digit === true ? { digit: true } : {}),
});

/** a + b; what begins with a minus sign is joined by it. */
const sum = (left: Formula, right: Formula): Formula => {
  const [a, b] = [within(BINDS.sum, left), within(BINDS.sum, right)];
  return { text: b.startsWith('-') ? `${a} - ${b.slice(1)}` : `${a} + ${b}`, binding: BINDS.sum };
};

const difference = (left: Formula, right: Formula): Formula =>
  right.negated === undefined
    ? { text: `${within(BINDS.sum, left)} - ${within(BINDS.product, right)}`, binding: BINDS.sum }
    : sum(left, right.negated);

const power = (base: Formula, exponent: Formula): Formula => ({
  text: `${within(BINDS.atom, base)}^{${exponent.text}}`,
  binding: BINDS.power,
  ...(base.digit === true ? { digit: true } : {}),
});

/** Juxtaposed after a number and before a parenthesis, else with a dot. */
const product = (left: Formula, right: Formula): Formula => {
  const a = within(BINDS.minus, left);
  const b = within(BINDS.product, right);
  const juxtaposed = right.binding < BINDS.product || (left.digit === true && right.digit !== true);
  return {
    text: `${a} ${juxtaposed ? '' : '\\cdot '}${b}`,
    binding: left.binding === BINDS.minus ? BINDS.minus : BINDS.product,
    ...(left.negated === undefined ? {} : { negated: product(left.negated, right) }),
    ...(left.digit === true ? { digit: true } : {}),
  };
};

const number = (value: number): Formula => {
  if (Number.isNaN(value)) return atom('\\mathrm{NaN}');
  if (value < 0 || Object.is(value, -0)) return minus(number(-value));
  if (value === Number.POSITIVE_INFINITY) return atom('\\infty');
  const [digits = '', exponent] = `${value}`.split('e');
  const significand: Formula = { ...atom(digits), digit: true };
  if (exponent === undefined) return significand;
  const tens = power({ ...atom('10'), digit: true }, atom(`${Number(exponent)}`));
  return digits === '1' ? tens : product(significand, tens);
};

const SIGNS: Readonly<Record<Relation, string>> = { less: '<', lessOrEqual: '\\le', equal: '=' };

const ofUnary = ({ op }: Unary<string>, x: Formula): Formula => {
  switch (op) {
    case 'negate':
      return minus(x);
    case 'abs':
      return atom(`\\left|${x.text}\\right|`);
    case 'sqrt':
      return atom(`\\sqrt{${x.text}}`);
    case 'floor':
      return atom(`\\left\\lfloor ${x.text} \\right\\rfloor`);
    case 'exponent':
      return atom(`\\left\\lfloor \\log_{2} \\left|${x.text}\\right| \\right\\rfloor`);
    case 'sign':
    case 'significand':
      return apply(`\\operatorname{${op}}`, x);
  }
};

const ofBinary = ({ op, left, right }: Binary<string>, a: Formula, b: Formula): Formula => {
  switch (op) {
    case 'add':
      return sum(a, b);
    case 'subtract':
      return difference(a, b);
    case 'multiply':
      return left === right && left.kind !== 'constant' ? power(a, number(2)) : product(a, b);
    case 'divide':
      return {
        text: `\\frac{${a.text}}{${b.text}}`,
        binding: BINDS.product,
        ...(a.digit === true ? { digit: true } : {}),
      };
    case 'min':
    case 'max':
      return apply(`\\${op}`, a, b);
    case 'scale':
      return a.text === '1' ? power(number(2), b) : product(a, power(number(2), b));
  }
};

/** A choice whose `no` branch is a choice goes on with its rows. */
const ofSelect = ({ relation }: Select<string>, a: Formula, b: Formula, yes: Formula, no: Formula): Formula => {
  const rows = [
    `${yes.text} & \\text{if } ${a.text} ${SIGNS[relation]} ${b.text}`,
    ...(no.rows ?? [`${no.text} & \\text{otherwise}`]),
  ];
  return { text: `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`, binding: BINDS.cases, rows };
};

const ofCall = ({ name }: Call<string>, [x = atom(''), y = atom('')]: readonly Formula[]): Formula => {
  switch (name) {
    case 'exp':
      return power(atom('e'), x);
    case 'expm1':
      return difference(power(atom('e'), x), number(1));
    case 'log1p':
      return apply('\\log', sum(number(1), x));
    case 'pow':
      return power(x, y);
    case 'sigmoid':
      return apply('\\sigma', x);
    case 'softplus':
    case 'erf':
      return apply(`\\operatorname{${name}}`, x);
    case 'log':
    case 'tanh':
    case 'sin':
    case 'cos':
      return apply(`\\${name}`, x);
  }
};

/**
 * An expression as LaTeX, for mathematics mode. Names are taken from `names`; by default a Greek letter's name is that
 * letter, a word stands upright, digits at its end are a subscript. Sums and products are printed without the order in
 * which they are added and multiplied. A node is printed at each place that uses it.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const [x, alpha] = [Expr.input('x'), Expr.input('alpha')];
 * Expr.latex()(Expr.multiply(alpha, Expr.subtract(Expr.exp(x), 1))) // => '\\alpha \\left(e^{x} - 1\\right)'
 * Expr.latex({ learningRate: '\\eta' })(Expr.divide(Expr.input('learningRate'), 2)) // => '\\frac{\\eta}{2}'
 * ```
 */
export const latex =
  (names: Readonly<Record<string, string>> = {}) =>
  (expr: Expr): string => {
    const symbols = new Map(Object.entries(names));
    return fold<string, Formula>((node, of) => {
      switch (node.kind) {
        case 'constant':
          return number(node.value);
        case 'input': {
          const symbol = symbols.get(node.name);
          if (symbol === undefined) return atom(symbolOf(node.name));
          return { text: symbol, binding: symbol.includes('^') ? BINDS.power : BINDS.atom };
        }
        case 'unary':
          return ofUnary(node, of(node.x));
        case 'binary':
          return ofBinary(node, of(node.left), of(node.right));
        case 'select':
          return ofSelect(node, of(node.left), of(node.right), of(node.yes), of(node.no));
        case 'call':
          return ofCall(node, node.args.map(of));
      }
    })(expr).text;
  };
