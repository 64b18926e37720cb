/** Penalties: their values and gradients on random networks, their monoid and their codec. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { AnyLayer, Declaration } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import * as Penalty from '../../src/loss/penalty.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { divide, input, multiply } from '../../src/scalar/expr.ts';
import * as Failure from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { equals, generate, show, type Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, map, type Of, showPath, zip } from '../../src/tensor/tree.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { layers } from '../arbitrary/layers.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

/** A penalty and, per weight, what it costs and its derivative, in plain arithmetic. */
interface Known {
  readonly penalty: Penalty.Penalty;
  readonly cost: (w: number) => number;
  readonly slope: (w: number) => number;
}

/** Numbers that both formats have, as have their products with each other. */
const strengths = fc.integer({ min: 0, max: 256 }).map((n) => n / 64);
const ratios = fc.integer({ min: 0, max: 16 }).map((n) => n / 16);
const known: fc.Arbitrary<Known> = fc.oneof(
  strengths.map((s) => ({
    penalty: Penalty.l1(s),
    cost: (w: number) => s * Math.abs(w),
    slope: (w: number) => s * Math.sign(w),
  })),
  strengths.map((s) => ({ penalty: Penalty.l2(s), cost: (w: number) => (s / 2) * w * w, slope: (w: number) => s * w })),
  fc.tuple(strengths, ratios).map(([s, r]) => ({
    penalty: Penalty.elastic({ strength: s, ratio: r }),
    cost: (w: number) => s * (r * Math.abs(w) + ((1 - r) / 2) * w * w),
    slope: (w: number) => s * (r * Math.sign(w) + (1 - r) * w),
  })),
  fc.constant({ penalty: Penalty.none, cost: () => 0, slope: () => 0 }),
);

/** A layer's declaration with numbers at its leaves, some of them 0. */
interface Bench<P extends Form> {
  readonly declaration: Declaration<P>;
  readonly params: Of<P, Tensor>;
}

interface Sample {
  readonly layer: AnyLayer;
  readonly key: Key.Key;
  readonly dtype: 'f32' | 'f64';
}

const samples: fc.Arbitrary<Sample> = fc.record({ layer: layers, key: keys, dtype: dtypes });

const benchOf = ({ layer, key, dtype }: Sample): Bench<Form> => {
  const { params } = init(layer, key, dtype);
  let leaf = 0;
  return {
    declaration: layer.parameters,
    params: map(
      layer.parameters.tree,
      ({ shape }: Tensor) => {
        const noise = normals(shape, Key.foldIn(leaf++)(key));
        return generate(dtype, shape, (i) => (i % 5 === 3 ? 0 : (noise.data[i] ?? NaN)));
      },
      params,
    ),
  };
};

/** Each leaf with its role. */
const leavesOf = ({
  declaration,
  params,
}: Bench<Form>): ReadonlyArray<{ readonly path: string; readonly role: string; readonly value: Tensor }> =>
  entries<Form, { readonly role: string; readonly value: Tensor }>(
    declaration.tree,
    zip(
      declaration.tree,
      ({ role }: { readonly role: string }, value: Tensor) => ({ role, value }),
      declaration.specs,
      params,
    ),
  ).map(([path, { role, value }]) => ({ path: showPath(path), role, value }));

const showSample = ({ layer, key, dtype }: Sample): string =>
  `${JSON.stringify(layer.description)} in ${dtype}, key ${JSON.stringify(key.words)}`;

/** A sum of at most 2⁹ costs, each of fewer than 8 operations, all of one sign: 2¹⁰ units of rounding of the sum. */
const transcribed: Law = law(
  'value and gradient',
  'the value is the sum over the weights of what each costs, the gradient its slope at each weight and +0 at each bias',
  fc.tuple(samples, known),
  ([sample, { penalty, cost, slope }]) => {
    const bench = benchOf(sample);
    const { value, gradient } = Penalty.value(reference(sample.dtype), penalty, bench.declaration, bench.params);
    const u = sample.dtype === 'f32' ? 2 ** -24 : 2 ** -53;
    const leaves = leavesOf(bench);
    const gradients = entries<Form, Tensor>(bench.declaration.tree, gradient);
    const weights = leaves.filter(({ role }) => role === 'weight').flatMap(({ value: of }) => Array.from(of.data));
    const expected = weights.reduce((sum, w) => sum + cost(w), 0);
    const received = value.data[0] ?? NaN;
    return all(
      holds(value.shape.length === 0, 'shape []', `[${value.shape}]`),
      holds(Math.abs(expected - received) <= 2 ** 10 * u * expected, `${expected}`, `${received}`),
      ...leaves.map(({ path, role, value: of }, i): Verdict => {
        const found = gradients[i]?.[1];
        if (found === undefined || `${found.shape}` !== `${of.shape}`)
          return { expected: `a gradient of shape [${of.shape}]`, received: `${found && show(found)}`, where: path };
        return all(
          ...Array.from(of.data, (w, j): Verdict => {
            const [right, got] = [role === 'weight' ? slope(w) : 0, found.data[j] ?? NaN];
            return role === 'weight'
              ? holds(
                  Math.abs(right - got) <= 8 * u * (Math.abs(slope(1)) + Math.abs(right)),
                  `${right}`,
                  `${got} at ${path}`,
                )
              : same(0, got, path);
          }),
        );
      }),
    );
  },
  {
    runs: 100,
    show: ([sample, { penalty }]) => `${JSON.stringify(Penalty.describe(penalty))} of ${showSample(sample)}`,
  },
);

