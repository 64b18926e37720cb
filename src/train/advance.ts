/**
 * Further steps of an epoch on an engine: bit for bit those of `stepOf`, which defines them. The state goes into a machine's
 * memory once and stays there as long as the run goes on; what comes out are fresh immutable values.
 *
 * Where a step leaves the finite numbers the engine only knows that it did: the steps before it are made again and the
 * reference takes that one, to say in which layer it began.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Engine, Lent } from '../engine/engine.ts';
import type { Plan as Emitted, Place } from '../engine/plan.ts';
import { draw } from '../engine/run/draw.ts';
import {
  type Compiled,
  gather,
  type Loaded,
  placeOf,
  read,
  readNumber,
  write,
  writeNumber,
} from '../engine/run/machine.ts';
import { clear, isMarked } from '../engine/run/marks.ts';
import type { Numbers } from '../optimizer/numbers.ts';
import type { Decision, Slots } from '../optimizer/optimizer.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Key } from '../tensor/key.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form, Of } from '../tensor/tree.ts';
import { augmented } from './augment.ts';
import { type Batches, inOrder, stepKey } from './batches.ts';
import { close } from './close.ts';
import { computationOf, MEASURED, MOVED, SCALAR, taskOf } from './computation.ts';
import { shareOfRows } from './evaluate.ts';
import { type Examples, take as takeRows } from './examples.ts';
import { areNames, type Known } from './known.ts';
import type { Plan } from './plan.ts';
import { named, recordOf } from './predict.ts';
import type { State } from './state.ts';
import { stepOf } from './step.ts';

/** What a memory holds. */
interface Held<P extends Form, S extends Form> {
  readonly params: Of<P, Tensor>;
  readonly layerState: Of<S, Tensor>;
  readonly vectors: Slots<P, Tensor>['vectors'];
}

/** From the batches of an epoch and a state, the state so many steps on, or at the epoch's end. */
export type Advance<In extends Shape, Out extends Shape, P extends Form, S extends Form> = (
  batches: Batches,
) => (state: State<In, Out, P, S>, steps: number) => E.Either<Failure, State<In, Out, P, S>>;

/** Step after step, by the reference. */
const slowly =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    plan: Plan<In, Out, P, S>,
  ): Advance<In, Out, P, S> =>
  (batches) => {
    const next = stepOf(plan)(batches);
    return (state, steps) => {
      let at = E.right<Failure, State<In, Out, P, S>>(state) as E.Either<Failure, State<In, Out, P, S>>;
      for (let i = 0; i < steps && E.isRight(at); i++) at = next(at.right);
      return at;
    };
  };

const PARTS = ['inputs', 'targets', 'weights'] as const;

/** The numbers of each step of an epoch. */
interface Tally {
  numbers: Numbers;
  loss: number;
  penalty: number;
  share: number;
  last: number;
}

