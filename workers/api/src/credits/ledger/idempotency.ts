import type { Outcome, Refusal } from '../../platform/errors.ts';
import type { Block } from './block.ts';

/** An answer once given is given again: key → request and response, for ever. Refusals are not kept: nothing happened. */
export class Answers<T> {
  readonly #known = new Map<string, { request: string; response: Outcome<T> }>();
  readonly #fresh: { key: string; request: string; response: Outcome<T> }[] = [];

  /** Loads what is known about `keys`, in one query. */
  constructor(block: Block, keys: readonly string[]) {
    const rows = block.store.exec<{ key: string; request: string; response: string }>(
      'SELECT key, request, response FROM idem WHERE key IN (SELECT value FROM json_each(?))',
      JSON.stringify(keys),
    );
    for (const { key, request, response } of rows) {
      this.#known.set(key, { request, response: JSON.parse(response) as Outcome<T> });
    }
  }

  /** The earlier answer, a conflict when the same key asked something else, or null when the key is new. */
  replay(key: string, request: string): Outcome<T> | null {
    const known = this.#known.get(key);
    if (!known) return null;
    if (known.request === request) return known.response;
    return refuse(
      'idempotency_conflict',
      `'${key}' was used with another request; use a new key for a new request.`,
    );
  }

  remember(key: string, request: string, response: Outcome<T>): void {
    this.#known.set(key, { request, response });
    this.#fresh.push({ key, request, response });
  }

  /** Writes the new answers; call it in the block that did the work. */
  save(block: Block): void {
    if (this.#fresh.length === 0) return;
    block.store.exec(
      `INSERT INTO idem (key, request, response) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
      JSON.stringify(
        this.#fresh.map(({ key, request, response }) => [key, request, JSON.stringify(response)]),
      ),
    );
  }
}

export function refuse(code: Refusal['code'], detail: string, extra?: Refusal['extra']): Refusal {
  return { ok: false, code, detail, ...(extra && { extra }) };
}
