/** The report: one self-contained HTML file of sections, each with what was found, pictures and tables. */
import { escape } from './html.ts';
import { sorting } from './sorting.ts';
import { style } from './theme.ts';

export interface Figure {
  /** An SVG element. */
  readonly svg: string;
  /** What one sees. */
  readonly caption: string;
}

export interface Grid {
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  /** Whether a click on a heading orders the rows by its column. */
  readonly sortable?: boolean;
}

export interface Section {
  readonly heading: string;
  readonly text: string;
  /** Numbers that matter, each with what it is. */
  readonly facts: ReadonlyArray<{ readonly value: string; readonly name: string }>;
  readonly figures: readonly Figure[];
  readonly grid?: Grid;
}

export interface Page {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** Vega numbers its gradients and clips from 0 in every picture; on one page each needs a name of its own. */
export const named = (svg: string, prefix: string): string =>
  svg.replace(/(\bid="|url\(#|href="#)((?:gradient|clip)[\w-]*)/g, `$1${prefix}-$2`);

const figure = ({ svg, caption }: Figure, prefix: string): string =>
  `<figure>${named(svg, prefix)}<figcaption>${escape(caption)}</figcaption></figure>`;

const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;

const table = ({ head, rows, sortable = false }: Grid): string =>
  `<div class="scroll"><table${sortable ? ' class="sortable"' : ''}><thead>${row(head, 'th')}</thead><tbody>${rows
    .map((cells) => row(cells, 'td'))
    .join('\n')}</tbody></table></div>`;

const section = ({ heading, text, facts, figures, grid }: Section, at: number): string =>
  [
    `<section><h2>${escape(heading)}</h2><p>${escape(text)}</p>`,
    facts.length === 0
      ? ''
      : `<ul class="facts">${facts
          .map(({ value, name }) => `<li><b>${escape(value)}</b><span>${escape(name)}</span></li>`)
          .join('')}</ul>`,
    figures.length === 0
      ? ''
      : `<div class="figures">${figures.map((each, i) => figure(each, `s${at}f${i}`)).join('\n')}</div>`,
    grid === undefined ? '' : table(grid),
    '</section>',
  ].join('\n');

/** The whole file. */
export const page = ({ title, lead, sections, footer }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
<p class="lead">${escape(lead)}</p>
${sections.map(section).join('\n')}
<footer>${escape(footer)}</footer>
</main>${sections.some(({ grid }) => grid?.sortable === true) ? sorting : ''}</body>
</html>
`;
