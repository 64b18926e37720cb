/** The plot of residuals, as a description in Vega-Lite. */
import type { TopLevelSpec } from 'vega-lite';

/** What predictions leave of the true values, against the predictions, with the line on which nothing is left. */
export const residualsAgainstPrediction = (
  pairs: ReadonlyArray<readonly [actual: number, predicted: number]>,
  unit: string,
): TopLevelSpec => ({
  width: 375,
  height: 250,
  layer: [
    {
      data: { values: [{ y: 0 }] },
      mark: { type: 'rule', color: 'var(--soft)', strokeDash: [4, 4] },
      encoding: { y: { field: 'y', type: 'quantitative' } },
    },
    {
      data: { values: pairs.map(([actual, predicted]) => ({ x: predicted, y: actual - predicted })) },
      mark: { type: 'circle', color: 'var(--blue)', opacity: 0.55, size: 26 },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          title: `${unit}, predicted`,
          scale: { zero: false, nice: false },
          axis: { grid: false, format: '~g' },
        },
        y: {
          field: 'y',
          type: 'quantitative',
          title: `${unit}, true − predicted`,
          axis: { tickCount: 5, format: '~g' },
        },
      },
    },
  ],
});
