import type { Actor } from '../messages.ts';
import type { SqlRow, Store } from '../store.ts';

interface ActorRow extends SqlRow {
  no: number;
  id: string;
  name: string;
  avatar: string | null;
}

/** The people and keys that have edited one flow. Logs refer to them by number. */
export class Actors {
  readonly #store: Store;
  readonly #known = new Map<number, Actor>();
  readonly #numbers = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The number of this actor if he has ever edited the flow. */
  find(id: string): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const row = this.#store.exec<ActorRow>('SELECT no, id, name, avatar FROM actor WHERE id = ?', id)[0];
    return row && this.#keep(row);
  }

  /** The number of this actor; he is added, or his name brought up to date. Call inside the commit's transaction. */
  enter(actor: Actor): number {
    const no = this.find(actor.id);
    const known = no === undefined ? undefined : this.#known.get(no);
    if (no !== undefined && known?.name === actor.name && known.avatarUrl === actor.avatarUrl) return no;
    const [row] = this.#store.exec<ActorRow>(
      `INSERT INTO actor (id, name, avatar) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, avatar = excluded.avatar RETURNING no, id, name, avatar`,
      actor.id,
      actor.name,
      actor.avatarUrl ?? null,
    );
    if (!row) throw new Error('SQLite returned no row for an upsert');
    return this.#keep(row);
  }

  get(no: number): Actor {
    const known = this.#known.get(no);
    if (known) return known;
    const row = this.#store.exec<ActorRow>('SELECT no, id, name, avatar FROM actor WHERE no = ?', no)[0];
    if (!row) throw new Error(`The log names actor ${no}, who is not in its table`);
    this.#keep(row);
    return actorOf(row);
  }

  /** Forgets what was read, after a transaction failed. */
  forget(): void {
    this.#known.clear();
    this.#numbers.clear();
  }

  #keep(row: ActorRow): number {
    this.#known.set(row.no, actorOf(row));
    this.#numbers.set(row.id, row.no);
    return row.no;
  }
}

function actorOf(row: ActorRow): Actor {
  return { id: row.id, name: row.name, ...(row.avatar !== null && { avatarUrl: row.avatar }) };
}