export const advance = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  plan: Plan<In, Out, P, S>,
  engine: Engine,
): Advance<In, Out, P, S> => {
  const { config, ops } = plan;
  const { dtype } = ops;
  const { layer, loss, optimizer, data, augment } = config;
  const { parameters } = layer;
  const reference = slowly(plan);
  const owner = {};
  // What the memory of the machine used last holds, so that a state that was just made need not go in again.
  let held: Held<P, S> | undefined;

  const put = ({ machine }: Lent, { plan: { inputs } }: Loaded, state: Held<P, S>): void => {
    const all = [
      ...named<P, Tensor>('p', parameters.tree, state.params),
      ...named<S, Tensor>('s', layer.state.tree, state.layerState),
      ...Object.entries(state.vectors).flatMap(([name, vector]) =>
        named<P, Tensor>(`v.${name}`, parameters.tree, vector),
      ),
    ];
    for (const [name, tensor] of all) write(machine, placeOf(inputs, name), tensor);
  };
  const take = ({ machine }: Lent, { plan: { inputs } }: Loaded): Held<P, S> => {
    const find = (name: string): Tensor => read(machine, dtype, placeOf(inputs, name));
    return {
      params: recordOf<P, Tensor>('p', parameters.tree, parameters.specs, find),
      layerState: recordOf<S, Tensor>('s', layer.state.tree, layer.state.specs, find),
      vectors: Object.freeze(
        Object.fromEntries(
          Object.keys(optimizer.vectors).map((name) => [
            name,
            recordOf<P, Tensor>(`v.${name}`, parameters.tree, parameters.specs, find),
          ]),
        ),
      ),
    };
  };

  // Found by what tells them apart, so that a step does not build a name to look up.
  const found = new Map<number | undefined, Map<string | undefined, Known>>();
  const compiledFor = (rows: number | undefined, decision: Decision): E.Either<string, Compiled> => {
    const known = found.get(rows)?.get(decision.run?.phase);
    if (known !== undefined && areNames(known.scalars, decision.run?.scalars ?? {})) return known.made;
    const task = taskOf(rows, decision);
    const made = engine.prepare(computationOf(plan, task));
    found.set(rows, (found.get(rows) ?? new Map()).set(decision.run?.phase, { made, scalars: task.scalars }));
    return made;
  };
  /** The scalars that a plan reads, by the names that the optimizer has for them. */
  const scalarPlaces = new Map<Emitted, ReadonlyArray<readonly [string, Place]>>();
  const scalarsOf = (of: Emitted): ReadonlyArray<readonly [string, Place]> => {
    const known = scalarPlaces.get(of);
    if (known !== undefined) return known;
    const places = [...of.inputs].flatMap(([name, place]) =>
      name.startsWith(SCALAR) ? [[name.slice(SCALAR.length), place] as const] : [],
    );
    scalarPlaces.set(of, places);
    return places;
  };

  /** The rows that a step is made on, and of which examples: of the data, or all that an augmentation made of them. */
  const given = (rows: Batches[number], step: number, key: Key): E.Either<Failure, readonly [Examples, typeof rows]> =>
    augment === undefined
      ? E.right([data, rows])
      : pipe(
          augmented(config, augment, step)(key, takeRows(rows)(data)),
          E.map((made) => [made, inOrder(rows.length)]),
        );
  /** The optimizer's further phases, and the numbers that it ends with; `undefined` where a plan cannot be made. */
  const settle = (lent: Lent, first: Decision, loaded: Loaded): Numbers | undefined => {
    let decision = first;
    let at = loaded;
    while (decision.run !== undefined) {
      const { phase } = decision.run;
      const readings: Record<string, number> = {};
      for (const [name, place] of at.plan.results)
        if (name.startsWith('reading.'))
          readings[name.slice('reading.'.length)] = readNumber(lent.machine, dtype, place);
      decision = optimizer.decide(decision.numbers, { phase, readings });
      if (decision.run === undefined) break;
      const compiled = compiledFor(undefined, decision);
      if (E.isLeft(compiled)) return undefined;
      at = lent.machine.load(compiled.right);
      scalarsIn(lent, at, decision);
      clear(lent.machine, MOVED);
      at.run();
    }
    return decision.numbers;
  };
  const scalarsIn = ({ machine }: Lent, { plan: of }: Loaded, { run }: Decision): void => {
    if (run === undefined) return;
    for (const [name, place] of scalarsOf(of)) writeNumber(machine, dtype, place, run.scalars[name] ?? Number.NaN);
  };

  /** Makes steps until their number, or until one is not finite; how many were made, or `undefined` where a plan cannot be made. */
  const go = (
    lent: Lent,
    batches: Batches,
    state: State<In, Out, P, S>,
    steps: number,
    tally: Tally,
  ): { readonly made: number; readonly loaded: Loaded | undefined } | undefined => {
    let loadedLast: Loaded | undefined;
    for (let i = 0; i < steps; i++) {
      const batch = given(batches[state.progress.batch + i] ?? [], state.step + i, state.key);
      // The reference says again what is wrong with it.
      if (E.isLeft(batch)) return { made: i, loaded: loadedLast };
      const [examples, rows] = batch.right;
      const decision = optimizer.decide(tally.numbers);
      const compiled = compiledFor(rows.length, decision);
      // never: what compiled for the first batch compiles for a smaller one
      if (E.isLeft(compiled)) return undefined;
      const loaded = lent.machine.load(compiled.right);
      if (i === 0) {
        if (lent.owner !== owner || !isHeld(state)) put(lent, loaded, heldOf(state));
        lent.owner = owner;
        held = undefined;
        clear(lent.machine, MEASURED);
        clear(lent.machine, MOVED);
      }
      const { inputs, results } = loaded.plan;
      for (const name of PARTS) {
        const [place, tensor] = [inputs.get(name), examples[name]];
        if (place !== undefined && tensor !== undefined) gather(lent.machine, place, tensor, rows);
      }
      scalarsIn(lent, loaded, decision);
      if (layer.sites > 0) draw(lent.machine, loaded.plan, stepKey(state.step + i)(state.key));
      const judged = optimizer.tries?.(tally.numbers) ?? false;
      loaded.run();
      if (isMarked(lent.machine, dtype, MEASURED)) {
        if (!judged) return { made: i, loaded: loadedLast };
        clear(lent.machine, MEASURED);
      }
      // Read at once: what another phase computes may take the places of this one.
      const value = readNumber(lent.machine, dtype, placeOf(results, 'loss'));
      const penaltyAt = results.get('penalty');
      const penalty = penaltyAt === undefined ? 0 : readNumber(lent.machine, dtype, penaltyAt);
      const numbers = settle(lent, decision, loaded);
      if (numbers === undefined) return undefined;
      if (isMarked(lent.machine, dtype, MOVED)) return { made: i, loaded: loadedLast };
      const share = shareOfRows(loss, examples, rows);
      tally.numbers = numbers;
      tally.last = value;
      tally.loss += value * share;
      tally.share += share;
      tally.penalty += penalty;
      loadedLast = loaded;
    }
    return { made: steps, loaded: loadedLast };
  };
  const heldOf = ({ params, layerState, slots }: State<In, Out, P, S>): Held<P, S> => ({
    params,
    layerState,
    vectors: slots.vectors,
  });
  const isHeld = ({ params, layerState, slots }: State<In, Out, P, S>): boolean =>
    held !== undefined && held.params === params && held.layerState === layerState && held.vectors === slots.vectors;

  const run = (
    lent: Lent,
    batches: Batches,
    state: State<In, Out, P, S>,
    steps: number,
  ): E.Either<Failure, State<In, Out, P, S>> => {
    const { progress } = state;
    const tally: Tally = { ...progress, numbers: state.slots.numbers, last: Number.NaN };
    const gone = go(lent, batches, state, steps, tally);
    if (gone === undefined) return reference(batches)(state, steps);
    const { made, loaded } = gone;
    if (made < steps) {
      const before = run(lent, batches, state, made);
      // never: these steps were made once before
      return E.isLeft(before) ? before : reference(batches)(before.right, steps - made);
    }
    // No step was asked for: there were none before the one that is left to the reference.
    if (loaded === undefined) return E.right(state);
    const now = take(lent, loaded);
    held = now;
    const next: State<In, Out, P, S> = Object.freeze({
      ...state,
      layer,
      optimizer,
      params: now.params,
      layerState: now.layerState,
      slots: Object.freeze({ numbers: tally.numbers, vectors: now.vectors }),
      step: state.step + steps,
      progress: Object.freeze({
        batch: progress.batch + steps,
        rows: plan.rows,
        size: plan.size,
        loss: tally.loss,
        penalty: tally.penalty,
        share: tally.share,
      }),
    });
    if (progress.batch + steps < plan.batches) return E.right(next);
    // A single batch was measured at the parameters before the step, and its loss needs no averaging.
    return close(plan, engine, plan.batches === 1 ? { params: state.params, loss: tally.last } : undefined)(next);
  };

  return (batches) => (state, steps) => {
    const some = Math.min(steps, plan.batches - state.progress.batch);
    // never: there is a batch to go on with
    const first = compiledFor(batches[state.progress.batch]?.length ?? 0, optimizer.decide(state.slots.numbers));
    return E.isLeft(first)
      ? reference(batches)(state, some)
      : engine.borrow(owner, (lent) => run(lent, batches, state, some));
  };
};
