/** Laws of a network's gradient, at the parameters that it has. */
import type * as fc from 'fast-check';
import { byDualNumbers, byRidders } from '../../gradient/judge.ts';
import { type Law, law } from '../../law.ts';
import { compared } from '../layer/pullback.ts';
import { type NetworkCase, onBench, showSample } from './case.ts';

/** The laws of the gradient. */
export const gradientLaws = (cases: fc.Arbitrary<NetworkCase>, runs: number, tolerance: number): readonly Law[] => {
  const options = { runs, show: showSample };
  return [
    law(
      'gradient: dual numbers',
      'along random directions, the gradient of ⟨y, dy⟩ at the network’s own parameters is what dual numbers carry',
      cases,
      onBench((bench) => compared(bench, byDualNumbers, 1e-11 * tolerance)),
      { ...options, formula: '⟨∇⟨y, dy⟩, v⟩ = ε-part of ⟨f((θ, x) + ε·v), dy⟩, ε² = 0' },
    ),
    law(
      'gradient: differences',
      'along random directions, the gradient of ⟨y, dy⟩ at the network’s own parameters is that of Ridders’s extrapolation',
      cases,
      onBench((bench) => compared(bench, byRidders, 1e-8 * tolerance)),
      { ...options, formula: '⟨∇⟨y, dy⟩, v⟩ = d/dt ⟨f((θ, x) + t·v), dy⟩ at t = 0' },
    ),
  ];
};
