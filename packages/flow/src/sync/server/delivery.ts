import { LIMITS } from '../../document/limits.ts';
import type { Change } from '../messages.ts';
import { Introductions } from './introductions.ts';
import type { FlowLog } from './log.ts';
import { Pace } from './pace.ts';
import { MOST_PACKED_BYTES, PackedFrames } from './packed-frames.ts';
import { SnapshotText } from './snapshot-text.ts';
import type { RoomSocket } from './socket.ts';
import { ToldChange, type CommittedMessage } from './told.ts';
import { ReadWindow } from './window.ts';

export interface DeliveryOptions {
  log: FlowLog;
  /** Milliseconds since the epoch. */
  now(): number;
  /** All who are to be told. */
  readers(): readonly RoomSocket[];
  /** There is something to tell: call `flush` after so many milliseconds. */
  flushIn(ms: number): void;
  /** All commits up to `clock` have been told. */
  told(clock: number): void;
  /** A reader is held back: call `closeStalled` at this time, in milliseconds since the epoch. */
  readerHeld(until: number): void;
  /** Closes a reader who has stalled. */
  stalled(socket: RoomSocket): void;
}

/** What waits to be told: a commit, to all but the peer who gets an answer, or such an answer. */
type Gathered =
  | { told: ToldChange; except: string | undefined }
  | { to: string; answer: CommittedMessage; text: string };

