/**
 * Parameter records as functors of what their leaves hold. `{ weight, bias }` of tensors, of gradients, of shapes and of
 * graph nodes are one *form* at different leaves; what walks a form is written once, here.
 *
 * Laws: `map` preserves identity and composition; `zip(f)(a, a) = map(x => f(x, x))(a)`; `entries` lists leaves in the
 * order in which they stand, each with its own path.
 */
import * as E from 'fp-ts/lib/Either.js';

/** A type-level function from the type of the leaves to the type of the record. */
export interface Form {
  readonly leaf: unknown;
  readonly of: unknown;
}
/** The record of form F whose leaves hold T. */
export type Of<F extends Form, T> = (F & { readonly leaf: T })['of'];

/** Where a leaf stands: keys and positions from the root, for example `['2', 'weight']`. */
export type Path = readonly string[];

/** How to walk two records of a form at once; everything else follows from it. */
export interface Tree<F extends Form> {
  /** Combines the leaves of two records pairwise, in order; the first failure ends it. */
  // A method, so that lists of layers type-check; see docs/decisions/0003.
  walk<L, A, B, C>(
    combine: (a: A, b: B, path: Path) => E.Either<L, C>,
    left: Of<F, A>,
    right: Of<F, B>,
    path: Path,
  ): E.Either<L, Of<F, C>>;
}

/** A single leaf. */
export interface LeafForm extends Form {
  readonly of: this['leaf'];
}
/** A record with no leaf. */
export interface EmptyForm extends Form {
  readonly of: Readonly<Record<never, never>>;
}
/** A record whose fields are forms. */
export interface RecordForm<R extends Readonly<Record<string, Form>>> extends Form {
  readonly of: { readonly [K in keyof R]: Of<R[K], this['leaf']> };
}
/** A list of forms: the parameters of layers that follow one another. */
export interface ListForm extends Form {
  readonly of: readonly unknown[];
}
/** The empty list. */
export interface NilForm extends Form {
  readonly of: readonly [];
}
/** A list with a first element. */
export interface ConsForm<F extends Form, R extends ListForm> extends Form {
  readonly of: readonly [Of<F, this['leaf']>, ...Of<R, this['leaf']>];
}

/**
 * The tree of a single leaf.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * Tree.map(Tree.leaf, (x: number) => x + 1, 1) // => 2
 * ```
 */
export const leaf: Tree<LeafForm> = { walk: (combine, a, b, path) => combine(a, b, path) };

const nothing = Object.freeze({});
/**
 * The tree without a leaf.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * Tree.leaves(Tree.empty, {}) // => []
 * ```
 */
export const empty: Tree<EmptyForm> = { walk: () => E.right(nothing) };

/**
 * The empty list.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * Tree.map(Tree.cons(0, Tree.leaf, Tree.nil), (x: number) => -x, [2]) // => [-2]
 * ```
 */
export const nil: Tree<NilForm> = { walk: () => E.right([]) };

/**
 * A tree of `first` followed by the elements of `rest`, at position `at` of the list.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const pair = Tree.cons(0, Tree.leaf, Tree.cons(1, Tree.leaf, Tree.nil));
 * Tree.map(pair, (n: number, path) => `${Tree.showPath(path)}: ${n}`, [3, 4]) // => ['0: 3', '1: 4']
 * ```
 */
export const cons = <F extends Form, R extends ListForm>(
  at: number,
  first: Tree<F>,
  rest: Tree<R>,
): Tree<ConsForm<F, R>> => ({
  walk: (combine, [a, ...as], [b, ...bs], path) => {
    const head = first.walk(combine, a, b, [...path, String(at)]);
    if (E.isLeft(head)) return head;
    const tail = rest.walk(combine, as, bs, path);
    return E.isLeft(tail) ? tail : E.right(Object.freeze([head.right, ...tail.right] as const));
  },
});

/**
 * A record of trees.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * Tree.map(tree, (_: number, path) => Tree.showPath(path), { weight: 3, bias: 4 })
 * // => { weight: 'weight', bias: 'bias' }
 * ```
 */
