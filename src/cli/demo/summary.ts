/** What came of the demonstration, in a few lines and as an object. */
import { percent } from '../table/summary.ts';
import type { Demo } from './page.ts';
import { gradientChecks } from './page.ts';

export const summary = (demo: Demo): string => {
  const { xor, franke, ising } = demo;
  const checks = gradientChecks(demo);
  const judged = checks.filter((check) => check.judged);
  const worst = judged.reduce((most, { relativeError }) => Math.max(most, relativeError), 0);
  return [
    `XOR      ${xor.hidden.correct} of 4 with a hidden layer, ${xor.linear.most} of 4 at best without`,
    `Franke   R² ${franke.shown?.r2.toFixed(3)} on held-out points; error by width ${franke.fits
      .map(({ width, surfaceError }) => `${width}: ${surfaceError.toFixed(3)}`)
      .join(', ')}`,
    `Ising    Tc = ${ising.crossing.at.toFixed(3)} ± ${ising.uncertainty.toFixed(3)} (Onsager ${ising.exact.toFixed(5)}), test accuracy ${percent(ising.accuracy)}; by size ${ising.drift
      .map(({ size, at, uncertainty }) => `${size}: ${at.toFixed(3)} ± ${uncertainty.toFixed(3)}`)
      .join(', ')}`,
    `checks   gradients against differences: relative error at most ${worst.toExponential(1)} in ${judged.length} of ${checks.length} networks; of the others nothing is left but rounding`,
    '',
  ].join('\n');
};

export const results = (demo: Demo, seed: number) => {
  const { xor, franke, ising } = demo;
  const run = ({ sizes, history, outputs, correct, most }: Demo['xor']['hidden']) => ({
    sizes,
    history,
    outputs,
    accuracy: correct / 4,
    bestAccuracy: most / 4,
  });
  return {
    task: 'demo',
    seed,
    xor: { hidden: run(xor.hidden), linear: run(xor.linear) },
    franke: {
      points: franke.points,
      noise: franke.noise,
      fits: franke.fits.map(({ width, r2, rmse, surfaceError }) => ({ width, r2, rmse, surfaceError })),
    },
    ising: {
      size: ising.size,
      configurations: ising.configurations,
      history: ising.history,
      test: { accuracy: ising.accuracy, confusion: ising.confusion },
      drift: ising.drift,
      criticalTemperature: { estimate: ising.crossing.at, uncertainty: ising.uncertainty, exact: ising.exact },
    },
    gradients: gradientChecks(demo).map(({ network, checked, excluded, judged, relativeError, noise }) => ({
      network,
      checked,
      excluded,
      judged,
      relativeError,
      noise,
    })),
  };
};
