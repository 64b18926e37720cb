/** The end of an epoch: measure on the validation examples, add a row to the history, keep the best, see whether to stop. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Engine } from '../engine/engine.ts';
import { observe } from '../optimizer/optimizer.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form, Of } from '../tensor/tree.ts';
import { diverged, sightings } from './diverged.ts';
import { lossOf } from './evaluate.ts';
import type { Plan } from './plan.ts';
import { predictOn, predictSlowly } from './predict.ts';
import { fresh, network, type Row, type State } from './state.ts';

/** What the validation examples say of the network as it is. */
const validate = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { config }: Plan<In, Out, P, S>,
  engine: Engine,
  state: State<In, Out, P, S>,
): E.Either<Failure, Pick<Row, 'validationLoss' | 'metrics'>> => {
  const { validation, loss, layer, metrics } = config;
  if (validation === undefined) return E.right({});
  const predictions = predictOn(engine)(network(state), validation.inputs);
  const validationLoss = lossOf(loss, predictions, validation);
  if (!Number.isFinite(validationLoss))
    return E.left(
      diverged({
        where: `epoch ${state.epoch + 1}, validation`,
        layer,
        seen: sightings((watch) => predictSlowly(network(state), validation.inputs, watch)),
        loss: validationLoss,
        penalty: 0,
        lossKind: loss.description.kind,
        gradient: [],
      }),
    );
  const measured: Record<string, number> = {};
  for (const [name, metric] of Object.entries(metrics ?? {})) {
    const value = metric(validation.targets)(predictions);
    if (E.isLeft(value))
      return E.left(
        failure(
          value.left.tag,
          `config.metrics.${name}, ${value.left.where}`,
          value.left.expected,
          value.left.received,
        ),
      );
    measured[name] = value.right;
  }
  return E.right({ validationLoss, ...(metrics === undefined ? {} : { metrics: Object.freeze(measured) }) });
};

/** The state after an epoch's last step. Where the epoch was a single batch, `single` says what it came to and at which
 * parameters. */
export const close =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    plan: Plan<In, Out, P, S>,
    engine: Engine,
    single: { readonly params: Of<P, Tensor>; readonly loss: number } | undefined,
  ) =>
  (state: State<In, Out, P, S>): E.Either<Failure, State<In, Out, P, S>> => {
    const { loss, penalty, stopping, optimizer } = plan.config;
    const { progress } = state;
    return pipe(
      validate(plan, engine, state),
      E.map((seen) => {
        const epoch = state.epoch + 1;
        const row: Row = Object.freeze({
          epoch,
          step: state.step,
          loss: single?.loss ?? (loss.reduction === 'sum' ? progress.loss : progress.loss / progress.share),
          ...(penalty === undefined ? {} : { penalty: progress.penalty / progress.batch }),
          ...seen,
        });
        const score = row.validationLoss ?? row.loss + (row.penalty ?? 0);
        const improved = score < state.patience.reference - (stopping?.minimumImprovement ?? 0);
        const patience = improved
          ? { reference: score, waited: 0 }
          : { reference: state.patience.reference, waited: state.patience.waited + 1 };
        const measuredAt = row.validationLoss === undefined && single !== undefined;
        return Object.freeze<State<In, Out, P, S>>({
          ...state,
          slots: observe(optimizer, score)(state.slots),
          epoch,
          progress: fresh,
          history: Object.freeze([...state.history, row]),
          ...(state.best === undefined || score < state.best.score
            ? {
                best: Object.freeze({
                  params: measuredAt ? single.params : network(state).params,
                  layerState: state.layerState,
                  score,
                  epoch,
                }),
              }
            : {}),
          patience: Object.freeze(patience),
          status: stopping !== undefined && patience.waited >= stopping.patience ? 'stopped early' : 'running',
        });
      }),
    );
  };
