/**
 * The published formulas, each written once more for one number at a time, in plain f64 arithmetic and with `Math.pow`:
 * what the rules of `src/optimizer` are held to. The order of operations is that of the formula in the rule's
 * documentation, read from left to right, so that where no power enters the bits must agree.
 */
import type { RuleKind } from './configs.ts';

/** Hyperparameters by name. */
export interface Hyper {
  readonly number: (name: string) => number;
  readonly is: (name: string, value: string | boolean) => boolean;
}

/** What a formula sees at step t. */
export interface Seen {
  readonly t: number;
  readonly p: number;
  readonly g: number;
  readonly isWeight: boolean;
}

/** A formula at work on one number: it remembers, and gives the next value. */
export interface Worker {
  readonly next: (seen: Seen) => number;
  /** What it remembers, under the slots' names. */
  readonly slots: () => Readonly<Record<string, number>>;
  /** An upper bound on the relative error of the scalars of step t that powers enter, in units of u; 0 without them. */
  readonly error: (t: number) => number;
}

const exact = (): number => 0;

/**
 * 1 − βᵗ from powers that are each within 2 ulp (ours) and 1 ulp (`Math.pow`) of the truth differ relatively by at most
 * 3·2u·βᵗ ÷ (1 − βᵗ), and 2u for the two subtractions' rounding.
 */
const corrections =
  (...betas: readonly number[]) =>
  (t: number): number =>
    betas.reduce((sum, beta) => {
      const kept = beta ** t;
      return sum + (6 * kept) / (1 - kept) + 2;
    }, 0);

const adamDenominator = ({ number, is }: Hyper, v: number, t: number): number => {
  const c2 = 1 - number('beta2') ** t;
  if (is('epsilonPlacement', 'inside')) return Math.sqrt(v / c2 + number('epsilon'));
  if (is('epsilonPlacement', 'uncorrected')) return (Math.sqrt(v) + number('epsilon')) / Math.sqrt(c2);
  return Math.sqrt(v / c2) + number('epsilon');
};

/** m and v of Adam's family. */
const moments = ({ number }: Hyper) => {
  let m = 0;
  let v = 0;
  return {
    see: (g: number) => {
      m = number('beta1') * m + (1 - number('beta1')) * g;
      v = number('beta2') * v + (1 - number('beta2')) * (g * g);
      return { m, v };
    },
    slots: () => ({ m, v }),
  };
};

const shrink = ({ number, is }: Hyper, p: number, isWeight: boolean): number =>
  isWeight || is('decayed', 'all') ? (1 - number('learningRate') * number('weightDecay')) * p : p;

const adamLike =
  (decays: boolean) =>
  (hyper: Hyper): Worker => {
    const kept = moments(hyper);
    const { number } = hyper;
    return {
      next: ({ t, p, g, isWeight }) => {
        const { m, v } = kept.see(g);
        const corrected = m / (1 - number('beta1') ** t);
        const from = decays ? shrink(hyper, p, isWeight) : p;
        return from - (number('learningRate') * corrected) / adamDenominator(hyper, v, t);
      },
      slots: kept.slots,
      error: corrections(number('beta1'), number('beta2')),
    };
  };

/** A heavy ball or Nesterov's: velocities of gradients, or of steps. */
const ball =
  (ahead: boolean) =>
  ({ number, is }: Hyper): Worker => {
    let velocity = 0;
    const [mu, rate] = [number('momentum'), number('learningRate')];
    return {
      next: ({ t, p, g }) => {
        const w = ahead ? g : (t === 1 ? 1 : 1 - number('dampening')) * g;
        if (is('velocity', 'steps')) {
          velocity = mu * velocity - rate * w;
          return p + (ahead ? mu * velocity - rate * g : velocity);
        }
        velocity = mu * velocity + w;
        return p - rate * (ahead ? g + mu * velocity : velocity);
      },
      slots: () => ({ velocity }),
      error: exact,
    };
  };

const root = ({ number, is }: Hyper, s: number): number =>
  is('epsilonPlacement', 'inside') ? Math.sqrt(s + number('epsilon')) : Math.sqrt(s) + number('epsilon');