const equal = (bench: Bench<Form>, dtype: 'f32' | 'f64', left: Penalty.Penalty, right: Penalty.Penalty): Verdict => {
  const ops = reference(dtype);
  const [a, b] = [left, right].map((penalty) => Penalty.value(ops, penalty, bench.declaration, bench.params));
  if (a === undefined || b === undefined) return undefined;
  const gradients = (of: Penalty.Penalised<Form, Tensor>) => entries<Form, Tensor>(bench.declaration.tree, of.gradient);
  return all(
    equals(a.value, b.value) ? undefined : { expected: show(a.value), received: show(b.value) },
    ...gradients(a).map(([path, of], i): Verdict => {
      const other = gradients(b)[i]?.[1];
      return other !== undefined && equals(of, other)
        ? undefined
        : { expected: show(of), received: `${other && show(other)}`, where: showPath(path) };
    }),
    same(JSON.stringify(Penalty.describe(left)), JSON.stringify(Penalty.describe(right))),
  );
};

const monoid: Law = law(
  'monoid',
  'joining is associative, with none as its neutral element: equal values and gradients, bit for bit',
  fc.tuple(samples, known, known, known),
  ([sample, { penalty: a }, { penalty: b }, { penalty: c }]) => {
    const bench = benchOf(sample);
    const { concat, none } = Penalty;
    return all(
      equal(bench, sample.dtype, concat(concat(a, b), c), concat(a, concat(b, c))),
      equal(bench, sample.dtype, concat(none, a), a),
      equal(bench, sample.dtype, concat(a, none), a),
    );
  },
  { runs: 60, show: ([sample]) => showSample(sample) },
);

const quartic: Penalty.Penalty = Penalty.of({
  description: { kind: 'quartic' },
  cost: divide(multiply(multiply(input('weight'), input('weight')), multiply(input('weight'), input('weight'))), 4),
});

const roundTrip: Law = law(
  'descriptions',
  'a penalty that went through JSON is the same, one of one’s own too, by a registry that knows it',
  fc.tuple(samples, known, known, fc.boolean()),
  ([sample, { penalty: a }, { penalty: b }, own]) => {
    const penalty = own ? Penalty.concat(a, quartic) : Penalty.concat(a, b);
    const decoded = Penalty.decode({ ...Penalty.registry, quartic: () => E.right(quartic) })(
      JSON.parse(JSON.stringify(Penalty.describe(penalty))),
    );
    return E.isRight(decoded)
      ? equal(benchOf(sample), sample.dtype, penalty, decoded.right)
      : { expected: 'a penalty', received: Failure.show(decoded.left) };
  },
  { runs: 40, show: ([sample]) => showSample(sample) },
);

const malformed: Law = lawOf(
  'malformed descriptions',
  'are failures that say where and what',
  [
    [{ kind: 'l2', strength: 1 }, ['penalty']],
    [[{ kind: 'l3', strength: 1 }], ['penalty.0.kind', 'l1, l2', 'l3']],
    [[{ kind: 'l1', strength: 1 }, { kind: 'l2' }], ['penalty.1.strength']],
    [[{ kind: 'l1', strength: -1 }], ['penalty.0.strength', '-1']],
    [[{ kind: 'l1', strength: 1, ratio: 0 }], ['penalty.0.ratio', 'no such field']],
  ] as ReadonlyArray<readonly [unknown, readonly string[]]>, // A literal of mixed lists; the type says what they are.
  ([description, says]) => {
    const decoded = Penalty.decode(Penalty.registry)(description);
    if (E.isRight(decoded)) return { expected: 'a failure', received: 'a penalty' };
    const message = Failure.show(decoded.left);
    return holds(
      says.every((part) => message.includes(part)),
      `a message with ${says.join(', ')}`,
      message,
    );
  },
);

export const penaltyLaws: LawSet = lawSet('penalties', [transcribed, monoid, roundTrip, malformed]);