/**
 * Brings commits to readers: together what happens at about the same time, and to each no faster than he reads. Who
 * has too much unread is held back, goes on from the log when he acknowledges, and is closed when he does not.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #log: FlowLog;
  readonly #window = new ReadWindow();
  readonly #introductions = new Introductions();
  readonly #pace = new Pace();
  #gathered: Gathered[] = [];
  /** Whether `flush` is going to be called when the present turn ends, and after a while. */
  #due = { now: false, later: false };
  /** The latest snapshot, so that many who need it at once cost one. */
  #snapshot: SnapshotText | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Tells the readers of the commit that was just written, but for the socket that gets an answer. */
  tell(change: Change, origin: RoomSocket | undefined): void {
    // It would be held for nothing until somebody comes.
    this.#snapshot = undefined;
    const except = origin?.attachment.peerId;
    const keyed = this.#options
      .readers()
      .some(({ attachment }) => attachment.peerId !== except && attachment.actor.id === change.actor.id);
    this.#gather({ told: new ToldChange(change, keyed), except });
  }

  /** Answers a commit, in its place among what others are told. */
  answer(socket: RoomSocket, answer: CommittedMessage, text: string): void {
    this.#gather({ to: socket.attachment.peerId, answer, text });
  }

  /** Tells all that has been gathered. Anything else that is said has to come after it. */
  flush(): void {
    this.#due = { now: false, later: false };
    if (this.#gathered.length === 0) return;
    const gathered = this.#gathered;
    this.#gathered = [];
    const readers = this.#options.readers();
    for (const socket of readers) this.#bring(socket, gathered);
    this.#pace.told(this.#options.now(), readers.length);
    const last = gathered.findLast((each) => 'told' in each);
    if (last) this.#options.told(last.told.change.clock);
  }

  /** A reader has everything up to `clock`; whoever was held back is told what he has missed meanwhile. */
  read(socket: RoomSocket, clock: number): void {
    const { peerId, actor } = socket.attachment;
    const next = this.#window.read(peerId, clock);
    if (!next) return;
    // What is gathered stands in the log already, and would come twice.
    this.flush();
    // One more than he takes: the one that does not go holds him back again.
    const found = this.#log.commitsAfter(next.after, next.most + 1);
    if (found.ok) {
      const missed = found.commits.map(({ commitId: _commitId, ...change }) => ({
        told: new ToldChange(change, change.actor.id === actor.id),
        except: undefined,
      }));
      this.#bring(socket, missed);
    } else if (
      found.code === 'not_retained' &&
      this.#admits(socket, next.after + 1, this.#snapshotBytes(socket))
    ) {
      this.#sendParts(socket);
    }
  }

  /** Closes the readers who were held back and have acknowledged nothing since. */
  closeStalled(): void {
    const now = this.#options.now();
    for (const socket of this.#options.readers()) {
      const until = this.#window.heldUntil(socket.attachment.peerId);
      if (until === undefined) continue;
      if (until <= now) this.#options.stalled(socket);
      else this.#options.readerHeld(until);
    }
  }

  /** The reader has gone, or begins anew. */
  forget(peerId: string): void {
    this.#window.forget(peerId);
    this.#introductions.forget(peerId);
  }

  /** Sends the document in as many parts as it needs. */
  sendSnapshot(socket: RoomSocket): void {
    this.flush();
    this.#sendParts(socket);
  }

  /**
   * Sends the document, its first part, of at most so many bytes, inside of `welcome`.
   * @param welcome the message as JSON without its closing brace, but for clock and document
   */
  sendWelcome(socket: RoomSocket, welcome: string, firstBytes: number): void {
    const snapshot = this.#snapshotText();
    const { clock } = snapshot;
    snapshot.parts(isPacked(socket), firstBytes).forEach((part, at) => {
      if (at > 0) sendPart(socket, clock, part);
      else socket.send(`${welcome},"clock":${clock},"snapshot":{${part}}}`);
    });
  }

  #gather(gathered: Gathered): void {
    this.#gathered.push(gathered);
    const wait = this.#pace.wait(this.#options.now());
    const when = wait > 0 ? 'later' : 'now';
    // A timer may be late where much is going on, so that the commit after its time takes along what waits for it.
    if (this.#due.now || this.#due[when]) return;
    this.#due[when] = true;
    this.#options.flushIn(wait);
  }

  /** Tells one reader of it all, as far as he takes it. */
  #bring(socket: RoomSocket, gathered: readonly Gathered[]): void {
    const { peerId } = socket.attachment;
    const frames = isPacked(socket)
      ? new PackedFrames(peerId, this.#introductions, (text) => socket.send(text))
      : undefined;
    let takes = true;
    for (const each of gathered) {
      if ('answer' in each) {
        if (each.to !== peerId) continue;
        if (frames) frames.answer(each.answer, each.text);
        else socket.send(each.text);
        continue;
      }
      const { told, except } = each;
      if (!takes || except === peerId) continue;
      const bytes = frames ? told.packed.bytes : told.plain.bytes;
      if (bytes > (frames ? MOST_PACKED_BYTES : LIMITS.commitBytes)) {
        // The document holds all that follows.
        takes = false;
        if (!this.#admits(socket, told.change.clock, this.#snapshotBytes(socket))) continue;
        frames?.end();
        this.#sendParts(socket);
      } else if (!this.#admits(socket, told.change.clock, bytes)) takes = false;
      else if (frames) frames.change(told);
      else socket.send(told.plain.text);
    }
    frames?.end();
  }

  /** Whether a change may be sent; else the reader is held back. */
  #admits(socket: RoomSocket, clock: number, bytes: number): boolean {
    const { peerId } = socket.attachment;
    const held = this.#window.heldUntil(peerId) !== undefined;
    if (this.#window.admit(peerId, clock, bytes, this.#options.now())) return true;
    const until = this.#window.heldUntil(peerId);
    if (!held && until !== undefined) this.#options.readerHeld(until);
    return false;
  }

  #sendParts(socket: RoomSocket): void {
    const snapshot = this.#snapshotText();
    for (const part of snapshot.parts(isPacked(socket))) sendPart(socket, snapshot.clock, part);
  }

  #snapshotBytes(socket: RoomSocket): number {
    return this.#snapshotText().bytes(isPacked(socket));
  }

  #snapshotText(): SnapshotText {
    const snapshot = this.#log.snapshot();
    if (!snapshot.ok) throw new Error('A flow that has members has no document');
    if (this.#snapshot?.clock !== snapshot.clock)
      this.#snapshot = new SnapshotText(snapshot.clock, snapshot.document);
    return this.#snapshot;
  }
}

function isPacked({ attachment }: RoomSocket): boolean {
  return attachment.packed === true;
}

function sendPart(socket: RoomSocket, clock: number, part: string): void {
  socket.send(`{"type":"snapshot","clock":${clock},${part}}`);
}
