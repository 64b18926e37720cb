import { after, inside } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { random } from '../../src/ops/reference/random.ts';
import { size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, law, lawOf, lawSet, same, sameTensor, sameTensors, type Verdict } from '../law.ts';
import { contextOf } from './case.ts';
import {
  done,
  erased,
  gradientOf,
  inputOf,
  runFlat,
  sameDone,
  sequence,
  showThree,
  sumOf,
  type Three,
  threes,
} from './done.ts';
import { watchLaws } from './watch.ts';

/** c ∘ b ∘ a run by hand: forward one after another, gradients back in reverse. */
const chainRule = (three: Three): Verdict => {
  const { a, b, c, batch, training, key } = three;
  const whole = sequence(a, b, c);
  const { params, state, y, gradients, dx } = done(whole, three);
  const first = contextOf(training, random('f64', key));
  const [second, third] = [after(first, a), after(after(first, a), b)];
  const ra = runFlat(a, inputOf(whole, batch, key), params, state, inside(first, ['0']));
  const rb = runFlat(b, ra.y, ra.params, ra.state, inside(second, ['1']));
  const rc = runFlat(c, rb.y, rb.params, rb.state, inside(third, ['2']));
  const pc = rc.pullback(gradientOf(whole, batch, key));
  const pb = rb.pullback(pc.dx);
  const pa = ra.pullback(pb.dx);
  return all(
    sameTensor(rc.y, y, 'output'),
    sameTensors([...pa.gradients, ...pb.gradients, ...pc.gradients], gradients, 'gradient'),
    sameTensor(pa.dx, dx, 'gradient of the input'),
  );
};

const flattened = (layer: AnyLayer): AnyLayer => sequence(layer, Layer.flatten(layer.output));

/** Branches run by hand, each on the same input, their rows written one after another. */
const sideBySide = (three: Three): Verdict => {
  const { a, batch, training, key } = three;
  const branches = [a, a, a].map(flattened);
  const whole = erased(Layer.parallelOf(branches));
  const { params, state, y, gradients, dx } = done(whole, three);
  const x = inputOf(whole, batch, key);
  const width = size(a.output);
  const dy = gradientOf(whole, batch, key);
  let context = contextOf(training, random('f64', key));
  let left: { readonly params: readonly Tensor[]; readonly state: readonly Tensor[] } = { params, state };
  const runs = branches.map((branch) => {
    const run = runFlat(branch, x, left.params, left.state, context);
    context = after(context, branch);
    left = run;
    return run;
  });
  const expected = generate('f64', y.shape, (k) => {
    const [row, column] = [Math.floor(k / (3 * width)), k % (3 * width)];
    return runs[Math.floor(column / width)]?.y.data[row * width + (column % width)] ?? NaN;
  });
  const back = runs.map((run, branch) =>
    run.pullback(
      generate(
        'f64',
        [batch, width],
        (k) => dy.data[Math.floor(k / width) * 3 * width + branch * width + (k % width)] ?? NaN,
      ),
    ),
  );
  return all(
    sameTensor(expected, y, 'output'),
    sameTensors(
      back.flatMap((pulled) => pulled.gradients),
      gradients,
      'gradient',
    ),
    sameTensor(sumOf(back.map((pulled) => pulled.dx)), dx, 'gradient of the input'),
  );
};

/** x + f(x), and dy + f's own gradient. */
const besideIdentity = (three: Three): Verdict => {
  const back = [Layer.flatten(three.a.output), Layer.dense(size(three.a.output), size(three.a.input))];
  const f = sequence(three.a, ...back, Layer.reshape([size(three.a.input)], three.a.input));
  const [own, beside] = [done(f, three), done(Layer.residual(f), three)];
  return all(
    sameTensor(sumOf([inputOf(f, three.batch, three.key), own.y]), beside.y, 'output'),
    sameTensors(own.params, beside.params, 'initial parameter'),
    sameTensors(own.gradients, beside.gradients, 'gradient'),
    sameTensor(sumOf([gradientOf(f, three.batch, three.key), own.dx]), beside.dx, 'gradient of the input'),
  );
};

const options = { runs: 20, show: showThree };

const laws: readonly Law[] = [
  law(
    'identity: sequential(identity, a) = a = sequential(a, identity)',
    'equal leaves, outputs, states and gradients, bit for bit',
    threes,
    (three) => {
      const alone = done(three.a, three);
      return all(
        sameDone(alone, done(sequence(Layer.identity.at(three.a.input), three.a), three)),
        sameDone(alone, done(sequence(three.a, Layer.identity.at(three.a.output)), three)),
        sameDone(alone, done(sequence(three.a), three)),
      );
    },
    options,
  ),
  law(
    'an empty sequence is the identity',
    'equal outputs and gradients, and no leaves',
    threes,
    (three) =>
      sameDone(
        done(Layer.identity.at(three.a.input), three),
        done(erased(Layer.sequentialOf(three.a.input, [])), three),
      ),
    { ...options, runs: 10 },
  ),
  law(
    'associativity',
    'sequential(a, sequential(b, c)), sequential(sequential(a, b), c) and sequential(a, b, c) begin with equal leaves, in one order, and give equal outputs, states and gradients, masks included, bit for bit',
    threes,
    (three) => {
      const { a, b, c } = three;
      const flatDone = done(sequence(a, b, c), three);
      return all(
        sameDone(flatDone, done(sequence(a, sequence(b, c)), three)),
        sameDone(flatDone, done(sequence(sequence(a, b), c), three)),
      );
    },
    options,
  ),
  law(
    'chain rule',
    'the output and gradients of sequential(a, b, c) are those of a, then b, then c, pulled back by hand in reverse',
    threes,
    chainRule,
    options,
  ),
  law('parallel', 'outputs side by side, and gradients of the input summed, as by hand', threes, sideBySide, options),
  law('residual', 'y = x + f(x), dx = dy + f’s dx, with f’s own leaves', threes, besideIdentity, options),
  lawOf(
    'minimumBatch is the greatest of the parts',
    'wherever the part stands that needs two examples',
    [0, 1, 2],
    (place) => {
      const parts = [0, 1, 2].map((at) => (at === place ? Layer.batchNorm().at([3]) : Layer.dense(3, 3)));
      const whole = sequence(...parts);
      return all(
        same(2, whole.minimumBatch, 'sequential'),
        same(2, erased(Layer.parallelOf(parts)).minimumBatch, 'parallel'),
        same(2, Layer.residual(whole).minimumBatch, 'residual'),
        same(1, sequence(Layer.dense(3, 3), Layer.layerNorm().at([3])).minimumBatch, 'without batch norm'),
        same(1, erased(Layer.parallelOf([Layer.dense(3, 3), Layer.dense(3, 3)])).minimumBatch, 'parallel without'),
      );
    },
  ),
];

/** Laws of composition. */
export const compositionLaws: LawSet = lawSet('composition', [...laws, ...watchLaws]);
