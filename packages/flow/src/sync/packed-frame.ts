import { FlowError } from '../document/errors.ts';
import type { Op } from '../document/types.ts';
import type { Actor, Change, ServerMessage } from './messages.ts';
import { unpackOp } from './packed-op.ts';

/**
 * What a room has to tell one client at a time, as a list: `[clock, at, item, …]`, for clients that ask for it.
 *
 * `clock` is where the client stands before it. `at` is a time, in milliseconds since an epoch that the room has told
 * on this connection; where it tells it, it is `[epoch, at]`. The items, in their order:
 * - `[actor, more, op, …]`: the next change. `actor` is a number that the room has given on this connection, or
 *   `[number, actor]` where it gives it. `more` is the milliseconds since `at`; or, where there is more to say, an
 *   object of them, `dt`, and of the other members of the change. The ops are packed.
 * - a text: the own commit with this key became the next one, as it was sent and without conflicts
 * - an object: any other message
 */
export type PackedFrame = unknown[];

interface More extends Pick<Change, 'runId' | 'message' | 'key' | 'proposal'> {
  dt: number;
}

/** Reads the packed frames of one connection after another. */
export class FrameReader {
  readonly #actors = new Map<number, Actor>();
  #epoch = 0;

  /**
   * The messages in a frame.
   * @throws FlowError when it cannot be understood
   */
  read([first, time, ...items]: PackedFrame): ServerMessage[] {
    let clock = numberIn(first, 'clock');
    if (Array.isArray(time)) this.#epoch = numberIn(time[0], 'epoch');
    const at = this.#epoch + numberIn(Array.isArray(time) ? time[1] : time, 'at');
    return items.map((item): ServerMessage => {
      if (typeof item === 'string') {
        clock += 1;
        return { type: 'committed', key: item, clock, conflicts: [] };
      }
      if (Array.isArray(item)) {
        clock += 1;
        return this.#change(item, clock, at);
      }
      if (typeof item !== 'object' || item === null) return unreadable('item');
      const message = item as ServerMessage;
      if (message.type === 'committed') clock = Math.max(clock, message.clock);
      return message;
    });
  }

  #change([who, more, ...packed]: unknown[], clock: number, at: number): ServerMessage {
    const { dt, ...rest } = typeof more === 'number' ? { dt: more } : (more as More);
    const ops: Op[] = packed.map((op) => unpackOp(op) ?? unreadable('op'));
    return { type: 'changes', clock, ops, actor: this.#actor(who), at: at + numberIn(dt, 'dt'), ...rest };
  }

  #actor(who: unknown): Actor {
    const number = numberIn(Array.isArray(who) ? who[0] : who, 'actor');
    if (Array.isArray(who)) this.#actors.set(number, who[1] as Actor);
    return this.#actors.get(number) ?? unreadable('actor');
  }
}

function numberIn(value: unknown, path: string): number {
  return typeof value === 'number' ? value : unreadable(path);
}

function unreadable(path: string): never {
  throw new FlowError('invalid_request', [{ path, message: 'Is none' }]);
}
