/** How far the work is: a live bar on a terminal, a few plain lines elsewhere. */
import { SingleBar } from 'cli-progress';
import type { World } from './world.ts';

/** One piece of work of a known length. */
export interface Bar {
  readonly update: (done: number, note: string) => void;
  /** Ends it, saying what came of it. */
  readonly end: (note: string) => void;
}

const WIDTH = 16;
const fit = (title: string): string => title.padEnd(WIDTH);

const live = (terminal: NodeJS.WriteStream, title: string, total: number): Bar => {
  const bar = new SingleBar({
    stream: terminal,
    format: `${fit(title)} {bar} {percentage}%  {note}`,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 28,
    fps: 15,
    // The work does not let signals be handled in between, so the bar must leave nothing to restore.
    hideCursor: false,
    gracefulExit: false,
    autopadding: true,
  });
  bar.start(total, 0, { note: '' });
  return {
    update: (done, note) => bar.update(done, { note }),
    end: (note) => {
      bar.update(bar.getTotal(), { note });
      bar.stop();
    },
  };
};

/** A line each tenth of the way would be too many for short work: a line each quarter. */
const PARTS = 4;

const plain = (log: (text: string) => void, title: string, total: number): Bar => {
  let last = 0;
  return {
    update: (done, note) => {
      const part = Math.floor((done * PARTS) / total);
      if (part > last && done < total)
        log(`${fit(title)} ${String(Math.round((100 * done) / total)).padStart(3)}%  ${note}\n`);
      last = Math.max(last, part);
    },
    end: (note) => log(`${fit(title)} 100%  ${note}\n`),
  };
};

/** Begins a piece of work: `total` steps under a title. */
export const begin =
  ({ terminal, log }: Pick<World, 'terminal' | 'log'>) =>
  (title: string, total: number): Bar =>
    terminal === undefined ? plain(log, title, total) : live(terminal, title, total);