export const transcriptions: Readonly<Record<RuleKind, (hyper: Hyper) => Worker>> = {
  gradientDescent: ({ number }) => ({
    next: ({ p, g }) => p - number('learningRate') * g,
    slots: () => ({}),
    error: exact,
  }),
  momentum: ball(false),
  nesterov: ball(true),
  adagrad: (hyper) => {
    let sum = hyper.number('initialAccumulator');
    return {
      next: ({ p, g }) => {
        sum = sum + g * g;
        return p - (hyper.number('learningRate') * g) / root(hyper, sum);
      },
      slots: () => ({ sum }),
      error: exact,
    };
  },
  adagradMomentum: (hyper) => {
    let sum = hyper.number('initialAccumulator');
    let change = 0;
    return {
      next: ({ p, g }) => {
        sum = sum + g * g;
        change = hyper.number('momentum') * change + (hyper.number('learningRate') * g) / root(hyper, sum);
        return p - change;
      },
      slots: () => ({ sum, change }),
      error: exact,
    };
  },
  rmsprop: (hyper) => {
    const { number, is } = hyper;
    const [rho, rate] = [number('decay'), number('learningRate')];
    let s = 0;
    let mean = 0;
    let velocity = 0;
    return {
      next: ({ p, g }) => {
        s = rho * s + (1 - rho) * (g * g);
        mean = rho * mean + (1 - rho) * g;
        const variance = is('centered', true) ? Math.max(s - mean * mean, 0) : s;
        velocity = number('momentum') * velocity + (is('velocity', 'steps') ? rate * g : g) / root(hyper, variance);
        return p - (is('velocity', 'steps') ? velocity : rate * velocity);
      },
      slots: () => (is('centered', true) ? { s, mean, velocity } : { s, velocity }),
      error: exact,
    };
  },
  adadelta: ({ number }) => {
    const [rho, epsilon] = [number('decay'), number('epsilon')];
    let squares = 0;
    let changes = 0;
    return {
      next: ({ p, g }) => {
        squares = rho * squares + (1 - rho) * (g * g);
        const delta = (Math.sqrt(changes + epsilon) / Math.sqrt(squares + epsilon)) * g;
        changes = rho * changes + (1 - rho) * (delta * delta);
        return p - number('learningRate') * delta;
      },
      slots: () => ({ squares, changes }),
      error: exact,
    };
  },
  adam: adamLike(false),
  adamW: adamLike(true),
  amsgrad: (hyper) => {
    const { number, is } = hyper;
    const kept = moments(hyper);
    let greatest = 0;
    return {
      next: ({ t, p, g }) => {
        const { m, v } = kept.see(g);
        const [c1, c2] = [1 - number('beta1') ** t, 1 - number('beta2') ** t];
        const rate = number('learningRate');
        greatest = Math.max(greatest, is('correction', 'beforeMaximum') ? v / c2 : v);
        if (is('correction', 'none')) return p - (rate * m) / root(hyper, greatest);
        if (is('correction', 'beforeMaximum')) return p - (rate * (m / c1)) / root(hyper, greatest);
        return p - (rate * (m / c1)) / adamDenominator(hyper, greatest, t);
      },
      // Corrected before the maximum, the slot itself is within the error and not the same bits.
      slots: () => (is('correction', 'beforeMaximum') ? kept.slots() : { ...kept.slots(), greatest }),
      // The greatest corrected second moment may be an earlier step's.
      error: (t) =>
        is('correction', 'none')
          ? 0
          : corrections(number('beta1'))(t) +
            (is('correction', 'beforeMaximum') ? corrections(number('beta2'))(1) : corrections(number('beta2'))(t)),
    };
  },
  nadam: (hyper) => {
    const { number, is } = hyper;
    const kept = moments(hyper);
    const mu = (t: number): number =>
      is('momentum', 'constant')
        ? number('beta1')
        : number('beta1') * (1 - 0.5 * 0.96 ** (t * number('momentumDecay')));
    let product = 1;
    return {
      next: ({ t, p, g }) => {
        const { m, v } = kept.see(g);
        product *= mu(t);
        const ahead = ((1 - mu(t)) / (1 - product)) * g + (mu(t + 1) / (1 - product * mu(t + 1))) * m;
        return p - (number('learningRate') * ahead) / adamDenominator(hyper, v, t);
      },
      slots: kept.slots,
      // Each factor of the product is off by 6u at most (a power, 3u·2) and a rounding: 7tu in all; the product is at
      // most β₁ᵗ. 1 − μₜ ≥ 1 − β₁ errs by 6u·β₁ ÷ (1 − β₁).
      error: (t) => {
        const beta1 = number('beta1');
        return (
          corrections(number('beta2'))(t) +
          (7 * (t + 1) * beta1 ** t) / (1 - beta1 ** t) +
          (6 * beta1) / (1 - beta1) +
          16
        );
      },
    };
  },
  adamax: ({ number, is }) => {
    let m = 0;
    let u = 0;
    const epsilon = number('epsilon');
    return {
      next: ({ t, p, g }) => {
        m = number('beta1') * m + (1 - number('beta1')) * g;
        u = Math.max(number('beta2') * u, is('epsilonPlacement', 'maximum') ? Math.abs(g) + epsilon : Math.abs(g));
        return (
          p -
          (number('learningRate') * (m / (1 - number('beta1') ** t))) /
            (is('epsilonPlacement', 'maximum') ? u : u + epsilon)
        );
      },
      slots: () => ({ m, u }),
      error: corrections(number('beta1')),
    };
  },
  radam: (hyper) => {
    const { number } = hyper;
    const kept = moments(hyper);
    const most = 2 / (1 - number('beta2')) - 1;
    const length = (t: number): number => {
      const power = number('beta2') ** t;
      return most - (2 * t * power) / (1 - power);
    };
    return {
      next: ({ t, p, g }) => {
        const { m, v } = kept.see(g);
        const corrected = m / (1 - number('beta1') ** t);
        const rho = length(t);
        const rate = number('learningRate');
        if (!(rho > number('threshold'))) return p - rate * corrected;
        const r = Math.sqrt(((rho - 4) * (rho - 2) * most) / ((most - 4) * (most - 2) * rho));
        return p - (rate * (r * corrected)) / adamDenominator(hyper, v, t);
      },
      slots: kept.slots,
      // ρₜ is a difference of numbers up to ρ∞: its error is ρ∞·(what the power's is, and 4u); r² has ρₜ − 4 in it.
      error: (t) => {
        const beta2 = number('beta2');
        const power = corrections(beta2)(t);
        const rho = length(t);
        const lost = rho > number('threshold') ? (most * (power + 4)) / (rho - 4) : 0;
        return corrections(number('beta1'), beta2)(t) + 2 * lost + 16;
      },
    };
  },
  lion: (hyper) => {
    const { number } = hyper;
    let m = 0;
    return {
      next: ({ p, g, isWeight }) => {
        const direction = Math.sign(number('beta1') * m + (1 - number('beta1')) * g);
        m = number('beta2') * m + (1 - number('beta2')) * g;
        return shrink(hyper, p, isWeight) - number('learningRate') * direction;
      },
      slots: () => ({ m }),
      error: exact,
    };
  },
};
