import type { Peer, PeerNews, Presence, ServerMessage } from '../messages.ts';
import type { RoomSocket } from './socket.ts';

/** Bytes of presence that a newcomer is given. */
const PEERS_BYTES = 96 * 1024;

/** Who is where in one room, and what of it has to be told. Held in memory alone: whatever is lost is sent again. */
export class PresenceBoard {
  readonly #presence = new Map<string, Presence>();
  readonly #changed = new Set<string>();
  readonly #left = new Set<string>();
  /** Whom all others have been told of by name. */
  readonly #named = new Set<string>();

  /** Takes what a member shows of himself. */
  set(peerId: string, { cursor, selection, viewport, typing }: Presence): void {
    this.#presence.set(peerId, {
      ...(cursor && { cursor }),
      ...(selection && { selection }),
      ...(viewport && { viewport }),
      ...(typing !== undefined && { typing }),
    });
    this.#changed.add(peerId);
  }

  came(peerId: string): void {
    this.#named.delete(peerId);
    this.#changed.add(peerId);
  }

  /** @param wasMember whether the others have ever heard of him. */
  left(peerId: string, wasMember: boolean): void {
    this.#presence.delete(peerId);
    this.#changed.delete(peerId);
    this.#named.delete(peerId);
    if (wasMember) this.#left.add(peerId);
  }

  /** Tells `members` what has changed since the last call, in one message. */
  flush(members: readonly RoomSocket[]): void {
    const peers = members
      .filter((socket) => this.#changed.has(socket.attachment.peerId))
      .map((socket) => this.#peer(socket));
    const left = [...this.#left];
    this.#changed.clear();
    this.#left.clear();
    if (peers.length === 0 && left.length === 0) return;
    const write = (news: PeerNews[]): string =>
      JSON.stringify({
        type: 'presence',
        peers: news,
        ...(left.length > 0 && { left }),
      } satisfies ServerMessage);
    const plain = write(peers);
    const packed = write(
      peers.map(({ peerId, actor, presence }) => ({
        peerId,
        ...(!this.#named.has(peerId) && { actor }),
        presence,
      })),
    );
    for (const { peerId } of peers) this.#named.add(peerId);
    // Nobody needs to be told about himself alone.
    const only = peers.length === 1 && left.length === 0 ? peers[0]?.peerId : undefined;
    for (const socket of members)
      if (socket.attachment.peerId !== only) socket.send(socket.attachment.packed === true ? packed : plain);
  }

  /** The others, as far as they fit into a welcome; the rest are heard of when they next move. */
  peersBut(peerId: string, members: readonly RoomSocket[]): Peer[] {
    let length = 0;
    return members
      .filter((socket) => socket.attachment.peerId !== peerId)
      .map((socket) => this.#peer(socket))
      .filter((peer) => {
        const fits = (length += JSON.stringify(peer).length * 3) <= PEERS_BYTES;
        if (!fits) this.#named.delete(peer.peerId);
        return fits;
      });
  }

  #peer({ attachment: { peerId, actor } }: RoomSocket): Peer {
    return { peerId, actor, presence: this.#presence.get(peerId) ?? {} };
  }
}
