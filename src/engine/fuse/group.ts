/**
 * Fusion: values that go over the same rows and columns become one loop. A value joins the loops that make its operands
 * when it meets each operand where it is made, and when nothing between them has to wait for the loop to end.
 *
 * In a loop, *inner* values have an element for each row and column; a reduction, and what is computed from it, has one for
 * each row (or column): it is *outer*.
 */
import { size } from '../../tensor/shape.ts';
import { isWhole, type Node, operandsOf, type Value } from '../graph/node.ts';
import { type Access, accessOf, type Direction, type Domain, domainOf } from './domain.ts';

export type Level = 'inner' | 'outer';

export interface Member {
  readonly value: Value;
  readonly level: Level;
}

/** Values that one loop computes, operands first. */
export interface Group {
  readonly rows: number;
  readonly columns: number;
  readonly flat: boolean;
  readonly direction: Direction;
  readonly members: readonly Member[];
}

/** A group in the making. */
interface Draft {
  domain: Domain;
  readonly levels: Map<number, Level>;
  readonly values: Value[];
  /** The drafts that it reads from. */
  readonly before: Set<Draft>;
  /** Whether it reads a matrix product: such a loop goes with the product, row by row, and takes no sums over columns. */
  followsProduct: boolean;
}

/** Both domains as one, if they can be. */
const joined = (a: Domain, b: Domain): Domain | undefined => {
  if (a.rows * a.columns !== b.rows * b.columns) return undefined;
  if (a.direction !== undefined && b.direction !== undefined && a.direction !== b.direction) return undefined;
  const direction = a.direction ?? b.direction;
  const of = (domain: Domain): Domain => (direction === undefined ? domain : { ...domain, direction });
  if (a.flat) return of(b);
  if (b.flat) return of(a);
  return a.rows === b.rows && a.columns === b.columns ? of(a) : undefined;
};

const outerLength = ({ direction, rows, columns }: Domain): number | undefined =>
  direction === undefined ? undefined : direction === 'rows' ? rows : columns;

/** Whether a value of a level, made in the loop, is met where it is made. */
const meets = (domain: Domain, level: Level, { node, row, column }: Access): boolean => {
  if (level === 'inner') return isWhole(node) && size(node.shape) === domain.rows * domain.columns;
  if (node.offset !== 0) return false;
  return domain.direction === 'rows'
    ? column === 0 && row === (domain.rows === 1 ? 0 : 1)
    : row === 0 && column === (domain.columns === 1 ? 0 : 1);
};

/** The levels at which a value can stand in a draft of a domain, the inner first. */
const levelIn = (
  value: Value,
  own: Domain,
  domain: Domain,
  levelOf: (operand: Value) => Level | undefined,
): Level | undefined => {
  const operands = operandsOf(value);
  const inner = (): boolean =>
    operands.every((node) => {
      const level = levelOf(node.value);
      return level === undefined || meets(domain, level, accessOf(node, domain));
    });
  const outer = (): boolean => {
    const length = outerLength(domain);
    return (
      own.flat &&
      length === own.columns &&
      operands.some((node) => levelOf(node.value) === 'outer') &&
      operands.every((node) => {
        const level = levelOf(node.value);
        return level === undefined || (level === 'outer' && (isWhole(node) || length === 1));
      })
    );
  };
  if (outer()) return 'outer';
  if (value.operation.kind === 'sum' || value.operation.kind === 'max')
    return operands.every((node) => {
      const level = levelOf(node.value);
      return level === undefined || (level === 'inner' && isWhole(node));
    })
      ? 'outer'
      : undefined;
  return inner() ? 'inner' : undefined;
};

/** Whether a draft is among those that others wait for. */
const waitsFor = (from: Iterable<Draft>, target: Draft): boolean => {
  const seen = new Set<Draft>();
  const waiting = [...from];
  for (let draft = waiting.pop(); draft !== undefined; draft = waiting.pop()) {
    if (draft === target) return true;
    if (seen.has(draft)) continue;
    seen.add(draft);
    waiting.push(...draft.before);
  }
  return false;
};

const followsProduct = (value: Value): boolean =>
  operandsOf(value).some((node) => node.value.operation.kind === 'matmul' && isWhole(node));

const distinct = <A>(items: readonly (A | undefined)[]): readonly A[] =>
  [...new Set(items)].filter((item) => item !== undefined);

