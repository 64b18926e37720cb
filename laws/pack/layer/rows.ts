/** Laws of a layer's rows, and of what it draws. */
import type * as fc from 'fast-check';
import { inference, training } from '../../../src/layer/context.ts';
import type { Random } from '../../../src/ops/random.ts';
import { random } from '../../../src/ops/reference/random.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { type Tensor, takeRows } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import { all, holds, type Law, law, sameTensor, type Verdict } from '../../law.ts';
import { type Bench, type LayerCase, onBench, runOf } from '../../layer/case.ts';
import { leaves, nextState, sameNamed } from './named.ts';
import { showSample } from './sample.ts';

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

const firstRows = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const { layer } = bench;
  const batch = bench.x.shape[0] ?? 0;
  const whole = runOf(bench).y;
  return all(
    ...range(batch)
      .map((i) => range(i + 1))
      .filter((rows) => rows.length >= layer.minimumBatch)
      .map((rows) =>
        sameTensor(
          runOf({ ...bench, x: takeRows(rows)(bench.x) }).y,
          takeRows(rows)(whole),
          `y of the first ${rows.length} of ${batch} rows: y`,
        ),
      ),
  );
};

/** Holds when each row of the output is that of the row alone. */
export const eachRow = <P extends Form, S extends Form>(bench: Bench<P, S>, dtype: Dtype = 'f64'): Verdict => {
  const algebra = reference(dtype);
  const whole = runOf(bench, algebra).y;
  return all(
    ...range(bench.x.shape[0] ?? 0).map((i) =>
      sameTensor(runOf({ ...bench, x: takeRows([i])(bench.x) }, algebra).y, takeRows([i])(whole), `row ${i} alone: y`),
    ),
  );
};

/** Randomness that notes the sites that are drawn from. */
const noting = (of: Random<Tensor>, note: (site: number) => void, site = 0): Random<Tensor> => ({
  skip: (sites) => noting(of.skip(sites), note, site + sites),
  bernoulli: (shape, p) => {
    note(site);
    return of.bernoulli(shape, p);
  },
  normal: (shape) => {
    note(site);
    return of.normal(shape);
  },
});

const ops = reference('f64');

/** The sites that forward draws from, in order. */
const drawnBy = <P extends Form, S extends Form>(
  { layer, params, state, x, key }: Bench<P, S>,
  inTraining: boolean,
): readonly number[] => {
  const sites: number[] = [];
  const drawn = noting(random('f64', key), (site) => void sites.push(site));
  const context = inTraining ? training(drawn) : { ...inference<Tensor>(), random: drawn };
  layer.forward(ops, params, state, x, context);
  return sites;
};

const ownSites = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const sites = drawnBy(bench, true);
  const own = range(bench.layer.sites);
  return holds(
    sites.every((site, i) => own.includes(site) && sites.indexOf(site) === i),
    `draws from the sites [${own}], each at most once`,
    `draws from the sites [${sites}]`,
    'the sites in training',
  );
};

const quiet = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
  const sites = drawnBy(bench, false);
  return holds(sites.length === 0, 'no draws', `draws from the sites [${sites}]`, 'the sites at inference');
};

const keepsState = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict =>
  sameNamed(leaves<S>('state', bench.layer.state.tree, bench.state), nextState(bench, runOf(bench)));

const inferring = (given: LayerCase): LayerCase => ({ ...given, training: false });
const trained = (given: LayerCase): LayerCase => ({ ...given, training: true });

/** The laws of rows and draws. */
export const rowLaws = (cases: fc.Arbitrary<LayerCase>, runs: number): readonly Law[] => {
  const options = { runs, show: showSample };
  return [
    law(
      'rows are independent',
      'outside training, row i of the output is that of row i alone, bit for bit',
      cases.map(inferring),
      (given) => onBench(given, (bench) => eachRow(bench)),
      { ...options, formula: 'f(x)ᵢ = f(xᵢ)' },
    ),
    law(
      'rows do not depend on those that follow',
      'in training, the first rows of the output are those of the first rows alone, masks included',
      cases.map(trained),
      (given) => onBench(given, firstRows),
      { ...options, formula: 'f(x₁…xₙ)₁…ₖ = f(x₁…xₖ)' },
    ),
    law(
      'draws from its own sites',
      'in training, forward draws from as many sites as the layer declares, from each at most once',
      cases.map(trained),
      (given) => onBench(given, ownSites),
      { ...options, formula: '{sites drawn from} ⊆ {0, …, sites − 1}, none twice' },
    ),
    law(
      'inference draws nothing',
      'outside training nothing is random: forward does not draw',
      cases.map(inferring),
      (given) => onBench(given, quiet),
      { ...options, formula: '{sites drawn from} = ∅' },
    ),
    law(
      'inference keeps the state',
      'outside training the next state is the state, bit for bit',
      cases.map(inferring),
      (given) => onBench(given, keepsState),
      { ...options, formula: "state' = state" },
    ),
  ];
};
