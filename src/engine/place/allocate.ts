/**
 * Liveness: every buffer gets a constant place, and buffers that are never alive together may share one. Times are
 * positions in the schedule.
 */

/** A buffer that is in use from one time to another, both included. */
export interface Block {
  readonly id: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

export interface Allocation {
  readonly at: ReadonlyMap<number, number>;
  /** The end of the last block. */
  readonly end: number;
}

/** Buffers begin at multiples of this, a line of the cache. */
export const ALIGNMENT = 64;

export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly block: Block;
}

/** Each block at the lowest place that is free as long as it lives, the largest blocks first. */
export const allocate = (blocks: readonly Block[], start: number): Allocation => {
  const placed: Placed[] = [];
  const at = new Map<number, number>();
  for (const block of blocks.toSorted((a, b) => b.bytes - a.bytes || a.id - b.id)) {
    const beside = placed
      .filter(({ block: other }) => other.from <= block.to && block.from <= other.to)
      .sort((a, b) => a.start - b.start);
    const bytes = aligned(block.bytes);
    let place = start;
    for (const other of beside) {
      if (place + bytes <= other.start) break;
      place = Math.max(place, other.end);
    }
    placed.push({ start: place, end: place + bytes, block });
    at.set(block.id, place);
  }
  return { at, end: placed.reduce((end, one) => Math.max(end, one.end), start) };
};
