/** The kernels of a graph in the order in which they run. A loop that follows a product row by row runs as part of it. */
import { size } from '../../tensor/shape.ts';
import { constantOf, isDense, isWhole, type Node, operandsOf, reachable, type Value } from '../graph/node.ts';
import { accessOf } from './domain.ts';
import { type Group, groups, readsOf } from './group.ts';

export type Kernel =
  | { readonly kind: 'loop'; readonly group: Group }
  /** A product, and the loops that take each of its rows as soon as it is done. */
  | { readonly kind: 'matmul'; readonly value: Value; readonly loops: readonly Group[] }
  | { readonly kind: 'assemble' | 'bernoulli'; readonly value: Value };

export interface Schedule {
  readonly kernels: readonly Kernel[];
  /** The values that have a buffer: whatever is read by another kernel than the one that makes it, and results. */
  readonly stored: ReadonlySet<number>;
  /** Every value of the graph. */
  readonly values: readonly Value[];
}

/** The loops of a kernel. */
export const loopsOf = (kernel: Kernel): readonly Group[] =>
  kernel.kind === 'loop' ? [kernel.group] : kernel.kind === 'matmul' ? kernel.loops : [];

/** The values that a kernel makes. */
export const madeBy = (kernel: Kernel): readonly Value[] => [
  ...(kernel.kind === 'loop' ? [] : [kernel.value]),
  ...loopsOf(kernel).flatMap(({ members }) => members.map(({ value }) => value)),
];

/** The nodes that a kernel reads from buffers, those that it makes among them. */
export const readBy = (kernel: Kernel): readonly Node[] => [
  ...(kernel.kind === 'loop' ? [] : operandsOf(kernel.value)),
  ...loopsOf(kernel).flatMap((group) => readsOf(group).filter((node) => constantOf(node) === undefined)),
];

const isMade = ({ operation: { kind } }: Value): boolean => kind !== 'input' && kind !== 'constant';

/** Whether a loop can take a product's rows one after another: it goes over the same rows and reads them as they are. */
const follows = (group: Group, product: Value): boolean => {
  const [batch = 0, m = 0, n = 0] = product.shape;
  if (batch !== 1 || group.rows * group.columns !== m * n) return false;
  if (group.direction === 'columns') return false;
  if (!group.flat && (group.rows !== m || group.columns !== n)) return false;
  const reads = readsOf(group).filter((node) => node.value === product);
  // A group that reads the product's numbers as one for a row, or another's place, would come too early.
  return (
    reads.length > 0 &&
    reads.every(
      (node) => isWhole(node) && isDense(node) && accessOf(node, group).column === (group.columns === 1 ? 0 : 1),
    )
  );
};

/** A value that takes an input's place for the next step. */
export interface Replacement {
  readonly made: Value;
  readonly input: Value;
}

/**
 * Kernels sorted so that each comes after what it reads, otherwise as they were recorded. What replaces an input comes
 * after all else that reads it, where that can be, so that it can be written in its place.
 */
const ordered = (kernels: readonly Kernel[], replacements: readonly Replacement[]): readonly Kernel[] => {
  const maker = new Map(kernels.flatMap((kernel) => madeBy(kernel).map((value) => [value.id, kernel] as const)));
  const needs = new Map(
    kernels.map((kernel) => {
      const makers = readBy(kernel).map((node) => maker.get(node.value.id));
      return [kernel, new Set(makers.filter((other) => other !== undefined && other !== kernel))] as const;
    }),
  );
  const waitsFor = (kernel: Kernel, target: Kernel): boolean => {
    const seen = new Set<Kernel>();
    const waiting = [kernel];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (one === target) return true;
      if (seen.has(one)) continue;
      seen.add(one);
      for (const before of needs.get(one) ?? []) if (before !== undefined) waiting.push(before);
    }
    return false;
  };
  for (const { made, input } of replacements) {
    const writer = maker.get(made.id);
    if (writer === undefined) continue;
    // A loop that follows a product runs when the product does.
    const product = loopsOf(writer)
      .flatMap((group) => readsOf(group).filter(({ value }) => follows(group, value)))
      .map(({ value }) => maker.get(value.id))
      .find((kernel) => kernel?.kind === 'matmul');
    for (const target of product === undefined ? [writer] : [product, writer])
      for (const reader of kernels)
        if (
          reader !== writer &&
          reader !== target &&
          readBy(reader).some(({ value }) => value === input) &&
          !waitsFor(reader, target)
        )
          needs.get(target)?.add(reader);
  }
  const rank = (kernel: Kernel): number => Math.max(...madeBy(kernel).map(({ id }) => id));
  const done = new Set<Kernel>();
  const result: Kernel[] = [];
  const visit = (kernel: Kernel): void => {
    if (done.has(kernel)) return;
    done.add(kernel);
    for (const before of needs.get(kernel) ?? []) if (before !== undefined) visit(before);
    result.push(kernel);
  };
  for (const kernel of kernels.toSorted((a, b) => rank(a) - rank(b))) visit(kernel);
  return result;
};

/** Puts loops into the products that they follow, where all else that they read is there by then. */
const attached = (kernels: readonly Kernel[]): readonly Kernel[] => {
  const position = new Map<number, number>();
  for (const [i, kernel] of kernels.entries()) for (const value of madeBy(kernel)) position.set(value.id, i);
  const taken = new Map<number, Group[]>();
  const gone = new Set<number>();
  for (const [i, kernel] of kernels.entries()) {
    if (kernel.kind !== 'loop') continue;
    const { group } = kernel;
    const product = readsOf(group).find(
      ({ value }) => value.operation.kind === 'matmul' && follows(group, value),
    )?.value;
    if (product === undefined) continue;
    const at = position.get(product.id) ?? -1;
    const ready = readsOf(group).every(
      ({ value }) => !isMade(value) || value === product || (position.get(value.id) ?? i) < at,
    );
    if (!ready) continue;
    taken.set(at, [...(taken.get(at) ?? []), group]);
    gone.add(i);
  }
  return kernels.flatMap((kernel, i): readonly Kernel[] =>
    gone.has(i) ? [] : kernel.kind === 'matmul' ? [{ ...kernel, loops: taken.get(i) ?? [] }] : [kernel],
  );
};

/** The kernels that compute some results, of which some take the place of inputs. */
export const schedule = (results: readonly Node[], replacements: readonly Replacement[]): Schedule => {
  const values = reachable(results);
  const loops = groups(values);
  const kernels: readonly Kernel[] = [
    ...loops.map((group): Kernel => ({ kind: 'loop', group })),
    ...values.flatMap((value): readonly Kernel[] => {
      const { kind } = value.operation;
      return kind === 'matmul'
        ? [{ kind, value, loops: [] }]
        : kind === 'assemble' || kind === 'bernoulli'
          ? [{ kind, value }]
          : [];
    }),
  ];
  const sorted = attached(ordered(kernels, replacements));
  const stored = new Set([
    ...results.filter(({ value }) => isMade(value) && value.operation.kind !== 'watch').map(({ value }) => value.id),
    ...sorted.flatMap((kernel) => readBy(kernel).map(({ value }) => value.id)),
    ...sorted.flatMap((kernel) => (kernel.kind === 'loop' ? [] : [kernel.value.id])),
  ]);
  return { kernels: sorted, stored, values };
};

/** How many numbers a value has. */
export const lengthOf = (value: Value): number => size(value.shape);