export const record = <R extends Readonly<Record<string, Form>>>(
  fields: {
    readonly [K in keyof R]: Tree<R[K]>;
  },
): Tree<RecordForm<R>> => ({
  walk: <L, A, B, C>(
    combine: (a: A, b: B, path: Path) => E.Either<L, C>,
    left: Of<RecordForm<R>, A>,
    right: Of<RecordForm<R>, B>,
    path: Path,
  ): E.Either<L, Of<RecordForm<R>, C>> => {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(fields)) {
      const done = fields[key as keyof R].walk(combine, left[key], right[key], [...path, key]); // a key of `fields` is a key of R
      if (E.isLeft(done)) return done;
      entries.push([key, done.right]);
    }
    // Each field was walked by the tree of its own form, so the record has the form that the fields spell.
    return E.right(Object.freeze(Object.fromEntries(entries)) as Of<RecordForm<R>, C>);
  },
});

const only: <A>(value: E.Either<never, A>) => A = E.toUnion;

/**
 * Applies a function to every leaf.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * Tree.map(tree, (n: number) => 2 * n, { weight: 3, bias: 4 }) // => { weight: 6, bias: 8 }
 * ```
 */
export const map = <F extends Form, A, B>(tree: Tree<F>, f: (a: A, path: Path) => B, of: Of<F, A>): Of<F, B> =>
  only(tree.walk<never, A, A, B>((a, _, path) => E.right(f(a, path)), of, of, []));

/**
 * Combines the leaves of two records pairwise.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * Tree.zip(tree, (m: number, n: number) => m + n, { weight: 3, bias: 4 }, { weight: 10, bias: 20 })
 * // => { weight: 13, bias: 24 }
 * ```
 */
export const zip = <F extends Form, A, B, C>(
  tree: Tree<F>,
  f: (a: A, b: B, path: Path) => C,
  left: Of<F, A>,
  right: Of<F, B>,
): Of<F, C> => only(tree.walk<never, A, B, C>((a, b, path) => E.right(f(a, b, path)), left, right, []));

/**
 * Applies a function that may fail to every leaf, in order: the first failure, or the record of the results.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * const root = (n: number) => (n < 0 ? E.left(`no root of ${n}`) : E.right(Math.sqrt(n)));
 * Tree.traverse(tree, root, { weight: 9, bias: -4 }) // => E.left('no root of -4')
 * ```
 */
export const traverse = <F extends Form, L, A, B>(
  tree: Tree<F>,
  f: (a: A, path: Path) => E.Either<L, B>,
  of: Of<F, A>,
): E.Either<L, Of<F, B>> => tree.walk<L, A, A, B>((a, _, path) => f(a, path), of, of, []);

/**
 * The leaves with their paths, in order.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * Tree.entries<Tree.RecordForm<{ weight: Tree.LeafForm; bias: Tree.LeafForm }>, number>(tree, { weight: 3, bias: 4 })
 * // => [[['weight'], 3], [['bias'], 4]]
 * ```
 */
export const entries = <F extends Form, A>(tree: Tree<F>, of: Of<F, A>): ReadonlyArray<readonly [Path, A]> => {
  const found: (readonly [Path, A])[] = [];
  map(tree, (a: A, path) => void found.push([path, a]), of);
  return found;
};

/**
 * The leaves, in order.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * const tree = Tree.record({ weight: Tree.leaf, bias: Tree.leaf });
 * Tree.leaves<Tree.RecordForm<{ weight: Tree.LeafForm; bias: Tree.LeafForm }>, number>(tree, { weight: 3, bias: 4 })
 * // => [3, 4]
 * ```
 */
export const leaves = <F extends Form, A>(tree: Tree<F>, of: Of<F, A>): readonly A[] =>
  entries<F, A>(tree, of).map(([, a]) => a);

/**
 * A path as text: `2.weight`.
 *
 * @example
 * ```ts
 * import { Tree } from 'nabla-ts';
 * Tree.showPath(['2', 'weight']) // => '2.weight'
 * ```
 */
export const showPath = (path: Path): string => path.join('.');
