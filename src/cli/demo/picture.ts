/** The demonstration in one small picture, for a README: three plots side by side, right on a light page and a dark one. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { decisionSurface, transition } from '../report/demo-charts.ts';
import { draw, drawVega } from '../report/draw.ts';
import { named } from '../report/page.ts';
import { surface } from '../report/surface.ts';
import { FONT, theme } from '../report/theme.ts';
import { curve } from './crossing.ts';
import type { Demo } from './page.ts';
import { deviation, mean } from './scalars.ts';
import { examples } from './xor.ts';

const HEIGHT = 330;

interface Panel {
  readonly svg: string;
  readonly title: string;
  readonly x: number;
  readonly width: number;
}

/** The width and height that an SVG says it has. */
const sizeOf = (svg: string): readonly [number, number] => {
  const [, width = '1', height = '1'] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
};

const placed = ({ svg, title, x, width }: Panel, at: number): string => {
  const [own, high] = sizeOf(svg);
  const scale = Math.min(width / own, (HEIGHT - 60) / high);
  return `<text x="${x + width / 2}" y="24" text-anchor="middle" font-size="15" font-weight="600" fill="var(--ink)">${title}</text>
<g transform="translate(${(x + (width - own * scale) / 2).toFixed(1)},${(40 + (HEIGHT - 60 - high * scale) / 2).toFixed(1)}) scale(${scale.toFixed(4)})">${named(svg, `p${at}`)}</g>`;
};

export const picture = ({ xor, franke, ising }: Demo): TE.TaskEither<Failure.Failure, string> => {
  const fitted = curve(ising.crossing);
  const reach = 3 / Math.abs(ising.crossing.slope);
  return pipe(
    TE.Do,
    TE.apS('first', draw(decisionSurface(xor.hidden.field, examples, 230))),
    TE.apS('second', drawVega(surface(franke.shown?.heights ?? [], [-0.05, 1.25]))),
    TE.apS(
      'third',
      draw(
        transition({
          means: ising.outputs.map(({ temperature, values }) => ({
            temperature,
            mean: mean(values),
            error: deviation(values) / Math.sqrt(values.length),
          })),
          curve: Array.from({ length: 41 }, (_, i) => ising.crossing.at + ((i - 20) * reach) / 20).map((t) => [
            t,
            fitted(t),
          ]),
          estimate: ising.crossing.at,
          exact: ising.exact,
          width: 290,
          height: 200,
        }),
      ),
    ),
    TE.map(({ first, second, third }) => {
      const panels: readonly Panel[] = [
        { svg: first, title: 'XOR, learned', x: 0, width: 300 },
        { svg: second, title: `Franke’s function, R² ${franke.shown?.r2.toFixed(2)}`, x: 305, width: 300 },
        { svg: third, title: `Ising, critical at ${ising.crossing.at.toFixed(2)}`, x: 610, width: 400 },
      ];
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1016 ${HEIGHT}" width="1016" height="${HEIGHT}" font-family="${FONT}" role="img" aria-label="A decision surface for XOR, a fitted surface, and the Ising phase transition found by a network">
<style>${theme}</style>
<rect width="1016" height="${HEIGHT}" rx="12" fill="var(--page)"/>
${panels.map(placed).join('\n')}
</svg>
`;
    }),
  );
};
