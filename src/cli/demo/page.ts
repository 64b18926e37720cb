/** The report of the demonstration. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { page, type Section } from '../report/page.ts';
import type { Franke } from './franke.ts';
import type { Checked } from './gradients.ts';
import type { Ising } from './ising.ts';
import { frankeSection, isingSection, xorSection } from './sections.ts';
import type { Xor } from './xor.ts';

export interface Demo {
  readonly xor: Xor;
  readonly franke: Franke;
  readonly ising: Ising;
}

/** The checks of every network that was trained. */
export const gradientChecks = ({ xor, franke, ising }: Demo): readonly Checked[] => [
  xor.hidden.gradients,
  xor.linear.gradients,
  ...franke.fits.map(({ gradients }) => gradients),
  ising.gradients,
];

const gradientSection = (checks: readonly Checked[]): Section => ({
  heading: 'Gradients, checked',
  text: 'Every network above learned by backpropagation. Here the gradient of each, as it was at the end of training, is held against differences of the loss (Ridders’ extrapolation, in double precision), number by number. What differs is rounding. Left out are numbers where the formula of the loss has a kink within reach of the differences, as at the logit 0; and of a network that ended where its gradient is 0 up to rounding, as the one without a hidden layer does, nothing is said.',
  facts: [],
  figures: [],
  grid: {
    head: ['network', 'parameter', 'shape', 'numbers checked', 'left out', 'relative error'],
    rows: checks.flatMap(({ network, parameters, judged }) =>
      parameters.map(({ path, shape, checked, excluded, relativeError }) => [
        network,
        path,
        shape.join(' × '),
        String(checked),
        String(excluded),
        checked === 0 || !judged ? '–' : relativeError.toExponential(1),
      ]),
    ),
  },
});

/** The report as HTML. */
export const demoPage = (demo: Demo, seed: number): TE.TaskEither<Failure.Failure, string> =>
  pipe(
    [xorSection(demo.xor), frankeSection(demo.franke), isingSection(demo.ising)],
    TE.sequenceSeqArray,
    TE.map((sections) =>
      page({
        title: 'Three networks, trained from values',
        lead: `What nabla-ts learned just now, in plain TypeScript: each network is an immutable value, each step of training a pure function of it. Seed ${seed}.`,
        sections: [...sections, gradientSection(gradientChecks(demo))],
        footer: `Made by nabla. The same seed gives the same page, to the last byte, on every machine; another seed gives other points, spins and networks: nabla demo --seed ${seed + 1}.`,
      }),
    ),
  );
