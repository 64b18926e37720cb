/** LaTeX that reads as a person would write it, and always balances. */
import { differentiate } from '../../src/scalar/differentiate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { latex } from '../../src/scalar/latex.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { anything, expressions } from './arbitrary.ts';
import { showExpr } from './show.ts';

const [x, y, alpha] = [X.input('x'), X.input('y'), X.input('alpha')];

const three = X.constant(3);

const written: ReadonlyArray<readonly [Expr, string]> = [
  [X.max(x, 0), '\\max\\left(x, 0\\right)'],
  [X.divide(1, X.add(1, X.exp(X.negate(x)))), '\\frac{1}{1 + e^{-x}}'],
  [
    X.ifLess(0, x, x, X.multiply(alpha, X.expm1(x))),
    '\\begin{cases} x & \\text{if } 0 < x \\\\ \\alpha \\left(e^{x} - 1\\right) & \\text{otherwise} \\end{cases}',
  ],
  [
    X.ifLessOrEqual(x, 0, 0, X.ifEqual(x, 1, 1, x)),
    '\\begin{cases} 0 & \\text{if } x \\le 0 \\\\ 1 & \\text{if } x = 1 \\\\ x & \\text{otherwise} \\end{cases}',
  ],
  [
    X.add(1, X.ifLess(x, 0, 0, 1)),
    '1 + \\left(\\begin{cases} 0 & \\text{if } x < 0 \\\\ 1 & \\text{otherwise} \\end{cases}\\right)',
  ],
  [X.multiply(x, X.tanh(X.softplus(x))), 'x \\cdot \\tanh\\left(\\operatorname{softplus}\\left(x\\right)\\right)'],
  [X.sqrt(X.add(X.multiply(x, x), X.abs(y))), '\\sqrt{x^{2} + \\left|y\\right|}'],
  [X.subtract(x, X.subtract(y, 1)), 'x - \\left(y - 1\\right)'],
  [X.subtract(X.subtract(x, y), 1), 'x - y - 1'],
  [X.add(x, X.negate(y)), 'x - y'],
  [X.subtract(x, X.negate(y)), 'x + y'],
  [X.subtract(x, X.negate(X.add(x, y))), 'x + x + y'],
  [X.add(x, -2), 'x - 2'],
  [X.subtract(x, -2), 'x + 2'],
  [X.add(x, X.multiply(-2, y)), 'x - 2 y'],
  [X.negate(X.add(x, y)), '-\\left(x + y\\right)'],
  [X.negate(X.negate(x)), '-\\left(-x\\right)'],
  [X.multiply(x, X.negate(y)), 'x \\left(-y\\right)'],
  [X.multiply(X.negate(x), y), '-x \\cdot y'],
  [X.multiply(X.add(x, 1), X.subtract(x, 1)), '\\left(x + 1\\right) \\left(x - 1\\right)'],
  [X.multiply(2, X.multiply(3, x)), '2 \\cdot 3 x'],
  [X.multiply(2, X.pow(3, x)), '2 \\cdot 3^{x}'],
  [X.multiply(2, X.divide(1, 2)), '2 \\cdot \\frac{1}{2}'],
  [X.pow(X.divide(x, 2), y), '\\left(\\frac{x}{2}\\right)^{y}'],
  [X.pow(-2, 3), '\\left(-2\\right)^{3}'],
  [X.pow(X.pow(x, y), 3), '\\left(x^{y}\\right)^{3}'],
  [X.pow(X.exp(x), X.add(y, 1)), '\\left(e^{x}\\right)^{y + 1}'],
  [X.add(x, X.add(y, 1)), 'x + y + 1'],
  [X.log1p(X.sigmoid(x)), '\\log\\left(1 + \\sigma\\left(x\\right)\\right)'],
  [X.floor(X.erf(x)), '\\left\\lfloor \\operatorname{erf}\\left(x\\right) \\right\\rfloor'],
  [X.scale(x, X.exponent(y)), 'x \\cdot 2^{\\left\\lfloor \\log_{2} \\left|y\\right| \\right\\rfloor}'],
  [
    X.multiply(X.significand(x), X.sign(y)),
    '\\operatorname{significand}\\left(x\\right) \\cdot \\operatorname{sign}\\left(y\\right)',
  ],
  [X.min(X.sin(x), X.cos(x)), '\\min\\left(\\sin\\left(x\\right), \\cos\\left(x\\right)\\right)'],
  [X.log(Number.POSITIVE_INFINITY), '\\log\\left(\\infty\\right)'],
  [X.add(x, Number.NEGATIVE_INFINITY), 'x - \\infty'],
  [X.constant(Number.NaN), '\\mathrm{NaN}'],
  [X.constant(-0), '-0'],
  [X.constant(1e-8), '10^{-8}'],
  [X.constant(-2.5e30), '-2.5 \\cdot 10^{30}'],
  [X.multiply(1e-8, 3), '10^{-8} \\cdot 3'],
  [X.input('beta1'), '\\beta_{1}'],
  [X.input('x12'), 'x_{12}'],
  [X.input('learningRate'), '\\mathrm{learningRate}'],
  [X.input('batch_size %'), '\\mathrm{batch\\_size\\ \\%}'],
  [X.input('θ'), 'θ'],
  // What begins with a minus sign stands in parentheses after another sign, and joins the one before it.
  [X.multiply(x, X.multiply(X.negate(x), y)), 'x \\left(-x \\cdot y\\right)'],
  [X.subtract(y, X.multiply(X.negate(x), y)), 'y + x \\cdot y'],
  [X.subtract(y, X.multiply(X.negate(x), X.add(x, y))), 'y + x \\left(x + y\\right)'],
  [X.subtract(y, X.multiply(X.multiply(-2, x), y)), 'y + 2 x y'],
  [X.divide(X.negate(x), y), '\\frac{-x}{y}'],
  // A dot between numbers and between letters, none between a number and a letter.
  [X.multiply(2, X.multiply(x, y)), '2 x \\cdot y'],
  [X.multiply(2, X.multiply(3, y)), '2 \\cdot 3 y'],
  [X.multiply(2, X.divide(x, 2)), '2 \\frac{x}{2}'],
  [X.multiply(2, X.divide(3, x)), '2 \\cdot \\frac{3}{x}'],
  [X.multiply(2, X.pow(x, 3)), '2 x^{3}'],
  [X.multiply(2, X.negate(three)), '2 \\left(-3\\right)'],
  [X.multiply(X.negate(three), X.multiply(2, x)), '-3 \\cdot 2 x'],
  [X.multiply(three, three), '3 \\cdot 3'],
  [X.multiply(X.tanh(x), X.tanh(y)), '\\tanh\\left(x\\right) \\cdot \\tanh\\left(y\\right)'],
  // A call has its operands; one that has not, which no constructor makes, prints nothing in their places.
  [{ kind: 'call', name: 'exp', args: [] }, 'e^{}'],
  [{ kind: 'call', name: 'pow', args: [x] }, 'x^{}'],
  // Names.
  [X.input('a1b'), '\\mathrm{a1b}'],
  [X.input('a1b23'), '\\mathrm{a1b}_{23}'],
  [X.input('7'), '\\mathrm{}_{7}'],
  [X.input('a\n1'), '\\mathrm{a\n}_{1}'],
  [X.input('a\\b'), '\\mathrm{a\\backslash b}'],
  [X.input('a^b'), '\\mathrm{a\\hat{\\ }b}'],
  [X.input('a~b'), '\\mathrm{a\\tilde{\\ }b}'],
  [X.input('a b'), '\\mathrm{a\\ b}'],
  [X.input('a#$%&_{}'), '\\mathrm{a\\#\\$\\%\\&\\_\\{\\}}'],
  [differentiate('x')(X.tanh(x)), '1 - \\tanh\\left(x\\right)^{2}'],
  [differentiate('x')(X.pow(x, 3)), '3 x^{2}'],
];

