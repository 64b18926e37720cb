/** Residuals against predictions: a bend, a funnel, and a cloud that is the same everywhere. */
import type { TopLevelSpec } from 'vega-lite';
import { mean } from '../../../examples/validation/common.ts';
import { type Left, thirds } from '../../../examples/validation/residuals.ts';

/** Of each case the first seed, with the mean of each third of the predictions. */
export const residualChart = (found: readonly Left[]): TopLevelSpec => ({
  hconcat: found.map(({ name, residuals: [first = []] }) => {
    const sorted = first.map(({ prediction }) => prediction).toSorted((a, b) => a - b);
    const third = Math.floor(sorted.length / 3);
    const ends = [sorted.at(0), sorted.at(third), sorted.at(-third), sorted.at(-1)];
    return {
      title: name,
      width: 210,
      height: 190,
      layer: [
        {
          data: { values: [{ y: 0 }] },
          mark: { type: 'rule' as const, color: 'var(--soft)', strokeDash: [4, 4] },
          encoding: { y: { field: 'y', type: 'quantitative' as const } },
        },
        {
          data: { values: first.map(({ prediction, residual }) => ({ prediction, residual })) },
          mark: { type: 'circle' as const, color: 'var(--blue)', opacity: 0.5, size: 20 },
          encoding: {
            x: {
              field: 'prediction',
              type: 'quantitative' as const,
              title: 'prediction',
              axis: { grid: false, tickCount: 5 },
            },
            y: {
              field: 'residual',
              type: 'quantitative' as const,
              title: 'target − prediction',
              scale: { domain: [-1, 1] },
            },
          },
        },
        {
          data: {
            values: thirds(first).map((of, i) => ({ from: ends[i], to: ends[i + 1], residual: mean(of) })),
          },
          mark: { type: 'rule' as const, color: 'var(--orange)', strokeWidth: 3 },
          encoding: {
            x: { field: 'from', type: 'quantitative' as const },
            x2: { field: 'to' },
            y: { field: 'residual', type: 'quantitative' as const },
          },
        },
      ],
    };
  }),
});
