import type { Block } from './block.ts';
import { touch } from './outbox.ts';

/** Who works and who waits: as many open holds have a slot as the plan allows, the others queue, first come first served. */
export class Slots {
  readonly #limit: number;
  #running = 0;
  #last = 0;

  constructor(block: Block, limit: number) {
    this.#limit = limit;
    if (limit === Infinity) return;
    const [row] = block.store.exec<{ running: number; last: number | null }>(
      `SELECT (SELECT COUNT(*) FROM hold WHERE state = 'open' AND queue_seq IS NULL) AS running,
         (SELECT MAX(queue_seq) FROM hold WHERE state = 'open' AND queue_seq IS NOT NULL) AS last`,
    );
    this.#running = row?.running ?? 0;
    this.#last = row?.last ?? 0;
  }

  /** A place in the queue, or null for a slot. */
  next(): number | null {
    if (this.#running < this.#limit) {
      this.#running += 1;
      return null;
    }
    return (this.#last += 1);
  }
}

/**
 * Gives free slots to those who wait longest, and tells of it by the outbox. Their time starts now: a hold that has
 * waited lives from here as long as it would have from the start. To be called whenever a slot may have become free.
 */
export function promote(block: Block): void {
  const waiting = `state = 'open' AND queue_seq IS NOT NULL`;
  const [queue] = block.store.exec<{ first: number | null }>(
    `SELECT MIN(queue_seq) AS first FROM hold WHERE ${waiting}`,
  );
  if (!queue || queue.first === null) return;
  const next = block.store.exec<{ id: string; life: number }>(
    `SELECT id, life FROM hold WHERE ${waiting} ORDER BY queue_seq
     LIMIT MAX(0, (SELECT concurrent_runs FROM policy)
                  - (SELECT COUNT(*) FROM hold WHERE state = 'open' AND queue_seq IS NULL))`,
  );
  if (next.length === 0) return;
  const rows = JSON.stringify(next.map(({ id, life }) => [id, block.now + life]));
  block.store.exec(
    `UPDATE hold SET queue_seq = NULL, expires_at = n.expires_at
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS expires_at FROM json_each(?)) AS n WHERE hold.id = n.id`,
    rows,
  );
  block.store.exec(
    `INSERT INTO start (run_id, expires_at, at) SELECT value ->> 0, value ->> 1, ? FROM json_each(?) ORDER BY key`,
    block.now,
    rows,
  );
  touch(block, 'start');
}
