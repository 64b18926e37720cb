/** Engines by the names that the command line has for them. */
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Engine, type Failure } from '../index.ts';
import { Native } from '../native/index.ts';

const engines: Readonly<Record<EngineName, TE.TaskEither<Failure.Failure, Engine.Engine>>> = {
  wasm: TE.fromIO(() => Engine.create()),
  native: Native.create(),
  reference: TE.right(Engine.reference),
};

export const ENGINES = ['wasm', 'native', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

/** The engine of a name. Fails where it is `native` and there is none, saying what to install. */
export const engineOf = (name: EngineName): TE.TaskEither<Failure.Failure, Engine.Engine> => engines[name];
