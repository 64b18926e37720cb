/** How a transform keeps the optimizer inside: its names under `inner.`, its phases run with what is theirs. */
import * as O from 'fp-ts/lib/Option.js';
import type { Form, Of } from '../../tensor/tree.ts';
import type { Numbers } from '../numbers.ts';
import type { Decision, Evaluation, Optimizer, Phase, PhaseInput, PhaseOutput, Ran, Settled } from '../optimizer.ts';
import { type Config, encodeConfig } from '../rate.ts';

const PREFIX = 'inner.';

type Names<A> = Readonly<Record<string, A>>;

const inside = (name: string): boolean => name.startsWith(PREFIX);

/** What is the inner optimizer's, under its own names. */
export const innerOf = <A>(all: Names<A>): Names<A> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, a]) => (inside(name) ? [[name.slice(PREFIX.length), a]] : [])),
  );

/** What is the transform's own. */
export const ownOf = <A>(all: Names<A>): Names<A> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !inside(name)));

/** The transform's own beside the inner optimizer's. */
export const both = <A>(own: Names<A>, inner: Names<A>): Names<A> => ({
  ...own,
  ...Object.fromEntries(Object.entries(inner).map(([name, a]) => [PREFIX + name, a])),
});

/** The phase of the inner optimizer that ran, if one of its did. */
export const innerRan = (ran: Ran | undefined): Ran | undefined =>
  ran !== undefined && inside(ran.phase) ? { ...ran, phase: ran.phase.slice(PREFIX.length) } : undefined;

/** A decision of the inner optimizer as the transform's, whose own scalars go to every phase. */
export const innerDecision = (own: Numbers, ownScalars: Numbers, { numbers, run }: Decision): Decision => ({
  numbers: both(own, numbers),
  ...(run === undefined ? {} : { run: { phase: PREFIX + run.phase, scalars: both(ownScalars, run.scalars) } }),
});

/** What a transform does around each phase of the inner optimizer. */
export interface Around {
  /** The loss and gradient that the inner optimizer sees. */
  readonly before?: <P extends Form, T>(given: PhaseInput<P, T>) => Evaluation<P, T>;
  /** The parameters after the phase, from those that the inner optimizer gives. */
  readonly after?: <P extends Form, T>(given: PhaseInput<P, T>, params: Of<P, T>) => Of<P, T>;
}

const phaseInside =
  (phase: Phase, { before, after }: Around): Phase =>
  <P extends Form, T>(given: PhaseInput<P, T>): PhaseOutput<P, T> => {
    const done = phase<P, T>({
      ...given,
      scalars: innerOf(given.scalars),
      vectors: innerOf(given.vectors),
      evaluation: before === undefined ? given.evaluation : before<P, T>(given),
    });
    return {
      ...done,
      params: after === undefined ? done.params : after<P, T>(given, done.params),
      vectors: both(ownOf(given.vectors), done.vectors),
    };
  };

/** The phases of the inner optimizer, each with what is done around it. */
export const innerPhases = (inner: Optimizer, around: Around): Optimizer['phases'] =>
  both({}, Object.fromEntries(Object.entries(inner.phases).map(([name, phase]) => [name, phaseInside(phase, around)])));

/** The slots of the inner optimizer. */
const innerSettled = <P extends Form, T>(settled: Settled<P, T>): Settled<P, T> => ({
  ...settled,
  slots: { numbers: innerOf(settled.slots.numbers), vectors: innerOf(settled.slots.vectors) },
});

/** What a transform is, beside the optimizer inside. */
export interface Outer {
  readonly kind: string;
  readonly config: Config;
  readonly numbers?: Numbers;
  readonly vectors?: Optimizer['vectors'];
  readonly decide: Optimizer['decide'];
  readonly phases: Optimizer['phases'];
  /** Its own preference, before that of the optimizer inside. */
  readonly preferred?: Optimizer['preferred'];
}

/** A transform's optimizer: the description, slots, observations and preference of both. */
export const nest = (inner: Optimizer, outer: Outer): Optimizer => {
  const { observe, tries } = inner;
  return Object.freeze<Optimizer>({
    description: Object.freeze({
      kind: outer.kind,
      ...encodeConfig(outer.config),
      optimizer: inner.description,
    }),
    numbers: Object.freeze(both(outer.numbers ?? {}, inner.numbers)),
    vectors: Object.freeze(both(outer.vectors ?? {}, inner.vectors)),
    decide: outer.decide,
    phases: outer.phases,
    ...(observe === undefined
      ? {}
      : { observe: (numbers: Numbers, metric: number) => both(ownOf(numbers), observe(innerOf(numbers), metric)) }),
    ...(tries === undefined ? {} : { tries: (numbers: Numbers) => tries(innerOf(numbers)) }),
    preferred: <P extends Form, T>(settled: Settled<P, T>): O.Option<Of<P, T>> => {
      const own = outer.preferred?.<P, T>(settled) ?? O.none;
      return O.isSome(own) ? own : (inner.preferred?.<P, T>(innerSettled(settled)) ?? O.none);
    },
  });
};

/** A transform that acts around each phase and keeps nothing; its scalars are the same in every step. */
export const around = (inner: Optimizer, kind: string, config: Config, scalars: Numbers, acts: Around): Optimizer =>
  nest(inner, {
    kind,
    config,
    decide: (numbers, ran) => innerDecision({}, scalars, inner.decide(innerOf(numbers), innerRan(ran))),
    phases: innerPhases(inner, acts),
  });
