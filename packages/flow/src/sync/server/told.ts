import { utf8Bytes } from '../../document/json.ts';
import type { Change, ServerMessage } from '../messages.ts';
import { packOp } from '../packed-op.ts';

export type CommittedMessage = Extract<ServerMessage, { type: 'committed' }>;

/** What of a packed change is the same for all readers, see `PackedFrame`. */
interface Packed {
  /** The ops, and the bracket behind them. */
  contents: string;
  /** Members of the change that few have, as those of an object without its braces; empty when there are none. */
  more: string;
  /** As JSON. */
  actor: string;
  /** UTF-8 bytes of all that, at most. */
  bytes: number;
}

/** One commit on its way to its readers, in each form written once for all of them. */
export class ToldChange {
  readonly change: Change;
  readonly #keyed: boolean;
  #plain: { text: string; bytes: number } | undefined;
  #packed: Packed | undefined;

  /** @param keyed whether somebody among the readers may know the key as one of his own */
  constructor(change: Change, keyed: boolean) {
    this.change = change;
    this.#keyed = keyed;
  }

  /** The message `changes`. */
  get plain(): { text: string; bytes: number } {
    if (!this.#plain) {
      const text = JSON.stringify({ type: 'changes', ...this.change } satisfies ServerMessage);
      this.#plain = { text, bytes: utf8Bytes(text) };
    }
    return this.#plain;
  }

  get packed(): Packed {
    if (!this.#packed) {
      const { clock: _clock, at: _at, ops, actor: who, key, ...rest } = this.change;
      const contents = JSON.stringify(ops.map(packOp)).slice(1);
      const more = JSON.stringify({ ...rest, ...(this.#keyed && key !== undefined && { key }) }).slice(1, -1);
      const actor = JSON.stringify(who);
      this.#packed = {
        contents,
        more,
        actor,
        bytes: utf8Bytes(contents) + utf8Bytes(more) + utf8Bytes(actor),
      };
    }
    return this.#packed;
  }
}
