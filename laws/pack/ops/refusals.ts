/** What does not fit is refused, naming what does not fit. */
import { add, transposed } from '../../../src/ops/derived.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { input } from '../../../src/scalar/expr.ts';
import { type Tensor, zeros } from '../../../src/tensor/tensor.ts';
import { code, type LawSet, lawOf, lawSet, type Verdict } from '../../law.ts';
import type { Under } from './algebra.ts';

interface Refusal {
  readonly name: string;
  readonly attempt: () => unknown;
  /** What the message must name. */
  readonly names: readonly string[];
}

const a = zeros('f32', [2, 3]);
const b = zeros('f32', [4, 3]);
const other = zeros('f64', [2, 3]);

const refusals = (ops: Ops<Tensor>): readonly Refusal[] => [
  { name: 'map', attempt: () => add(ops, a, b), names: ['map', '[2,3]', '[4,3]'] },
  { name: 'map [1] is no scalar', attempt: () => add(ops, a, zeros('f32', [1])), names: ['[2,3]', '[1]'] },
  {
    name: 'map without an input',
    // The type says that no input is missing; an expression that was read from a file is only known to be one.
    attempt: () => ops.map<string>(input('y'), { x: a }),
    names: ['"y"', 'x'],
  },
  { name: 'map of formats', attempt: () => add(ops, a, other), names: ['map', 'f64', 'f32'] },
  { name: 'reshape', attempt: () => ops.reshape([5], a), names: ['reshape', '[2,3]', '[5]'] },
  { name: 'reshape to no shape', attempt: () => ops.reshape([-2, -3], a), names: ['[2,3]', '[-2,-3]'] },
  { name: 'reshape to half a row', attempt: () => ops.reshape([1.5, 4], a), names: ['[2,3]', '[1.5,4]'] },
  { name: 'transpose too little', attempt: () => ops.transpose([0], a), names: ['transpose', '[0]', '[2,3]'] },
  { name: 'transpose twice the same', attempt: () => ops.transpose([0, 0], a), names: ['[0,0]', '[2,3]'] },
  { name: 'transpose a vector', attempt: () => transposed(ops, zeros('f32', [3])), names: ['transpose', '[3]'] },
  { name: 'broadcast', attempt: () => ops.broadcast([4, 3], a), names: ['broadcast', '[2,3]', '[4,3]'] },
  { name: 'broadcast to more axes', attempt: () => ops.broadcast([1, 2, 3], a), names: ['[2,3]', '[1,2,3]'] },
  {
    name: 'broadcast to no length',
    attempt: () => ops.broadcast([2.5], zeros('f32', [1])),
    names: ['broadcast', '[1]', '[2.5]'],
  },
  { name: 'sum', attempt: () => ops.sum([2], a), names: ['sum', '[2]', '[2,3]'] },
  { name: 'sum twice over one axis', attempt: () => ops.sum([1, 1], a), names: ['sum', '[1,1]', '[2,3]'] },
  { name: 'max', attempt: () => ops.max([-1], a), names: ['max', '[-1]', '[2,3]'] },
  { name: 'slice an axis', attempt: () => ops.slice(2, 0, 1, a), names: ['slice', '2', '[2,3]'] },
  { name: 'slice beyond', attempt: () => ops.slice(0, 1, 3, a), names: ['slice', '1–3', '[2,3]'] },
  { name: 'slice backwards', attempt: () => ops.slice(0, 2, 1, a), names: ['slice', '2–1', '[2,3]'] },
  { name: 'slice between', attempt: () => ops.slice(0, 0.5, 1.5, a), names: ['slice', '0.5–1.5', '[2,3]'] },
  { name: 'pad', attempt: () => ops.pad(0, -1, 0, a), names: ['pad', '-1', '[2,3]'] },
  { name: 'pad by halves', attempt: () => ops.pad(0, 0.5, 0.5, a), names: ['pad', '0.5', '[2,3]'] },
  {
    name: 'concatenate',
    attempt: () => ops.concatenate(1, [a, b]),
    names: ['concatenate', '[4,3]', '[2,3]'],
  },
  { name: 'concatenate nothing', attempt: () => ops.concatenate(0, []), names: ['concatenate'] },
  { name: 'concatenate ranks', attempt: () => ops.concatenate(0, [zeros('f32', [3]), a]), names: ['[2,3]', '[3]'] },
  { name: 'matmul', attempt: () => ops.matmul(a, b), names: ['matmul', '[2,3]', '[4,3]'] },
  {
    name: 'matmul of batches',
    attempt: () => ops.matmul(zeros('f32', [2, 1, 1]), zeros('f32', [3, 1, 1])),
    names: ['matmul', '[2,1,1]', '[3,1,1]'],
  },
  { name: 'matmul of a vector', attempt: () => ops.matmul(zeros('f32', [3]), b), names: ['matmul', '[3]', '[4,3]'] },
  { name: 'matmul of formats', attempt: () => ops.matmul(other, b), names: ['matmul', 'f64', 'f32'] },
  { name: 'iota', attempt: () => ops.iota(-1), names: ['[-1]'] },
];

/** The message of what an attempt throws. */
const thrownBy = ({ attempt }: Refusal): string | undefined => {
  try {
    attempt();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
};

const refused = (refusal: Refusal): Verdict =>
  thrownBy(refusal) === undefined ? { expected: 'a refusal', received: 'a result', where: refusal.name } : undefined;

const named = (refusal: Refusal): Verdict => {
  const message = thrownBy(refusal) ?? '';
  const missing = refusal.names.filter((part) => !message.includes(part));
  return missing.length === 0
    ? undefined
    : { expected: `a message that names ${refusal.names.join(', ')}`, received: message, where: refusal.name };
};

/** The laws of what is refused; in f32, as shapes know no formats. */
export const refusalLaws = ({ of }: Under): LawSet => {
  const all = refusals(of('f32'));
  const show = ({ name, names }: Refusal): string => code({ attempt: name, names });
  return lawSet('refusals', [
    lawOf('what does not fit is refused', 'shapes, axes and formats that do not fit throw', all, refused, {
      show,
      formula: 'shapes of x do not fit f ⇒ f(x) throws',
    }),
    lawOf(
      'refusals name what does not fit',
      'the message of a refusal names the operation and the shapes',
      all,
      named,
      {
        show,
        formula: 'f(x) throws e ⇒ e.message ∋ f, shape x',
      },
    ),
  ]);
};