/** The drafts of values, each in the order in which its values can be computed. */
const drafts = (values: readonly Value[]): readonly Draft[] => {
  // The drafts so far, and which of them holds a value; other values stand for drafts of their own, which nothing joins.
  const home = new Map<number, Draft>();
  const all = new Set<Draft>();
  const readers = new Map<number, Draft[]>();

  const waits = (value: Value): readonly Draft[] => distinct(operandsOf(value).map((node) => home.get(node.value.id)));

  /** One draft of several, if they agree and no loop would wait for itself. */
  const together = (value: Value, own: Domain, candidates: readonly Draft[]): Draft | undefined => {
    const [first] = candidates;
    if (first === undefined) return undefined;
    const shared = candidates.reduce<Domain | undefined>(
      (domain, draft) => domain && joined(domain, draft.domain),
      first.domain,
    );
    if (shared === undefined) return undefined;
    const outer = outerLength(shared);
    const fitting = own.flat && outer === own.columns ? shared : joined(shared, own);
    const domain = fitting ?? undefined;
    if (domain === undefined) return undefined;
    const levelOf = (operand: Value): Level | undefined =>
      candidates.map((draft) => draft.levels.get(operand.id)).find((level) => level !== undefined);
    const level = levelIn(value, own, domain, levelOf);
    if (level === undefined) return undefined;
    if (level === 'inner' && joined(shared, own) === undefined) return undefined;
    if (
      value.operation.kind === 'sum' &&
      domain.direction === 'columns' &&
      candidates.some((draft) => draft.domain.direction === undefined && draft.followsProduct)
    )
      return undefined;
    // What one of them reads of another it must meet where it is made, too.
    const meetsOthers = (draft: Draft): boolean =>
      draft.values.every((one) => {
        const known = domainOf(one);
        const fromOthers = operandsOf(one).some(
          (node) => !draft.levels.has(node.value.id) && levelOf(node.value) !== undefined,
        );
        return (
          !fromOthers || (known !== undefined && levelIn(one, known, domain, levelOf) === draft.levels.get(one.id))
        );
      });
    if (!candidates.every(meetsOthers)) return undefined;
    // What any of them waits for, beside one another, must not wait for any of them.
    const outside = distinct([...candidates.flatMap((draft) => [...draft.before]), ...waits(value)]).filter(
      (draft) => !candidates.includes(draft),
    );
    if (candidates.some((draft) => waitsFor(outside, draft))) return undefined;
    for (const draft of candidates.slice(1)) {
      for (const [id, own] of draft.levels) first.levels.set(id, own);
      first.values.push(...draft.values);
      all.delete(draft);
      for (const moved of draft.values) home.set(moved.id, first);
    }
    first.before.clear();
    for (const draft of outside) first.before.add(draft);
    for (const draft of all)
      for (const merged of candidates.slice(1))
        if (draft.before.delete(merged) && draft !== first) draft.before.add(first);
    first.domain = domain;
    first.followsProduct = followsProduct(value) || candidates.some((draft) => draft.followsProduct);
    first.levels.set(value.id, level);
    first.values.push(value);
    return first;
  };

  const alone = (value: Value, domain: Domain): Draft => {
    const level: Level = value.operation.kind === 'sum' || value.operation.kind === 'max' ? 'outer' : 'inner';
    const draft: Draft = {
      domain,
      levels: new Map([[value.id, level]]),
      values: [value],
      before: new Set(waits(value)),
      followsProduct: followsProduct(value),
    };
    all.add(draft);
    return draft;
  };

  /** A value that no loop computes: others wait for it, and it for what it reads. */
  const barrier = (value: Value): Draft => ({
    domain: { rows: 0, columns: 0, flat: false },
    levels: new Map(),
    values: [],
    before: new Set(waits(value)),
    followsProduct: false,
  });

  for (const value of values) {
    const own = domainOf(value);
    if (own === undefined) {
      if (value.operation.kind !== 'input' && value.operation.kind !== 'constant') {
        const draft = barrier(value);
        home.set(value.id, draft);
        all.add(draft);
      }
      continue;
    }
    // What is watched is best watched where it is read anyway.
    const makers = waits(value).filter((draft) => draft.values.length > 0);
    const others =
      value.operation.kind === 'watch' && makers.length === 0
        ? distinct(
            operandsOf(value)
              .flatMap((node) => readers.get(node.value.id) ?? [])
              .map((draft) => resolve(draft, all)),
          )
        : [];
    const found =
      together(value, own, makers) ??
      [...makers, ...others].reduce<Draft | undefined>(
        (done, draft) => done ?? together(value, own, [draft]),
        undefined,
      ) ??
      alone(value, own);
    home.set(value.id, found);
    for (const node of operandsOf(value))
      readers.set(node.value.id, [...(readers.get(node.value.id) ?? []).filter((draft) => all.has(draft)), found]);
  }
  return [...all].filter((draft) => draft.values.length > 0);
};

const resolve = (draft: Draft, all: ReadonlySet<Draft>): Draft | undefined => (all.has(draft) ? draft : undefined);

/** The loops of a graph. */
export const groups = (values: readonly Value[]): readonly Group[] =>
  drafts(values).map(({ domain, levels, values: own }) => ({
    rows: domain.rows,
    columns: domain.columns,
    flat: domain.flat,
    direction: domain.direction ?? 'rows',
    members: own.toSorted((a, b) => a.id - b.id).map((value) => ({ value, level: levels.get(value.id) ?? 'inner' })),
  }));

/** The nodes that a group reads and does not make. */
export const readsOf = ({ members }: Group): readonly Node[] => {
  const own = new Set(members.map(({ value }) => value.id));
  return members.flatMap(({ value }) => operandsOf(value)).filter((node) => !own.has(node.value.id));
};
