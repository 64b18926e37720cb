/**
 * Runs the experiments of chapter 9, prints their tables and draws its pictures: `npx tsx docs/pictures/validation.ts`, a
 * quarter of an hour; with names (leaks, series, foldings, nested, estimates, coverage, development, learning, penalty, decomposition,
 * calibration, importance, residuals) those parts alone.
 */
import type * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from 'nabla-ts';
import { calibrated, calibrationTable } from '../../examples/validation/calibration.ts';
import { told } from '../../examples/validation/common.ts';
import { coverage, coverageTable } from '../../examples/validation/coverage.ts';
import { curveTable, learning, overSets, validating } from '../../examples/validation/curves.ts';
import { decomposed, partsTable } from '../../examples/validation/decomposition.ts';
import { development, developmentTable } from '../../examples/validation/development.ts';
import { estimates, estimateTable, nesting } from '../../examples/validation/estimates.ts';
import { foldCoverage, foldCoverageTable } from '../../examples/validation/foldCoverage.ts';
import { compared, dealtTable } from '../../examples/validation/foldings.ts';
import { correlation, importanceTable, nameOf, weighed } from '../../examples/validation/importance.ts';
import { leaks, leakTable } from '../../examples/validation/leaks.ts';
import { left, residualTable } from '../../examples/validation/residuals.ts';
import { promised, promiseTable } from '../../examples/validation/series.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { save } from './save.ts';
import { calibrationChart, curveChart, estimateChart, gapChart, leakChart } from './validation/charts.ts';
import { partsChart } from './validation/parts.ts';
import { residualChart } from './validation/residuals.ts';
import { promiseChart } from './validation/series.ts';

type Drawn = TE.TaskEither<Failure.Failure, string>;

const PENALTIES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/** From the project's root. */
const DATA = '../shared/data';

const print = (...texts: readonly string[]): void => void process.stdout.write(`${texts.join('\n\n')}\n\n`);

/** Each part of the chapter: what it prints, and its pictures. */
const parts: Readonly<Record<string, () => Readonly<Record<string, Drawn>>>> = {
  leaks: () => {
    const found = leaks(20);
    print(leakTable(found));
    return { 'validation-leaks': draw(leakChart(found)) };
  },
  series: () => {
    const found = promised(200);
    print(promiseTable(found));
    return { 'validation-series': draw(promiseChart(found)) };
  },
  foldings: () => {
    print(...[0, 0.8].map((apart) => `classes ${apart} apart:\n\n${dealtTable(compared(100, apart))}`));
    return {};
  },
  nested: () => {
    const { chosen, nested } = nesting(20, 20);
    print(`the least of 20: ${told(chosen)}; nested: ${told(nested)}`);
    return {};
  },
  estimates: () => {
    const found = estimates(20, 50);
    print(estimateTable(found));
    return { 'validation-estimates': draw(estimateChart(found)) };
  },
  coverage: () => {
    print(coverageTable(coverage(2000, 999)), foldCoverageTable(foldCoverage(2000)));
    return {};
  },
  development: () => {
    const found = development(10);
    print(developmentTable(found));
    return { 'validation-gaps': draw(gapChart(found)) };
  },
  learning: () => {
    const found = learning([10, 20, 40, 80, 160, 320]);
    print(curveTable(found, 'rows'));
    return { 'validation-learning': draw(curveChart(found, 'rows that are learnt from', [0, 0.5])) };
  },
  penalty: () => {
    const [folds, sets] = [validating(PENALTIES, 4), overSets(PENALTIES, 20)];
    print(curveTable(folds, 'penalty, folds'), curveTable(sets, 'penalty, sets'));
    return { 'validation-penalty': draw(curveChart(sets, 'strength of the penalty', [0, 0.8])) };
  },
  decomposition: () => {
    const found = decomposed(PENALTIES, 20, 30, 20);
    print(partsTable(found));
    return { 'validation-parts': draw(partsChart(found)) };
  },
  calibration: () => {
    const found = calibrated([0, 10, 30, 100, 300, 1000], 10);
    print(calibrationTable(found));
    return {
      'validation-calibration': draw(calibrationChart(found.filter(({ epochs }) => [0, 30, 1000].includes(epochs)))),
    };
  },
  importance: () => {
    const pairs = [
      [20, 22],
      [20, 23],
      [1, 21],
    ] as const;
    const alike = pairs.map(
      ([one, other]) => `${nameOf(one)} and ${nameOf(other)}: ${correlation(DATA, one, other).toFixed(2)}`,
    );
    print(importanceTable(weighed(DATA, 20, 10)), `correlations: ${alike.join('; ')}`);
    return {};
  },
  residuals: () => {
    const found = left(20);
    print(residualTable(found));
    return { 'validation-residuals': draw(residualChart(found)) };
  },
};

const asked = process.argv.slice(2);

for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await save(part());
