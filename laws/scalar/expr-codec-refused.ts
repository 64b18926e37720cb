/** What the codec of expressions refuses, word for word. */

const x = { kind: 'input', name: 'x' };

/** What is refused, and what is said about it. */
export const refused: ReadonlyArray<readonly [unknown, string]> = [
  [null, 'formula: expected an expression, received null'],
  [
    { nodes: [x], depth: 1 },
    'formula.depth: expected no such field, the fields of an expression being nodes, received 1',
  ],
  [{ nodes: [] }, 'formula.nodes: expected at least one node, received []'],
  [
    { nodes: [{ kind: 'cube', x: 0 }] },
    'formula.nodes.0.kind: expected one of constant, input, unary, binary, select, call, received "cube"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'cbrt', x: 0 }] },
    'formula.nodes.1.op: expected one of negate, abs, sign, sqrt, floor, exponent, significand, received "cbrt"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'toString', x: 0 }] },
    'formula.nodes.1.op: expected one of negate, abs, sign, sqrt, floor, exponent, significand, received "toString"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'abs', x: 0, y: 0 }] },
    'formula.nodes.1.y: expected no such field, the fields of an operation on one number being kind, op, x, received 0',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0 }] },
    'formula.nodes.1.right: expected number, received undefined',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'abs', x: 1 }] },
    'formula.nodes.1.x: expected the place of a node before 1, received 1',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0, right: 0.5 }] },
    'formula.nodes.1.right: expected the place of a node before 1, received 0.5',
  ],
  [{ nodes: [{ kind: 'unary', op: 'abs', x: 0 }] }, 'formula.nodes.0.x: expected no operand before it, received 0'],
  [
    { nodes: [x, { kind: 'call', name: 'pow', args: [0] }] },
    'formula.nodes.1.args: expected 2 operands of pow, received 1',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'exp', args: [0, 0] }] },
    'formula.nodes.1.args: expected 1 operand of exp, received 2',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'exp', args: [-1] }] },
    'formula.nodes.1.args.0: expected the place of a node before 1, received -1',
  ],
  [
    { nodes: [{ kind: 'constant', value: 'one' }] },
    'formula.nodes.0.value: expected a number, or one of "NaN", "Infinity", "-Infinity", "-0", received "one"',
  ],
  [
    { nodes: [{ kind: 'constant', value: 1 }, x] },
    'formula.nodes.0: expected a node that a later node uses, received {"kind":"constant","value":1}',
  ],
  [
    { nodes: [x, { kind: 'unary', op: ['abs'], x: 0 }] },
    'formula.nodes.1.op: expected one of negate, abs, sign, sqrt, floor, exponent, significand, received ["abs"]',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 1, right: 0 }] },
    'formula.nodes.1.left: expected the place of a node before 1, received 1',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0, right: 1 }] },
    'formula.nodes.1.right: expected the place of a node before 1, received 1',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'less', left: 2, right: 0, yes: 0, no: 0 }] },
    'formula.nodes.1.left: expected the place of a node before 1, received 2',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'less', left: 0, right: 2, yes: 0, no: 0 }] },
    'formula.nodes.1.right: expected the place of a node before 1, received 2',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'less', left: 0, right: 0, yes: 2, no: 0 }] },
    'formula.nodes.1.yes: expected the place of a node before 1, received 2',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'less', left: 0, right: 0, yes: 0, no: 2 }] },
    'formula.nodes.1.no: expected the place of a node before 1, received 2',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'pow', args: [0, 3] }] },
    'formula.nodes.1.args.1: expected the place of a node before 1, received 3',
  ],
  [
    { nodes: [x, { kind: 'constant', value: 1, z: 0 }] },
    'formula.nodes.1.z: expected no such field, the fields of a constant being kind, value, received 0',
  ],
  [
    { nodes: [x, { kind: 'input', name: 'y', z: 0 }] },
    'formula.nodes.1.z: expected no such field, the fields of an input being kind, name, received 0',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0, right: 0, z: 0 }] },
    'formula.nodes.1.z: expected no such field, the fields of an operation on two numbers being kind, op, left, right, received 0',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'less', left: 0, right: 0, yes: 0, no: 0, z: 0 }] },
    'formula.nodes.1.z: expected no such field, the fields of a choice being kind, relation, left, right, yes, no, received 0',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'exp', args: [0], z: 0 }] },
    'formula.nodes.1.z: expected no such field, the fields of a call being kind, name, args, received 0',
  ],
  [{ nodes: [null] }, 'formula.nodes.0: expected a node, received null'],
  [
    { nodes: [x, { kind: 'binary', op: 'power', left: 0, right: 0 }] },
    'formula.nodes.1.op: expected one of add, subtract, multiply, divide, min, max, scale, received "power"',
  ],
  [
    { nodes: [x, { kind: 'select', relation: 'more', left: 0, right: 0, yes: 0, no: 0 }] },
    'formula.nodes.1.relation: expected one of less, lessOrEqual, equal, received "more"',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'cot', args: [0] }] },
    'formula.nodes.1.name: expected one of exp, expm1, log, log1p, tanh, sigmoid, softplus, erf, sin, cos, pow, received "cot"',
  ],
  [{ nodes: [{ kind: 'input', name: 1 }] }, 'formula.nodes.0.name: expected string, received 1'],
];

/** What is no expression, whatever its type says: nodes that lack something or have more than they should. */
export const unlike: readonly unknown[] = [
  null,
  'x',
  { kind: 'input', name: 'x', z: 0 },
  { kind: 'input', name: 1 },
  { kind: 'constant', value: '1' },
  { kind: 'constant', value: 1, z: 0 },
  { kind: 'unary', op: ['abs'], x },
  { kind: 'unary', op: 'abs' },
  { kind: 'unary', op: 'abs', x: 0 },
  { kind: 'binary', op: 'add', left: x, right: { kind: 'cube', x } },
  { kind: 'select', relation: 'less', left: x, right: x, yes: x, no: null },
  { kind: 'call', name: 'exp', args: [x, x] },
  { kind: 'call', name: 'exp', args: [x], z: 0 },
  { kind: 'call', name: 'pow', args: [x] },
];
