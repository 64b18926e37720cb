/** Our initialisers: the laws of any initialiser, with the moments that their articles state. */
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { type LawSet, lawSet } from '../law.ts';
import { type InitialiserMeaning, initialiser } from '../pack/initialiser.ts';
import { drawLaws } from './draws.ts';
import { badInitialisers } from './initialiser-data.ts';
import { turnLaw } from './orthogonal.ts';

type Fans = Pick<Initialiser.Fans, 'fanIn' | 'fanOut'>;
type Variance = (fans: Fans) => number;
type Keeps = InitialiserMeaning['keeps'];

const zero = (): number => 0;
const kept = (keeps: Keeps): Pick<InitialiserMeaning, 'keeps'> => (keeps === undefined ? {} : { keeps });

/** Uniform about a mean: within √3 deviations. */
const uniform = (variance: Variance, keeps?: Keeps, mean = zero): InitialiserMeaning => ({
  distribution: { mean, variance, limit: (fans) => Math.sqrt(3 * variance(fans)) },
  ...kept(keeps),
});
const normal = (variance: Variance, keeps?: Keeps, mean = zero): InitialiserMeaning => ({
  distribution: { mean, variance },
  ...kept(keeps),
});

const glorot: Variance = ({ fanIn, fanOut }) => 2 / (fanIn + fanOut);
const he: Variance = ({ fanIn }) => 2 / fanIn;
const lecun: Variance = ({ fanIn }) => 1 / fanIn;

/** ∫ z²φ over [−2, 2] ÷ ∫ φ = 1 − 4φ(2)/(2Φ(2) − 1), with Φ(2) = 0.9772498680518208. */
const TRUNCATED = 1 - (4 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / (2 * 0.9772498680518208 - 1);

const meanings: ReadonlyArray<readonly [Initialiser.Initialiser, InitialiserMeaning]> = [
  [Initialiser.zeros, {}],
  [Initialiser.constant(-0.3), {}],
  [
    Initialiser.uniform(-1, 3),
    uniform(
      () => 16 / 12,
      undefined,
      () => 1,
    ),
  ],
  [
    Initialiser.normal(2, 0.5),
    normal(
      () => 0.25,
      undefined,
      () => 2,
    ),
  ],
  [
    Initialiser.truncatedNormal(3, 0.5),
    { distribution: { mean: () => 3, variance: () => TRUNCATED * 0.25, limit: () => 1 } },
  ],
  [Initialiser.glorotUniform, uniform(glorot, 'linear layers')],
  [Initialiser.glorotNormal, normal(glorot, 'linear layers')],
  [Initialiser.lecunUniform, uniform(lecun, 'linear layers')],
  [Initialiser.lecunNormal, normal(lecun, 'linear layers')],
  [Initialiser.heUniform, uniform(he, 'layers with ReLU')],
  [Initialiser.heNormal, normal(he, 'layers with ReLU')],
  [Initialiser.orthogonal(), { orthonormal: 1 }],
  [Initialiser.orthogonal(Math.SQRT2), { orthonormal: Math.SQRT2 }],
  [Initialiser.orthogonal(0.25), { orthonormal: 0.25 }],
];

/** Laws of initialisers. */
export const initialiserLaws: LawSet = lawSet(
  'initialisers',
  [turnLaw, badInitialisers, ...drawLaws],
  meanings.map(([of, expected]) => initialiser(of, { name: JSON.stringify(of.description), expected })),
);
