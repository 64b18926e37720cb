/** One step of training, and what follows from it when it is the last of its epoch. */
import * as E from 'fp-ts/lib/Either.js';
import { reference } from '../engine/engine.ts';
import { training } from '../layer/context.ts';
import type { Context } from '../layer/layer.ts';
import { random } from '../ops/reference/random.ts';
import { step as optimize } from '../optimizer/optimizer.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { entries, type Form } from '../tensor/tree.ts';
import { augmented } from './augment.ts';
import { type Batches, stepKey } from './batches.ts';
import { close } from './close.ts';
import { diverged, notFiniteLeaf, sightings } from './diverged.ts';
import { shareOf } from './evaluate.ts';
import { take } from './examples.ts';
import { type Measured, valueAndGradient } from './gradient.ts';
import type { Plan } from './plan.ts';
import type { State } from './state.ts';

const read = (x: Tensor): number => x.data[0] ?? Number.NaN;

/** The next step of a run, given the batches of its epoch. */
export const stepOf =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(plan: Plan<In, Out, P, S>) =>
  (batches: Batches) =>
  (state: State<In, Out, P, S>): E.Either<Failure, State<In, Out, P, S>> => {
    const { config, ops } = plan;
    const { layer, loss, optimizer, data, augment } = config;
    const { batch } = state.progress;
    const where = `step ${state.step + 1}`;
    const own = batches.length === 1 ? data : take(batches[batch] ?? [])(data);
    const given = augment === undefined ? E.right(own) : augmented(config, augment, state.step)(state.key, own);
    if (E.isLeft(given)) return given;
    const examples = given.right;
    const { tree } = layer.parameters;
    const measure = (watch?: Context<Tensor>['watch']): Measured<P, S, Tensor> =>
      valueAndGradient<In, Out, P, S, Tensor>(ops, config)(
        state.params,
        state.layerState,
        examples.inputs,
        examples.targets,
        examples.weights,
        training(random(ops.dtype, stepKey(state.step)(state.key)), watch),
      );
    const measured = measure();
    const objective = read(measured.value);
    const gradient = entries<P, Tensor>(tree, measured.gradient);
    const judged = optimizer.tries?.(state.slots.numbers) ?? false;
    if (!judged && (!Number.isFinite(objective) || notFiniteLeaf(gradient) !== undefined))
      return E.left(
        diverged({
          where,
          layer,
          seen: sightings(measure),
          loss: read(measured.loss),
          penalty: measured.penalty === undefined ? 0 : read(measured.penalty),
          lossKind: loss.description.kind,
          gradient,
        }),
      );
    const next = optimize<P, Tensor>(ops, read, optimizer, layer.parameters, state.slots, measured, state.params);
    const broken = notFiniteLeaf(entries<P, Tensor>(tree, next.params));
    if (broken !== undefined)
      return E.left(
        failure(
          'diverged',
          `${where}, parameter ${broken.path.join('.')}`,
          `a finite number from ${optimizer.description.kind}`,
          `${broken.value}`,
        ),
      );
    const share = shareOf(loss, examples);
    const value = read(measured.loss);
    const { progress } = state;
    const seen: State<In, Out, P, S> = Object.freeze({
      ...state,
      layer,
      optimizer,
      params: next.params,
      layerState: measured.state,
      slots: next.slots,
      step: state.step + 1,
      progress: Object.freeze({
        batch: batch + 1,
        rows: plan.rows,
        size: plan.size,
        loss: progress.loss + value * share,
        penalty: progress.penalty + (measured.penalty === undefined ? 0 : read(measured.penalty)),
        share: progress.share + share,
      }),
    });
    if (batch + 1 < plan.batches) return E.right(seen);
    // A single batch was measured at the parameters before the step, and its loss needs no averaging.
    return close(plan, reference, plan.batches === 1 ? { params: state.params, loss: value } : undefined)(seen);
  };
