/** Trees: parameter records are functors, walked in one order. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Tree from '../../src/tensor/tree.ts';
import { all, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';

/** A tree with numbers at its leaves, and the same numbers and paths in the order in which they were put there. */
interface Sample {
  readonly tree: Tree.Tree<Tree.Form>;
  readonly values: unknown;
  readonly listed: ReadonlyArray<readonly [path: string, value: number]>;
}

const under = (name: string, { listed }: Sample): Sample['listed'] =>
  listed.map(([path, value]) => [path === '' ? name : `${name}.${path}`, value]);

const numbers = fc.integer({ min: -99, max: 99 });
const leaf: fc.Arbitrary<Sample> = numbers.map((n) => ({ tree: Tree.leaf, values: n, listed: [['', n]] }));

const recordOf = (fields: Readonly<Record<string, Sample>>): Sample => ({
  tree: Tree.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.tree]))),
  values: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.values])),
  listed: Object.entries(fields).flatMap(([name, field]) => under(name, field)),
});

const listOf = (elements: readonly Sample[]): Sample => ({
  tree: elements.reduceRight<Tree.Tree<Tree.ListForm>>(
    (rest, element, at) => Tree.cons(at, element.tree, rest),
    Tree.nil,
  ),
  values: elements.map(({ values }) => values),
  listed: elements.flatMap((element, at) => under(String(at), element)),
});

const samples: fc.Arbitrary<Sample> = fc.letrec<{ readonly tree: Sample }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.constant({ tree: Tree.empty, values: {}, listed: [] }),
    fc.dictionary(fc.constantFrom('weight', 'bias', 'scale', 'gate'), tie('tree'), { maxKeys: 3 }).map(recordOf),
    fc.array(tie('tree'), { maxLength: 3 }).map(listOf),
  ),
})).tree;

const equal = (expected: unknown, received: unknown, where: string): Verdict =>
  same(JSON.stringify(expected), JSON.stringify(received), where);

const f = (n: number): number => 3 * n + 1;
const g = (n: number): string => `${n}`;

const functor: Law = law(
  'functor',
  'map preserves identity and composition, and applies the function to every leaf once, in order',
  samples,
  ({ tree, values, listed }) => {
    const seen: number[] = [];
    Tree.map(
      tree,
      (n: number) => {
        seen.push(n);
        return n;
      },
      values,
    );
    return all(
      equal(
        values,
        Tree.map(tree, (n: number) => n, values),
        'identity',
      ),
      equal(
        Tree.map(tree, (n: number) => g(f(n)), values),
        Tree.map(tree, g, Tree.map(tree, f, values)),
        'composition',
      ),
      equal(
        listed.map(([, n]) => n),
        seen,
        'order',
      ),
    );
  },
);

const entries: Law = law(
  'entries and leaves',
  'list every leaf with its path, in the order in which they stand; every path is its own',
  samples,
  ({ tree, values, listed }) => {
    const found = Tree.entries<Tree.Form, number>(tree, values);
    return all(
      equal(
        listed,
        found.map(([path, n]) => [Tree.showPath(path), n]),
        'entries',
      ),
      equal(
        listed.map(([, n]) => n),
        Tree.leaves<Tree.Form, number>(tree, values),
        'leaves',
      ),
      same(found.length, new Set(found.map(([path]) => JSON.stringify(path))).size, 'different paths'),
    );
  },
);

const zips: Law = law(
  'zip',
  'combines corresponding leaves: zip(first) is the left record, zip(second) the right, zip(f)(a, a) = map(x => f(x, x))(a), and tells the same paths',
  samples,
  ({ tree, values }) => {
    const other = Tree.map(tree, (n: number) => 1000 + n, values);
    return all(
      equal(
        values,
        Tree.zip(tree, (a: number) => a, values, other),
        'first',
      ),
      equal(
        other,
        Tree.zip(tree, (_: number, b: number) => b, values, other),
        'second',
      ),
      equal(
        Tree.map(tree, (n: number) => n * n, values),
        Tree.zip(tree, (a: number, b: number) => a * b, values, values),
        'with itself',
      ),
      equal(
        Tree.map(tree, (_: number, path) => Tree.showPath(path), values),
        Tree.zip(tree, (_: number, __: number, path) => Tree.showPath(path), values, other),
        'paths',
      ),
    );
  },
);

const traversals: Law = law(
  'traverse',
  'gives the record of the results, or the first failure in order, having asked for nothing after it',
  fc.tuple(samples, fc.nat(9)),
  ([{ tree, values, listed }, bad]) => {
    const asked: string[] = [];
    const result = Tree.traverse<Tree.Form, string, number, number>(
      tree,
      (n, path) => {
        asked.push(Tree.showPath(path));
        return asked.length === bad + 1 ? E.left(`${Tree.showPath(path)}: ${n}`) : E.right(f(n));
      },
      values,
    );
    const culprit = listed[bad];
    return culprit === undefined
      ? equal(E.right(Tree.map(tree, f, values)), result, 'the record')
      : all(
          equal(E.left(`${culprit[0]}: ${culprit[1]}`), result, 'the failure'),
          equal(
            listed.slice(0, bad + 1).map(([path]) => path),
            asked,
            'what was asked for',
          ),
        );
  },
);

export const treeLaws: LawSet = lawSet('trees', [functor, entries, zips, traversals]);
