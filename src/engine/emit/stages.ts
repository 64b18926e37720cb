/**
 * A fused group as the stages of a loop. A stage goes once over a line (a row, or a column) and computes inner values and
 * reductions; what depends on a reduction's result waits for the next stage. Inner values that a later stage reads again
 * are kept: in their own buffer if they have one, else in the loop's scratch.
 */
import * as S from '../../scalar/expr.ts';
import { substitute } from '../../scalar/substitute.ts';
import { type Access, accessOf } from '../fuse/domain.ts';
import type { Group } from '../fuse/group.ts';
import { constantOf, type Node, type Value } from '../graph/node.ts';

/** What an expression of a stage reads, under a name. */
export type Read =
  | { readonly name: string; readonly kind: 'access'; readonly access: Access }
  /** An inner value of an earlier stage. */
  | { readonly name: string; readonly kind: 'kept'; readonly value: Value }
  /** A value of the whole line. */
  | { readonly name: string; readonly kind: 'outer'; readonly value: Value };

export interface Result {
  readonly value: Value;
  readonly expr: S.Expr;
}

export interface Stage {
  readonly reads: readonly Read[];
  /** Inner values that are kept, in a buffer or in scratch. */
  readonly kept: readonly Result[];
  readonly reductions: readonly Result[];
  readonly watches: readonly Result[];
  /** What is computed of the line once the stage has gone over it. */
  readonly outer: readonly Result[];
  readonly outerWatches: readonly Result[];
  readonly outerReads: readonly Read[];
}

const nodeKey = ({ node, row, column }: Access): string => `${node.value.id}:${node.offset}:${row}:${column}`;

/** The stages of a group, of which some values are stored. */
export const stagesOf = (group: Group, stored: ReadonlySet<number>): readonly Stage[] => {
  const level = new Map(group.members.map(({ value, level: own }) => [value.id, own]));
  const stageOf = new Map<number, number>();
  const operandStage = (value: Value, nodes: readonly Node[]): number =>
    Math.max(
      0,
      ...nodes.map(({ value: operand }) => {
        const known = stageOf.get(operand.id);
        if (known === undefined) return 0;
        return level.get(operand.id) === 'outer' && level.get(value.id) === 'inner' ? known + 1 : known;
      }),
    );
  const nodesOf = ({ operation }: Value): readonly Node[] =>
    operation.kind === 'map'
      ? Object.values(operation.inputs)
      : operation.kind === 'sum' || operation.kind === 'max' || operation.kind === 'watch'
        ? [operation.of]
        : [];
  for (const { value } of group.members) stageOf.set(value.id, operandStage(value, nodesOf(value)));
  // An inner value is computed when it is first read, so that it need not be kept from an earlier stage.
  for (const { value, level: own } of group.members.toReversed())
    if (own === 'inner') {
      const readers = group.members.filter((other) => nodesOf(other.value).some((node) => node.value.id === value.id));
      const first = Math.min(...readers.map((reader) => stageOf.get(reader.value.id) ?? 0));
      if (readers.length > 0) stageOf.set(value.id, Math.max(stageOf.get(value.id) ?? 0, first));
    }
  const last = Math.max(0, ...stageOf.values());
  const later = new Set(
    group.members.flatMap(({ value, level: own }) =>
      own === 'outer' && value.operation.kind === 'map'
        ? []
        : nodesOf(value)
            .filter((node) => (stageOf.get(node.value.id) ?? last) < (stageOf.get(value.id) ?? 0))
            .map((node) => node.value.id),
    ),
  );

  const stage = (at: number): Stage => {
    const reads = new Map<string, Read>();
    const outerReads = new Map<string, Read>();
    const inner = new Map<number, S.Expr>();
    const outer = new Map<number, S.Expr>();
    const read = (into: Map<string, Read>, made: (name: string) => Read, key: string): S.Expr => {
      const name = `${into === reads ? 'x' : 'y'}${at}_${key}`;
      into.set(name, made(name));
      return S.input(name);
    };
    const exprOf = (node: Node, own: 'inner' | 'outer'): S.Expr => {
      const known = constantOf(node);
      if (known !== undefined) return S.constant(known);
      const into = own === 'inner' ? reads : outerReads;
      const { value } = node;
      const made = (own === 'inner' ? inner : outer).get(value.id);
      if (made !== undefined) return made;
      if (level.get(value.id) === 'outer')
        return read(into, (name) => ({ name, kind: 'outer', value }), `o${value.id}`);
      if (level.get(value.id) === 'inner') return read(into, (name) => ({ name, kind: 'kept', value }), `k${value.id}`);
      const access = own === 'inner' ? accessOf(node, group) : lineAccess(node, group);
      return read(into, (name) => ({ name, kind: 'access', access }), nodeKey(access).replaceAll(':', '_'));
    };
    const computed = (value: Value, own: 'inner' | 'outer'): S.Expr => {
      const { operation } = value;
      if (operation.kind === 'map')
        return substitute(
          Object.fromEntries(Object.entries(operation.inputs).map(([name, node]) => [name, exprOf(node, own)])),
        )(operation.expr);
      const [node] = nodesOf(value);
      if (node === undefined) throw new Error(`engine: ${operation.kind} is not computed in a loop`);
      return exprOf(node, own);
    };
    const here = group.members.filter(({ value }) => stageOf.get(value.id) === at);
    const results = here.map(({ value, level: own }) => {
      const reduces = value.operation.kind === 'sum' || value.operation.kind === 'max';
      const expr = computed(value, reduces ? 'inner' : own);
      if (value.operation.kind === 'map') (own === 'inner' ? inner : outer).set(value.id, expr);
      return { value, expr, level: own, kind: value.operation.kind };
    });
    const isWatch = (result: { readonly kind: string }): boolean => result.kind === 'watch';
    return {
      reads: [...reads.values()],
      kept: results.filter(
        ({ value, level: own, kind }) =>
          own === 'inner' && kind === 'map' && (stored.has(value.id) || later.has(value.id)),
      ),
      reductions: results.filter(({ kind }) => kind === 'sum' || kind === 'max'),
      watches: results.filter((result) => isWatch(result) && result.level === 'inner'),
      outer: results.filter(({ level: own, kind }) => own === 'outer' && kind === 'map'),
      outerWatches: results.filter((result) => isWatch(result) && result.level === 'outer'),
      outerReads: [...outerReads.values()],
    };
  };
  return Array.from({ length: last + 1 }, (_, at) => stage(at));
};

/** How an outer value reads what the loop does not make: an element a line, or one for all. */
const lineAccess = (node: Node, { direction, rows, columns }: Group): Access => {
  const length = direction === 'rows' ? rows : columns;
  const own = accessOf(node, { rows: 1, columns: length, flat: true });
  return direction === 'rows' ? { node, row: own.column, column: 0 } : { node, row: 0, column: own.column };
};

/** Inner values that no buffer holds and that a later stage reads. */
export const scratchOf = (stages: readonly Stage[], stored: ReadonlySet<number>): readonly Value[] =>
  stages.flatMap(({ kept }) => kept.map(({ value }) => value)).filter(({ id }) => !stored.has(id));
