/** Milliseconds after which the times that are told begin anew, so that they stay short. */
const EPOCH_MS = 100_000;
/** Actors after which all is begun anew, so that a room which never sleeps does not remember everybody who came by. */
const MOST_ACTORS = 2_000;

/**
 * The short names under which a room tells of actors and times, and which of them each socket has been told. Lost when
 * the room sleeps: then whatever is told next is introduced again.
 */
export class Introductions {
  /** Actor as JSON → number */
  readonly #numbers = new Map<string, number>();
  /** Peer → what he knows */
  readonly #known = new Map<string, { actors: Set<number>; epoch?: number }>();
  #epoch = 0;

  /** @param actor as JSON */
  numberOf(actor: string): number {
    let number = this.#numbers.get(actor);
    if (number === undefined) {
      if (this.#numbers.size >= MOST_ACTORS) {
        this.#numbers.clear();
        this.#known.clear();
      }
      this.#numbers.set(actor, (number = this.#numbers.size));
    }
    return number;
  }

  /** Whether this socket has to be told now who the actor is; from then on he knows. */
  introduce(peerId: string, number: number): boolean {
    const { actors } = this.#knownTo(peerId);
    if (actors.has(number)) return false;
    actors.add(number);
    return true;
  }

  /** A time as this socket understands it. @param at milliseconds since 1970 */
  time(peerId: string, at: number): string {
    if (at - this.#epoch > EPOCH_MS) this.#epoch = at;
    const known = this.#knownTo(peerId);
    const since = at - this.#epoch;
    if (known.epoch === this.#epoch) return `${since}`;
    known.epoch = this.#epoch;
    return `[${this.#epoch},${since}]`;
  }

  forget(peerId: string): void {
    this.#known.delete(peerId);
  }

  #knownTo(peerId: string): { actors: Set<number>; epoch?: number } {
    let known = this.#known.get(peerId);
    if (!known) this.#known.set(peerId, (known = { actors: new Set() }));
    return known;
  }
}
