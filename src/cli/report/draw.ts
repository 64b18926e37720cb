/** A picture from its description in Vega-Lite, as an SVG element. The same description gives the same bytes. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Scope, Spec } from 'vega';
import type { Config, TopLevelSpec } from 'vega-lite';
import * as Failure from '../../tensor/failure.ts';
import { FONT } from './theme.ts';

/** Pictures take their colours from the page (`theme.ts`), so they fit a light one and a dark one. */
const config: Config = {
  background: 'transparent',
  font: FONT,
  aria: false,
  padding: 4,
  view: { stroke: null },
  title: { color: 'var(--ink)', fontSize: 14, fontWeight: 600, anchor: 'start', offset: 10 },
  axis: {
    labelColor: 'var(--soft)',
    titleColor: 'var(--soft)',
    domainColor: 'var(--line)',
    tickColor: 'var(--line)',
    gridColor: 'var(--line)',
    gridOpacity: 0.7,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  legend: {
    labelColor: 'var(--soft)',
    titleColor: 'var(--soft)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  header: { labelColor: 'var(--ink)', labelFontSize: 12, titleColor: 'var(--soft)' },
  range: { category: ['var(--blue)', 'var(--orange)', 'var(--green)', 'var(--purple)'] },
  text: { color: 'var(--ink)' },
};

/** Coordinates to a hundredth of a pixel: what is finer cannot be seen and takes half of the space. */
const tidied = (svg: string): string =>
  svg.replace(/<[^>]+>/g, (tag) =>
    tag
      .replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100))
      .replace(' transform="translate(0,0)"', ''),
  );

/** Vega numbers clips and gradients through all pictures of a process; here each begins with 1, so that the same description
 * gives the same bytes whatever was drawn before. */
const renumbered = (svg: string): string => {
  const ids = [...new Set([...svg.matchAll(/\bid="((?:clip|gradient)[\w-]*)"/g)].map(([, id]) => id ?? ''))];
  return svg.replace(/(\bid="|url\(#|href="#)((?:clip|gradient)[\w-]*)/g, (all, before: string, id: string) =>
    ids.includes(id) ? `${before}${id.replace(/\d[\w-]*$/, '')}${ids.indexOf(id) + 1}` : all,
  );
};

/** Room between the labels of a logarithmic axis, in pixels: of those that would be nearer, some are left out. */
const APART = 5;

/** Logarithmic axes say so, and thin their labels; what is drawn inside another has the scales of that, too. */
const logarithmic = <S extends Scope>(scope: S, around: readonly string[] = []): S => {
  const { scales = [], axes = [], marks = [] } = scope;
  const logs = [...around, ...scales.flatMap(({ type, name }) => (type === 'log' ? [name] : []))];
  return {
    ...scope,
    axes: axes.map((axis) =>
      logs.includes(axis.scale)
        ? {
            ...axis,
            labelSeparation: APART,
            ...(typeof axis.title === 'string' ? { title: `${axis.title} (log)` } : {}),
          }
        : axis,
    ),
    marks: marks.map((mark) => (mark.type === 'group' ? logarithmic(mark, logs) : mark)),
  };
};

/** Draws a description in Vega. */
export const drawVega = (spec: Spec): TE.TaskEither<Failure.Failure, string> =>
  pipe(
    TE.tryCatch(
      async () => {
        // Loaded when the first picture is drawn: it is the larger part of the command.
        const { parse, View, Error: level } = await import('vega');
        const view = new View(parse(logarithmic({ background: 'transparent', padding: 4, ...spec })), {
          renderer: 'none',
          logLevel: level,
        });
        const svg = await view.toSVG();
        view.finalize();
        return renumbered(tidied(svg));
      },
      (error) =>
        Failure.failure('value', 'picture', 'a drawing', error instanceof Error ? error.message : String(error)),
    ),
  );

/** Draws a description in Vega-Lite. */
export const draw = (spec: TopLevelSpec): TE.TaskEither<Failure.Failure, string> =>
  pipe(
    TE.fromTask(() => import('vega-lite')),
    TE.chain(({ compile }) => drawVega(compile({ ...spec, config }).spec)),
  );
