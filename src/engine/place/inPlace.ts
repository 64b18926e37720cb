/**
 * Which results may be written where an input lies, whose place they take for the next step: those made by a loop that is
 * the last to read the input, and that reads each of its numbers just before it writes the one that follows it.
 */
import { size } from '../../tensor/shape.ts';
import { stagesOf } from '../emit/stages.ts';
import type { Group } from '../fuse/group.ts';
import { type Kernel, loopsOf, madeBy, readBy, type Schedule } from '../fuse/schedule.ts';
import { isWhole, operandsOf, type Value } from '../graph/node.ts';

/** Whether a group reads an input only at the element that it then writes. */
const inStep = (group: Group, made: Value, input: Value, stored: ReadonlySet<number>): boolean => {
  const level = group.members.find(({ value }) => value === made)?.level;
  const readers = group.members.filter(({ value }) => operandsOf(value).some((node) => node.value === input));
  const same = readers.every(
    ({ value, level: own }) =>
      own === level && operandsOf(value).every((node) => node.value !== input || isWhole(node)),
  );
  return same && (level === 'outer' || stagesOf(group, stored).length === 1);
};

const allows = (kernels: readonly Kernel[], stored: ReadonlySet<number>, made: Value, input: Value): boolean => {
  const at = kernels.findIndex((kernel) => madeBy(kernel).includes(made));
  const kernel = kernels[at];
  if (kernel === undefined || size(made.shape) !== size(input.shape)) return false;
  const group = loopsOf(kernel).find(({ members }) => members.some(({ value }) => value === made));
  if (group === undefined) return false;
  if (kernels.slice(at + 1).some((later) => readBy(later).some(({ value }) => value === input))) return false;
  const beside = kernel.kind === 'matmul' ? operandsOf(kernel.value) : [];
  if (beside.some(({ value }) => value === input)) return false;
  const others = loopsOf(kernel).filter((other) => other !== group);
  if (others.some((other) => other.members.some(({ value }) => operandsOf(value).some((node) => node.value === input))))
    return false;
  return inStep(group, made, input, stored);
};

/** For each value that is made in an input's place, that input. */
export const inPlace = (
  { kernels, stored }: Schedule,
  pairs: ReadonlyArray<{ readonly made: Value; readonly input: Value }>,
): ReadonlyMap<number, Value> => {
  const taken = new Map<number, Value>();
  for (const { made, input } of pairs)
    if (!taken.has(made.id) && allows(kernels, stored, made, input)) taken.set(made.id, input);
  return taken;
};
