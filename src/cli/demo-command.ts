/** `nabla`: trains three networks, and shows what they learned. */
import { dirname } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, Key } from '../index.ts';
import { creatable, makeDirectory, writeText } from '../io/files.ts';
import type { DemoCommand } from './command.ts';
import { franke } from './demo/franke.ts';
import { ising } from './demo/ising.ts';
import { type Demo, demoPage } from './demo/page.ts';
import { picture } from './demo/picture.ts';
import { results, summary } from './demo/summary.ts';
import { xor } from './demo/xor.ts';
import { reportable, writeReport } from './report/write.ts';
import type { World } from './world.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;
const nothing: Effect<void> = TE.right(undefined);

const drawn = (demo: Demo, file: string): Effect<void> =>
  pipe(
    makeDirectory(dirname(file)),
    TE.chain(() => picture(demo)),
    TE.chain(writeText(file)),
  );

const trained = (world: World, seed: number): Effect<Demo> => {
  const root = Key.fromSeed(seed);
  const [first = root, second = root, third = root] = Key.split(3)(root);
  return pipe(
    TE.Do,
    TE.bind('xor', () => xor(world)(first)),
    TE.bind('franke', () => franke(world)(second)),
    TE.bind('ising', () => ising(world)(third)),
  );
};

export const demoCommand =
  (world: World) =>
  ({ seed, json, out, picture: file }: DemoCommand): Effect<void> => {
    const begun = world.now();
    const seconds = (): number => Math.round(world.now() - begun) / 1000;
    return pipe(
      file === null ? nothing : creatable(file),
      TE.chain(() => (json ? nothing : reportable(out))),
      TE.chain(() => trained(world, seed)),
      TE.chainFirst((demo) => (file === null ? nothing : drawn(demo, file))),
      TE.chain((demo) =>
        json
          ? TE.fromIO(() =>
              world.print(`${JSON.stringify({ ...results(demo, seed), timings: { total: seconds() } })}\n`),
            )
          : pipe(
              demoPage(demo, seed),
              TE.chain(writeReport(out)),
              TE.chainIOK((path) => () => {
                world.print(summary(demo));
                world.print(`report   ${path}, after ${seconds().toFixed(0)} s\n`);
              }),
            ),
      ),
    );
  };
