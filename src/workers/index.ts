/** What needs Node and its threads: the entry `nabla-ts/workers`. */
export type { Ended, MakeObjective, Objective } from './objective.ts';
export * as Workers from './run.ts';
export * as Store from './store.ts';
