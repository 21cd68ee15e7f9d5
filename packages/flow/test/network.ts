import type { RoomSocket, SocketAttachment } from '../src/sync/server/index.ts';
import type { Choose } from './random-ops.ts';

/** One connection, both ways, delivered in order when the simulation says so, with what networks do to it. */
export class Link implements RoomSocket {
  attachment: SocketAttachment;
  readonly up: string[] = [];
  readonly down: string[] = [];
  /** The room's side is open; the client may know better, or not yet. */
  open = true;
  /** Directions in which everything vanishes from now on, without either side being told. */
  readonly dead = { up: false, down: false };
  /** Single messages of the room have vanished. */
  lossy = false;

  constructor(attachment: SocketAttachment) {
    this.attachment = attachment;
  }

  attach(change: { clientId: string; packed: boolean }): void {
    // As a Durable Object keeps it: a copy that has been through serialisation.
    this.attachment = JSON.parse(JSON.stringify({ ...this.attachment, ...change })) as SocketAttachment;
  }

  /** The room speaks. */
  send(text: string): void {
    if (text.length > 256 * 1024) throw new Error('a message longer than the limit');
    if (this.open && !this.dead.down) this.down.push(text);
  }

  /** The room closes its side. */
  close(): void {
    this.open = false;
  }

  /** The client speaks. */
  say(text: string): void {
    if (!this.dead.up) this.up.push(text);
  }

  /** One message on its way, either way, vanishes; those before and behind it arrive. */
  loseOne(choose: Choose): void {
    const up = choose(2) === 0;
    const queue = up ? this.up : this.down;
    if (queue.length === 0) return;
    queue.splice(choose(queue.length), 1);
    if (!up) this.lossy = true;
  }

  /** The last message on the way, either way, arrives twice, as after a retry below us. */
  repeatOne(choose: Choose): void {
    const queue = choose(2) === 0 ? this.up : this.down;
    const last = queue.at(-1);
    if (last !== undefined) queue.push(last);
  }

  /** The path dies without a word: upwards, downwards or both; of what was on its way the end vanishes too. */
  die(choose: Choose): void {
    const way = choose(3);
    for (const direction of ['up', 'down'] as const) {
      if (way === (direction === 'up' ? 1 : 0)) continue;
      this.dead[direction] = true;
      const queue = this[direction];
      queue.splice(choose(queue.length + 1));
    }
  }
}
