import { LIMITS } from '../../document/limits.ts';
import type { ProposalSummary } from '../../proposals/types.ts';
import { pong } from '../liveness.ts';
import type { Change, ClientMessage, ServerMessage } from '../messages.ts';
import { fits } from '../text.ts';
import { Delivery } from './delivery.ts';
import type { Ping } from './frame.ts';
import type { FlowLog } from './log.ts';
import type { Committed, Outcome, Refusal } from './outcome.ts';
import { MOST_PACKED_BYTES } from './packed-frames.ts';
import { PresenceBoard } from './presence.ts';
import type { AcceptRequest, CommitRequest, RestoreRequest, RevertRequest } from './requests.ts';
import { ENVELOPE_BYTES } from './snapshot-text.ts';
import type { RoomSocket } from './socket.ts';
import type { CommittedMessage } from './told.ts';

export interface RoomOptions {
  log: FlowLog;
  /** Milliseconds since the epoch. */
  now(): number;
  /** All open sockets, those that slept included. */
  sockets(): Iterable<RoomSocket>;
  /**
   * Called when there are commits to tell: call `flush` after so many milliseconds, which are few; at 0 when the present
   * turn ends. So what happens at about the same time is told together, and an edit that comes alone at once.
   */
  flushIn(ms: number): void;
  /** Called when there is presence to tell: call `flushPresence` soon, not at once, so that much becomes one message. */
  presenceChanged(): void;
  /** Called when a reader has too much unread: call `closeStalled` at this time, milliseconds since the epoch. */
  readerHeld(until: number): void;
  /** Called when a commit was told: from now on `ping` is answered with its clock. */
  advanced?(clock: number): void;
}

/** WebSocket close codes: 1013 is the registered "try again later", 4401 says that a new token is needed. */
const CLOSE = { slow: 1013, missed: 1013, expired: 4401, gone: 4404 } as const;

/**
 * The protocol of one live flow, between its log and its sockets; pure, so that the same code runs in a Durable
 * Object and under the simulation. Everybody else hears of a commit through the `changes` that this sends, so all
 * commits of the flow have to come through here.
 */
