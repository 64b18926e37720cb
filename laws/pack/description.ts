/** What holds of the description of anything that is described: it is JSON, and what it decodes to is the same. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { all, code, holds, type Verdict } from '../law.ts';

/** A value that says what it is. */
interface Described {
  readonly description: { readonly kind: string };
}

/** What to do about a kind of one's own, which no registry of the library's knows. */
export const ownKind = (namespace: 'Layer' | 'Initialiser', kind: string): string =>
  `. A kind of your own is read by a registry that has it: { registry: { ...${namespace}.registry, ${kind}: … } }; or leave the law out, with the reason: { except: { codec: '…' } }`;

/** A description that is the same after it was in a file. */
export const filed = ({ description }: Described): Verdict => {
  const read: unknown = JSON.parse(JSON.stringify(description));
  return holds(code(read) === code(description), code(description), code(read), 'the description, through JSON');
};

/** A description whose decoding is described alike and judged the same, and to which no field can be added. */
export const decodes = <A>(
  what: string,
  fields: object,
  decode: (description: unknown) => E.Either<Failure, A>,
  expected: Described,
  judge: (decoded: A) => { readonly described: Described; readonly verdicts: readonly Verdict[] },
): Verdict => {
  const decoded = decode(JSON.parse(JSON.stringify(fields)));
  if (E.isLeft(decoded)) return { expected: what, received: show(decoded.left) };
  const { described, verdicts } = judge(decoded.right);
  const [before, after] = [code(expected.description), code(described.description)];
  return all(
    holds(before === after, before, after, 'the description, decoded'),
    ...verdicts,
    holds(E.isLeft(decode({ ...fields, anUnknownField: 1 })), 'an unknown field to be refused', 'it passed'),
  );
};
