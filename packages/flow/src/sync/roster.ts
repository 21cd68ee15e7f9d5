import type { Peer } from './messages.ts';

/** Who is in the room. */
export class Roster {
  readonly #peers = new Map<string, Peer>();
  #others: Peer[] | undefined;

  /** All but `self`; the same array until something changes. */
  others(self: string | undefined): readonly Peer[] {
    return (this.#others ??= [...this.#peers.values()].filter(({ peerId }) => peerId !== self));
  }

  /** Notes who has come or changed, and who has left. */
  note(peers: readonly Peer[], left: readonly string[] = []): void {
    for (const peer of peers) this.#peers.set(peer.peerId, peer);
    for (const peerId of left) this.#peers.delete(peerId);
    this.#others = undefined;
  }

  clear(): void {
    this.#peers.clear();
    this.#others = undefined;
  }
}
