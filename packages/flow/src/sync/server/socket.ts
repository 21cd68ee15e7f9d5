import type { Actor, Permission } from '../messages.ts';

/** What a socket remembers while the room sleeps; the adapter may keep more beside it. At most 2 KB as JSON. */
export interface SocketAttachment {
  peerId: string;
  actor: Actor;
  permission: Permission;
  /** Seconds since the epoch; absent for a credential that does not expire. */
  exp?: number;
  /** Set by `hello`: from then on the socket takes part. */
  clientId?: string;
  /** Whether `hello` has asked for packed messages. */
  packed?: boolean;
}

/** One open connection. The room keeps nothing about it but what may be lost (presence, unread messages). */
export interface RoomSocket {
  readonly attachment: SocketAttachment;
  /** Adds to the attachment. */
  attach(change: { clientId: string; packed: boolean }): void;
  send(text: string): void;
  close(code: number, reason: string): void;
}
