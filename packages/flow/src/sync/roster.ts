import type { Peer, PeerNews } from './messages.ts';

/** Who is in the room. */
export class Roster {
  readonly #peers = new Map<string, Peer>();
  #others: Peer[] | undefined;

  /** All but `self`; the same array until something changes. */
  others(self: string | undefined): readonly Peer[] {
    return (this.#others ??= [...this.#peers.values()].filter(({ peerId }) => peerId !== self));
  }

  /** Notes who has come or changed, and who has left. */
  note(peers: readonly PeerNews[], left: readonly string[] = []): void {
    for (const { peerId, presence, actor = this.#peers.get(peerId)?.actor } of peers)
      if (actor) this.#peers.set(peerId, { peerId, actor, presence });
    for (const peerId of left) this.#peers.delete(peerId);
    this.#others = undefined;
  }

  clear(): void {
    this.#peers.clear();
    this.#others = undefined;
  }
}
