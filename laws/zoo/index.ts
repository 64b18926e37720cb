/** The zoo: small wrong values, each with one realistic fault, family by family, and the right values beside them. */
import type { LawSet } from '../law.ts';
import * as activations from './activations.ts';
import * as algebras from './algebras.ts';
import * as augments from './augments.ts';
import type { Broken } from './broken.ts';
import * as codecs from './codecs.ts';
import * as curves from './curves.ts';
import * as determinations from './determinations.ts';
import * as diagnoses from './diagnoses.ts';
import * as engines from './engines.ts';
import * as folds from './folds.ts';
import * as gradients from './gradients.ts';
import * as initialisers from './initialisers.ts';
import * as inspections from './inspections.ts';
import * as layers from './layers.ts';
import * as losses from './losses.ts';
import * as lossesOfClasses from './losses-classes.ts';
import * as lossesOfLikelihood from './losses-likelihood.ts';
import * as metrics from './metrics.ts';
import * as metricsOfLists from './metrics-lists.ts';
import * as networks from './networks.ts';
import * as ops from './ops.ts';
import * as optimizers from './optimizers.ts';
import * as optimizersAdam from './optimizers-adam.ts';
import * as optimizersSize from './optimizers-size.ts';
import * as optimizersState from './optimizers-state.ts';
import * as plateaus from './plateaus.ts';
import * as scalers from './scalers.ts';
import * as schedules from './schedules.ts';
import * as searches from './searches.ts';
import * as spaces from './spaces.ts';
import * as splits from './splits.ts';
import * as training from './training.ts';
import * as transforms from './transforms.ts';
import * as transformsNorm from './transforms-norm.ts';
import * as trials from './trials.ts';

export interface Family {
  readonly name: string;
  readonly broken: readonly Broken[];
  readonly correct: readonly LawSet[];
}

const family = (name: string, ...parts: readonly Omit<Family, 'name'>[]): Family => ({
  name,
  broken: parts.flatMap(({ broken }) => broken),
  correct: parts.flatMap(({ correct }) => correct),
});

export const families: readonly Family[] = [
  family('layers', layers),
  family('activations', activations),
  family('gradients of plain functions', gradients),
  family('initialisers', initialisers),
  family('networks', networks),
  family('losses', losses, lossesOfClasses, lossesOfLikelihood),
  family('optimizers', optimizers, optimizersAdam, optimizersState, optimizersSize),
  family('schedules', schedules, plateaus),
  family('transforms', transforms, transformsNorm),
  family('training loops', training),
  family('inspections and diagnoses', inspections, determinations, diagnoses),
  family('augmentations', augments),
  family('tensor algebras', ops),
  family('engines', engines),
  family('metrics', metrics, metricsOfLists),
  family('scalers', scalers),
  family('splits', splits),
  family('folds, resamples and intervals', folds),
  family('curves, calibration and importance', curves),
  family('searches and spaces', searches, spaces),
  family('trials', trials),
  family('codecs', codecs),
  family('monoids and equalities', algebras),
];
