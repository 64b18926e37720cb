/** A surface over the unit square, seen from above and aside, as a description in Vega. */
import type { Spec } from 'vega';

const HALF = 165;
const DEPTH = 92;
const RISE = 130;
const TOP = 96;

/** Where a point (x, y, z) of the cube is drawn: x runs to the lower right, y to the lower left, z up. */
const project = (x: number, y: number, z: number): readonly [number, number] => [
  HALF + 12 + (x - y) * HALF,
  TOP + (x + y) * DEPTH - z * RISE,
];

const text = (points: ReadonlyArray<readonly [number, number]>): string =>
  `M${points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join('L')}Z`;

/** The surface of heights on a grid of n × n points, drawn from the back to the front; `range` is that of the colours. */
export const surface = (
  heights: ReadonlyArray<readonly number[]>,
  range: readonly [low: number, high: number],
): Spec => {
  const n = heights.length - 1;
  const at = (i: number, j: number): number => heights[i]?.[j] ?? 0;
  const point = (i: number, j: number) => project(i / n, j / n, at(i, j));
  const faces = Array.from({ length: n * n }, (_, k) => ({ i: Math.floor(k / n), j: k % n }))
    // What is farther up the page is behind.
    .sort((a, b) => a.i + a.j - (b.i + b.j))
    .map(({ i, j }) => ({
      path: text([point(i, j), point(i + 1, j), point(i + 1, j + 1), point(i, j + 1)]),
      height: (at(i, j) + at(i + 1, j) + at(i + 1, j + 1) + at(i, j + 1)) / 4,
    }));
  const floor = text([project(0, 0, 0), project(1, 0, 0), project(1, 1, 0), project(0, 1, 0)]);
  const label = (words: string, x: number, y: number) => {
    const [a, b] = project(x, y, 0);
    return { words, a, b: b + 16 };
  };
  return {
    width: 2 * HALF + 24,
    height: TOP + 2 * DEPTH + 12,
    data: [
      { name: 'floor', values: [{ path: floor }] },
      { name: 'faces', values: faces },
      { name: 'labels', values: [label('x', 0.5, 1.02), label('y', 1.02, 0.5)] },
    ],
    scales: [{ name: 'height', type: 'linear', domain: [...range], range: { scheme: 'viridis' }, zero: false }],
    marks: [
      {
        type: 'path',
        from: { data: 'floor' },
        encode: { enter: { path: { field: 'path' }, stroke: { value: 'var(--line)' }, fill: { value: 'none' } } },
      },
      {
        type: 'path',
        from: { data: 'faces' },
        encode: {
          enter: {
            path: { field: 'path' },
            fill: { scale: 'height', field: 'height' },
            stroke: { value: 'rgba(10,20,30,0.28)' },
            strokeWidth: { value: 0.5 },
            strokeJoin: { value: 'round' },
          },
        },
      },
      {
        type: 'text',
        from: { data: 'labels' },
        encode: {
          enter: {
            text: { field: 'words' },
            x: { field: 'a' },
            y: { field: 'b' },
            fill: { value: 'var(--soft)' },
            fontSize: { value: 12 },
            align: { value: 'center' },
          },
        },
      },
    ],
  };
};
