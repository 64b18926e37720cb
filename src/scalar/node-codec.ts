/** The nodes of an expression as records whose operands are of a type P: places in a list, or anything at all. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from './closed.ts';
import type { BinaryOp, Call, Relation, UnaryOp } from './expr.ts';
import { numberText } from './number-text.ts';

/** A node with names of type N, operands of type P and numbers of type V. */
export type NodeOf<N, P, V = number> =
  | { readonly kind: 'constant'; readonly value: V }
  | { readonly kind: 'input'; readonly name: N }
  | { readonly kind: 'unary'; readonly op: UnaryOp; readonly x: P }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: P; readonly right: P }
  | {
      readonly kind: 'select';
      readonly relation: Relation;
      readonly left: P;
      readonly right: P;
      readonly yes: P;
      readonly no: P;
    }
  | { readonly kind: 'call'; readonly name: Call<string>['name']; readonly args: readonly P[] };

/** One of some words. A record and not a list, so that the compiler sees to it that none is missing. */
const word = <W extends string, A>(words: Readonly<Record<W, A>>): t.Type<W> => {
  const is = (u: unknown): u is W => typeof u === 'string' && Object.hasOwn(words, u);
  const title = `one of ${Object.keys(words).join(', ')}`;
  return new t.Type<W>(title, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, title)), t.identity);
};

const unaryOps: t.Type<UnaryOp> = word({
  negate: null,
  abs: null,
  sign: null,
  sqrt: null,
  floor: null,
  exponent: null,
  significand: null,
});

const binaryOps: t.Type<BinaryOp> = word({
  add: null,
  subtract: null,
  multiply: null,
  divide: null,
  min: null,
  max: null,
  scale: null,
});

const relations: t.Type<Relation> = word({ less: null, lessOrEqual: null, equal: null });

/** How many numbers an elementary function takes. */
const arity: Readonly<Record<Call<string>['name'], number>> = {
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  tanh: 1,
  sigmoid: 1,
  softplus: 1,
  erf: 1,
  sin: 1,
  cos: 1,
  pow: 2,
};

const callOf = <P>(operand: t.Type<P>): t.Type<Extract<NodeOf<never, P>, { kind: 'call' }>> => {
  const fields = closed('a call', { kind: t.literal('call'), name: word(arity), args: t.readonlyArray(operand) });
  type Fields = t.TypeOf<typeof fields>;
  const fits = ({ name, args }: Fields): boolean => args.length === arity[name];
  return new t.Type(
    fields.name,
    (u): u is Fields => fields.is(u) && fits(u),
    (u, context) =>
      pipe(
        fields.validate(u, context),
        E.chain((call) =>
          fits(call)
            ? t.success(call)
            : t.failure(
                call.args.length,
                t.appendContext(context, 'args', fields),
                `${arity[call.name]} operand${arity[call.name] === 1 ? '' : 's'} of ${call.name}`,
              ),
        ),
      ),
    fields.encode,
  );
};

/** The codec of nodes. Refuses an unknown kind, operation or field, and a call with too few or too many operands. */
export const nodeCodec = <N, P>(
  name: t.Type<N>,
  operand: t.Type<P>,
): t.Type<NodeOf<N, P>, NodeOf<N, P, number | string>> => {
  const kinds = {
    constant: closed('a constant', { kind: t.literal('constant'), value: numberText }),
    input: closed('an input', { kind: t.literal('input'), name }),
    unary: closed('an operation on one number', { kind: t.literal('unary'), op: unaryOps, x: operand }),
    binary: closed('an operation on two numbers', {
      kind: t.literal('binary'),
      op: binaryOps,
      left: operand,
      right: operand,
    }),
    select: closed('a choice', {
      kind: t.literal('select'),
      relation: relations,
      left: operand,
      right: operand,
      yes: operand,
      no: operand,
    }),
    call: callOf(operand),
  };
  const kind = t.type({ kind: word(kinds) });
  return new t.Type<NodeOf<N, P>, NodeOf<N, P, number | string>>(
    'a node',
    (u): u is NodeOf<N, P> => kind.is(u) && kinds[u.kind].is(u),
    (u, context) =>
      pipe(
        kind.validate(u, context),
        E.chain((tagged): t.Validation<NodeOf<N, P>> => kinds[tagged.kind].validate(u, context)),
      ),
    (node) => (node.kind === 'constant' ? kinds.constant.encode(node) : node),
  );
};
