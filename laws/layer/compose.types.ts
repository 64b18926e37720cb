/**
 * What must compile and what must not, checked by `tsc`: an `@ts-expect-error` fails where the line beneath compiles. The
 * messages' text is in the types that stand where a layer does not fit, so it is checked as types.
 */
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { Network } from '../../src/layer/network.ts';
import { init } from '../../src/layer/network.ts';
import type { SameInput } from '../../src/layer/parallel.ts';
import type { Checked } from '../../src/layer/sequential.ts';
import type { Sum } from '../../src/layer/sum.ts';
import type { Ops } from '../../src/ops/ops.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { EmptyForm } from '../../src/tensor/tree.ts';

/** Whether two types are the same type, not only assignable. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles where the type is `true`. */
const holds = <T extends true>(_proof?: T): void => {};

const [dense, tanh] = [Layer.dense, Activation.tanh];
declare const anyWidth: number;
declare const ops: Ops<Tensor>;
declare const x: Tensor;

// Shapes pass from layer to layer.
const network = Layer.sequential(dense(784, 128), tanh, dense(128, 10), Layer.softmax);
holds<Equal<typeof network.input, readonly [784]>>();
holds<Equal<typeof network.output, readonly [10]>>();

// Nested sequences, and parts without a shape of their own.
const nested = Layer.sequential(
  network,
  dense(10, 3),
  Layer.sequential(dense(3, 2), Layer.dropout(0.5)),
  Layer.batchNorm(),
);
holds<Equal<typeof nested.output, readonly [2]>>();

// Parameters are records of the layers' own forms.
const { params } = init(nested, Key.fromSeed(1));
const weight: Tensor = params[0][2].weight;
const scale: Tensor = params[3].scale;
void [weight, scale];
// @ts-expect-error an activation has no weight
void params[0][1].weight;
// @ts-expect-error there is no fifth layer
void params[4];

// A width known only at run time fits any, and is checked when the network is built.
const runtime = Layer.sequential(dense(3, anyWidth), tanh, dense(8, 2));
holds<Equal<typeof runtime.output, readonly [2]>>();

// @ts-expect-error dense(5, 2) takes [5], but is given [4]
Layer.sequential(dense(3, 4), tanh, dense(5, 2));
// @ts-expect-error the misfit may stand deeper
Layer.sequential(dense(3, 4), Layer.sequential(dense(4, 6), tanh), dense(4, 2));
// @ts-expect-error a reshape takes one shape
Layer.sequential(dense(3, 4), Layer.reshape([5], [5, 1]));
// @ts-expect-error not a layer
Layer.sequential(dense(3, 4), 'tanh');

// What stands in the misfit's place names both shapes.
type Misfit = Checked<
  readonly [4],
  readonly [typeof tanh, Layer.Layer<readonly [5], readonly [2], Layer.DenseForm, EmptyForm>]
>;
holds<Equal<Misfit[1], { readonly 'this layer takes': readonly [5]; readonly 'but is given': readonly [4] }>>();

// Residuals keep their shape.
const residual = Layer.residual(Layer.sequential(dense(4, 8), tanh, dense(8, 4)));
holds<Equal<typeof residual.output, readonly [4]>>();
// @ts-expect-error takes [4] but gives [8]
Layer.residual(dense(4, 8));

// Branches take the same input; their widths add up.
const wide = Layer.parallel(dense(3, 784), dense(3, 128), Layer.identity.at([3] as const));
holds<Equal<typeof wide.output, readonly [915]>>();
const open = Layer.parallel(dense(3, anyWidth), dense(3, 2));
holds<Equal<typeof open.output, readonly [number]>>();
// @ts-expect-error dense(4, 2) takes [4], but is given [3]
Layer.parallel(dense(3, 2), dense(4, 2));
type OtherBranch = SameInput<
  readonly [3],
  readonly [Layer.Layer<readonly [4], readonly [2], Layer.DenseForm, EmptyForm>]
>;
holds<Equal<OtherBranch[0], { readonly 'this branch takes': readonly [4]; readonly 'but is given': readonly [3] }>>();

// Sums of lengths, with carries.
holds<Equal<Sum<0, 0>, 0>>();
holds<Equal<Sum<1, 9>, 10>>();
holds<Equal<Sum<784, 128>, 912>>();
holds<Equal<Sum<99999, 1>, 100000>>();
holds<Equal<Sum<50257, 4096>, 54353>>();
holds<Equal<Sum<number, 3>, number>>();

// Parameters of one layer are not those of another.
// @ts-expect-error a dense layer needs a bias
dense(3, 2).forward(ops, { weight: x }, {}, x, Layer.inference());
// @ts-expect-error its parameters are tensors here
dense(3, 2).forward(ops, { weight: 1, bias: 2 }, {}, x, Layer.inference());

// A network whose types are not known does not pass for one whose types are.
declare const erased: Network<Shape, Shape, Layer.DenseForm, EmptyForm>;
// @ts-expect-error its input is not known to be [3]
const known: Network<readonly [3], readonly [2], Layer.DenseForm, EmptyForm> = erased;
void known;