export class Room {
  readonly #options: RoomOptions;
  readonly #log: FlowLog;
  readonly #presence = new PresenceBoard();
  readonly #delivery: Delivery;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#delivery = new Delivery({
      log: options.log,
      now: () => options.now(),
      readers: () => this.#members(),
      flushIn: (ms) => options.flushIn(ms),
      told: (clock) => options.advanced?.(clock),
      readerHeld: (until) => options.readerHeld(until),
      stalled: (socket) => this.bye(socket, 'slow_reader', CLOSE.slow),
    });
  }

  /** Commits and tells everybody in the room; `origin` is the socket that gets its own answer. */
  commit(request: CommitRequest, origin?: RoomSocket): Outcome<Committed> {
    return this.#told(this.#log.commit(request), origin);
  }

  undo(request: RevertRequest, origin?: RoomSocket): Outcome<Committed> {
    return this.#told(this.#log.undo(request), origin);
  }

  redo(request: RevertRequest, origin?: RoomSocket): Outcome<Committed> {
    return this.#told(this.#log.redo(request), origin);
  }

  restore(request: RestoreRequest): Outcome<Committed> {
    return this.#told(this.#log.restore(request));
  }

  acceptProposal(request: AcceptRequest): Outcome<Committed> {
    return this.#told(this.#log.proposals.accept(request));
  }

  /** Handles one message of a client, except `auth`, which needs the world outside and is the adapter's. */
  receive(socket: RoomSocket, message: Exclude<ClientMessage, { type: 'auth' }> | Ping): void {
    const { attachment } = socket;
    if (attachment.exp !== undefined && attachment.exp * 1_000 <= this.#options.now()) {
      this.bye(socket, 'token_expired', CLOSE.expired);
      return;
    }
    if (message.type === 'ping') {
      // The answer says that everything up to this clock has been told.
      this.#delivery.flush();
      const now = this.#log.snapshot();
      socket.send(pong(now.ok ? now.clock : undefined));
    } else if (message.type === 'hello') this.#welcome(socket, message);
    else if (attachment.clientId === undefined) {
      this.refuse(socket, { ok: false, code: 'invalid_request', detail: 'Say hello first' }, keyOf(message));
    } else if (message.type === 'ack') this.#delivery.read(socket, message.clock);
    else if (message.type === 'presence') {
      this.#presence.set(attachment.peerId, message);
      this.#options.presenceChanged();
    } else this.#edit(socket, message, attachment.clientId);
  }

  /** Tells of the commits that have not been told, see `RoomOptions.flushIn`. */
  flush(): void {
    this.#delivery.flush();
  }

  /** Tells a socket why something was not done. */
  refuse(socket: RoomSocket, refusal: Refusal, key?: string): void {
    const { code, detail, issues } = refusal;
    this.#send(socket, {
      type: 'refused',
      ...(key !== undefined && { key }),
      code,
      detail,
      ...(issues && { issues }),
    });
  }

  /** To be called when a socket has closed. */
  left(socket: RoomSocket): void {
    const { peerId, clientId } = socket.attachment;
    this.#presence.left(peerId, clientId !== undefined);
    this.#delivery.forget(peerId);
    if (clientId !== undefined) this.#options.presenceChanged();
  }

  /** Sends what has changed of presence since the last call, to all at once. */
  flushPresence(): void {
    this.#presence.flush(this.#members());
  }

  /** Tells everyone that an agent run's status has changed. */
  announceRun(run: { runId: string; status: string }): void {
    this.#announce({ type: 'run', ...run });
  }

  /** Tells everyone that a proposal was made, changed or decided on. */
  announceProposal(proposal: ProposalSummary): void {
    this.#announce({ type: 'proposal', proposal });
  }

  /** Closes the readers who have stopped reading, see `RoomOptions.readerHeld`. */
  closeStalled(): void {
    this.#delivery.closeStalled();
  }

  /** Ends all connections, e.g. because the flow was deleted. */
  closeAll(code: string): void {
    for (const socket of this.#options.sockets()) this.bye(socket, code, CLOSE.gone);
  }

  /** Says goodbye with the reason and closes. */
  bye(socket: RoomSocket, code: string, closeCode: number): void {
    this.#send(socket, { type: 'bye', code });
    socket.close(closeCode, code);
  }

  #edit(
    socket: RoomSocket,
    message: Extract<ClientMessage, { type: 'commit' | 'undo' | 'redo' }>,
    clientId: string,
  ): void {
    const { actor, permission } = socket.attachment;
    const { key } = message;
    if (permission !== 'edit') {
      this.refuse(
        socket,
        { ok: false, code: 'forbidden', detail: `This token may ${permission} the flow, not edit it` },
        key,
      );
      return;
    }
    if (!key.startsWith(`${clientId}:`)) {
      const detail = 'The key must begin with the clientId of hello';
      this.refuse(
        socket,
        { ok: false, code: 'invalid_request', detail, issues: [{ path: 'key', message: detail }] },
        key,
      );
      return;
    }
    if (message.after !== undefined && message.after > this.#log.lastSeq(actor, clientId))
      return this.bye(socket, 'message_lost', CLOSE.missed);
    const outcome =
      message.type === 'commit'
        ? this.commit(
            {
              actor,
              key,
              ops: message.ops,
              baseClock: message.baseClock,
              sequenced: true,
              ...(message.message !== undefined && { message: message.message }),
            },
            socket,
          )
        : this[message.type]({ actor, key, sequenced: true }, socket);
    if (!outcome.ok) {
      this.refuse(socket, outcome, key);
      return;
    }
    const { clock, conflicts, applied, skipped, adapted } = outcome;
    const answer: CommittedMessage = {
      type: 'committed',
      key,
      clock,
      conflicts,
      // Where the answer is just what was sent, the client has it already.
      ...((adapted || applied.length === 0) && { ops: applied }),
      ...(message.type !== 'commit' && { skipped }),
    };
    const text = JSON.stringify(answer);
    if (fits(text, MOST_PACKED_BYTES)) {
      this.#delivery.answer(socket, answer, text);
      return;
    }
    this.#delivery.sendSnapshot(socket);
    this.#send(socket, { type: 'committed', key, clock, conflicts: conflicts.slice(0, 1_000) });
  }

  #welcome(socket: RoomSocket, { clientId, clock, packed }: Extract<ClientMessage, { type: 'hello' }>): void {
    const catchup = this.#log.changesSince(clock);
    if (!catchup.ok) {
      this.bye(socket, catchup.code, CLOSE.gone);
      return;
    }
    // Whoever is a member already gets what he has coming before he begins anew.
    this.#delivery.flush();
    socket.attach({ clientId, packed: packed === true });
    const { peerId, actor, permission } = socket.attachment;
    this.#delivery.forget(peerId);
    this.#presence.came(peerId);
    this.#options.presenceChanged();

    const welcome = {
      type: 'welcome' as const,
      self: { peerId, actor, permission },
      peers: this.#presence.peersBut(peerId, this.#members()),
      lastSeq: this.#log.lastSeq(actor, clientId),
    };
    const text = JSON.stringify(welcome);
    const room = LIMITS.commitBytes - ENVELOPE_BYTES - text.length * 3;
    if (
      catchup.kind === 'snapshot' ||
      !catchup.changes.every((change) => fits(JSON.stringify(change), LIMITS.commitBytes - ENVELOPE_BYTES))
    ) {
      this.#delivery.sendWelcome(socket, text.slice(0, -1), Math.max(room, ENVELOPE_BYTES));
      return;
    }
    // As many as fit go along; the others follow at once, each as if it happened now.
    const along: Change[] = [];
    let length = 0;
    for (const change of catchup.changes) {
      length += JSON.stringify(change).length * 3;
      if (length > room) break;
      along.push(change);
    }
    this.#send(socket, { ...welcome, clock: along.at(-1)?.clock ?? clock ?? 0, changes: along });
    for (const change of catchup.changes.slice(along.length))
      this.#send(socket, { type: 'changes', ...change });
  }

  /** Passes an outcome on, after telling all others of the commit it wrote. */
  #told(outcome: Outcome<Committed>, origin?: RoomSocket): Outcome<Committed> {
    if (!outcome.ok || !outcome.change) return outcome;
    this.#delivery.tell(outcome.change, origin);
    return outcome;
  }

  /** Sockets that have said hello. */
  #members(): RoomSocket[] {
    return Array.from(this.#options.sockets()).filter((socket) => socket.attachment.clientId !== undefined);
  }

  #announce(message: ServerMessage): void {
    this.#delivery.flush();
    const text = JSON.stringify(message);
    for (const socket of this.#members()) socket.send(text);
  }

  /** Says something behind all that was to be told before. */
  #send(socket: RoomSocket, message: ServerMessage): void {
    this.#delivery.flush();
    socket.send(JSON.stringify(message));
  }
}

function keyOf(message: ClientMessage): string | undefined {
  return 'key' in message ? message.key : undefined;
}