/** L. Lamport, LaTeX: A Document Preparation System, 1994, table 3.3, less the variants; omicron and the like are Latin letters. */
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
  'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega';

/** What is open, innermost last, after each bracket, \left or environment; `undefined` once one closes another. */
const unbalanced = (text: string): string | undefined => {
  const open: string[] = [];
  const partners: Readonly<Record<string, string>> = {
    '}': '{',
    '\\right': '\\left',
    '\\end{cases}': '\\begin{cases}',
  };
  for (const [token] of text.matchAll(/\\(?:begin|end)\{cases\}|\\left(?![a-z])|\\right(?![a-z])|\\.|[{}]/gu)) {
    const partner = partners[token];
    if (token === '{' || token === '\\left' || token === '\\begin{cases}') open.push(token);
    else if (partner !== undefined && open.pop() !== partner) return token;
  }
  return open.at(-1);
};

const balanced = (text: string): Verdict => {
  const found = unbalanced(text);
  return holds(found === undefined, 'every bracket closed', `${found} in ${text}`);
};

export const latexLaws = lawSet('latex', [
  lawOf('reads as a person would write it', 'each formula is printed so', written, ([expr, text]) =>
    same(text, latex()(expr)),
  ),
  law(
    'balances',
    'braces, \\left and \\right, and environments nest',
    expressions(anything('f64')),
    (expr) => balanced(latex()(expr)),
    {
      runs: 500,
      show: showExpr,
    },
  ),
  lawOf(
    'balances whatever the names',
    'special characters in names are escaped',
    ['{', '}', 'a}b{', '\\', '\\left(', 'x^', '_', '#1', '$', '&', '~', 'constructor', '__proto__', '', '7'],
    (name) => balanced(latex()(X.add(X.input(name), 1))),
  ),
  lawOf(
    'prints Greek letters as such',
    'by their names, the capitals that LaTeX has; others are words',
    GREEK.split(' '),
    (letter) =>
      all(
        same(`\\${letter}`, latex()(X.input(letter))),
        same(`\\${letter}_{1}`, latex()(X.input(`${letter}1`))),
        same(`\\mathrm{${letter}s}`, latex()(X.input(`${letter}s`))),
      ),
  ),
  lawOf(
    'takes names',
    'a name that is given is used, and binds as it must',
    [{ rate: '\\eta', last: 'x^{*}' }],
    (names) =>
      all(
        same('\\eta \\cdot x', latex(names)(X.multiply(X.input('rate'), X.input('x')))),
        same('\\eta^{2}', latex(names)(X.pow(X.input('rate'), 2))),
        same('\\left(x^{*}\\right)^{2}', latex(names)(X.pow(X.input('last'), 2))),
        same('\\mathrm{constructor}', latex(names)(X.input('constructor'))),
      ),
  ),
  law(
    'mentions every input',
    'each input of the expression is in its text',
    expressions({ ...anything('f64'), names: ['x', 'y'] }),
    (expr) => {
      const text = latex({ x: 'Ξ', y: 'Ψ' })(expr);
      return all(
        ...nodes(expr).map((node) =>
          node.kind === 'input'
            ? holds(text.includes(node.name === 'x' ? 'Ξ' : 'Ψ'), `${node.name} printed`, text)
            : undefined,
        ),
      );
    },
    { show: showExpr },
  ),
]);
