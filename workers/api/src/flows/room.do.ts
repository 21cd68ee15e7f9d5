import { PING, pong, SUBPROTOCOL, type Actor } from '@uxflow/flow/sync';
import type { ProposalStatus, ProposalSummary } from '@uxflow/flow/proposals';
import {
  type AcceptRequest,
  type Committed,
  type EditProposalRequest,
  FlowLog,
  type NameVersionRequest,
  type ProposeRequest,
  readFrame,
  type RejectRequest,
  type RestoreRequest,
  Room,
} from '@uxflow/flow/sync/server';
import { DurableObject } from 'cloudflare:workers';
import { identifyToken } from '../identity/authenticate.ts';
import { standingOf } from '../identity/standing.ts';
import { Alarm } from '../platform/alarm.ts';
import type { Env } from '../platform/env.ts';
import { ApiError, type Outcome } from '../platform/errors.ts';
import { type IdPrefix, newId } from '../platform/ids.ts';
import { logEvent } from '../platform/logging.ts';
import { durableStore } from '../platform/sql.ts';
import { decodeLive, LIVE_HEADER, liveIdentity } from './live-identity.ts';
import { type LiveSocket, LiveSockets } from './live-socket.ts';
import type { CommitInput, CommitResult, CreateInput, FlowRoomRpc } from './room.rpc.ts';
import { RoomNotices } from './room-notices.ts';
import { RoomOutbox } from './room-outbox.ts';
import { RoomState } from './room-state.ts';

/** Milliseconds. */
const DELAY = {
  /** Presence is told at most that often. */
  presence: 50,
  /** Expiry and revocation of open sockets are looked up that often: both take effect within a minute. */
  standing: 45_000,
  /** The first look after a socket has opened: the credential it came with may be known from a cache of 30 s. */
  firstStanding: 25_000,
  retry: 5_000,
};

const DELETED = { ok: false, code: 'not_found', detail: 'This flow has been deleted.' } as const;
const CLOSE = { revoked: 4401, forbidden: 4403, defect: 1011 };

/** One object a flow: a thin adapter round the flow's log and the room protocol, both of them pure. */
export class FlowRoom extends DurableObject<Env> implements FlowRoomRpc {
  readonly #log: FlowLog;
  readonly #room: Room;
  readonly #state: RoomState;
  readonly #sockets: LiveSockets;
  readonly #alarm: Alarm;
  readonly #outbox: RoomOutbox;
  readonly #notices: RoomNotices;
  /** Token renewals under way; what a socket says after `auth` waits for it. */
  readonly #renewals = new WeakMap<LiveSocket, Promise<void>>();
  #presenceTimer = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const store = durableStore(ctx.storage);
    this.#state = new RoomState(store);
    this.#sockets = new LiveSockets(ctx);
    // What sleeping sockets were told last stays true until the next commit.
    if (!ctx.getWebSocketAutoResponse()) this.#answerPings();
    this.#alarm = new Alarm(ctx);
    this.#log = new FlowLog(store, { now: () => Date.now(), newId: (prefix) => newId(prefix as IdPrefix) });
    const parts = { env, state: this.#state, alarm: this.#alarm };
    this.#notices = new RoomNotices({ ...parts, store });
    this.#outbox = new RoomOutbox({ ...parts, log: this.#log, notices: this.#notices });
    this.#room = new Room({
      log: this.#log,
      now: () => Date.now(),
      sockets: () => this.#sockets.open(),
      flushIn: (ms) => this.#flushIn(ms),
      presenceChanged: () => this.#tellPresenceSoon(),
      readerHeld: (until) => this.#alarm.by(until),
      advanced: (clock) => this.#answerPings(clock),
    });
  }

  async create({ flowId: id, workspaceId, tenantId = null, ...flow }: CreateInput) {
    const created = this.#log.create(flow);
    if (created.ok && this.#state.claim({ id, workspaceId, tenantId }, created.clock)) {
      this.#notices.flow('flow.created');
    }
    return created;
  }

  async commit(input: CommitInput): Promise<Outcome<CommitResult>> {
    return this.#settled(this.#edit(() => this.#room.commit(input)));
  }

  async undo(actor: Actor, key: string): Promise<Outcome<CommitResult & { skipped: string[] }>> {
    return this.#edit(() => this.#room.undo({ actor, key }));
  }

  async redo(actor: Actor, key: string): Promise<Outcome<CommitResult & { skipped: string[] }>> {
    return this.#edit(() => this.#room.redo({ actor, key }));
  }

  async snapshot() {
    const snapshot = this.#log.snapshot();
    return snapshot.ok ? { ...snapshot, updatedAt: this.#outbox.updatedAt(snapshot.clock) } : snapshot;
  }

  async commitsAfter(clock: number | undefined, limit: number) {
    return this.#log.commitsAfter(clock, limit);
  }

  async nameVersion(input: NameVersionRequest) {
    if (this.#state.closed) return DELETED;
    const outcome = this.#log.history.name(input);
    if (outcome.ok) this.#outbox.owe();
    return outcome;
  }

  async versions(before: number | undefined, limit: number) {
    return this.#log.history.list(before, limit);
  }

  async version(id: string) {
    return this.#log.history.find(id);
  }

  async past(ref: number | string) {
    return this.#log.history.past(ref);
  }

  async restoreVersion(input: RestoreRequest): Promise<Outcome<CommitResult>> {
    return this.#settled(this.#edit(() => this.#room.restore(input)));
  }

  async blame() {
    return this.#log.history.blame();
  }

  async propose(input: ProposeRequest) {
    const known = this.#log.proposals.summary(input.id).ok;
    const outcome = this.#proposed(() => this.#log.proposals.propose(input));
    if (outcome.ok && !known) this.#notices.proposal('proposal.created', outcome.proposal);
    return outcome;
  }

  async proposals(before: string | undefined, limit: number, status: ProposalStatus | undefined) {
    return this.#log.proposals.list(before, limit, status);
  }

  async proposal(id: string) {
    return this.#log.proposals.get(id);
  }

  async editProposal(input: EditProposalRequest) {
    return this.#proposed(() => this.#log.proposals.edit(input));
  }

  async acceptProposal(input: AcceptRequest): Promise<Outcome<CommitResult & { proposal: ProposalSummary }>> {
    const outcome = await this.#settled(this.#edit(() => this.#room.acceptProposal(input)));
    if (!outcome.ok) return outcome;
    const found = this.#log.proposals.summary(input.id);
    if (!found.ok) return found;
    if (outcome.replayed !== true) this.#announceProposal(found.proposal);
    return { ...outcome, proposal: found.proposal };
  }

  async rejectProposal(input: RejectRequest) {
    return this.#proposed(() => this.#log.proposals.reject(input));
  }

  async announceRun(run: { runId: string; status: string }): Promise<void> {
    this.#room.announceRun(run);
  }

  async close(code: string): Promise<void> {
    if (!this.#state.closed) this.#notices.flow('flow.deleted');
    this.#state.closed = true;
    this.#room.closeAll(code);
  }

  async open(): Promise<void> {
    if (this.#state.closed) this.#notices.flow('flow.restored');
    this.#state.closed = false;
  }

  /** The WebSocket upgrade, whose bearer the Worker has already identified. */
  override async fetch(request: Request): Promise<Response> {
    const identity = decodeLive(request.headers.get(LIVE_HEADER) ?? '');
    if (this.#state.closed || !this.#state.flow()) return new Response(null, { status: 404 });
    const snapshot = this.#log.snapshot();
    if (snapshot.ok) this.#answerPings(snapshot.clock);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#sockets.accept(server, { peerId: newId('peer'), ...identity });
    this.#alarm.by(Date.now() + DELAY.firstStanding);
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL },
    });
  }

  override async webSocketMessage(webSocket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const socket = this.#sockets.of(webSocket);
    if (!socket.isOpen) return;
    if (typeof data !== 'string') {
      this.#room.refuse(socket, { ok: false, code: 'invalid_request', detail: 'Messages are JSON text' });
      return;
    }
    const frame = readFrame(data);
    try {
      await this.#renewals.get(socket);
      // Closed over a message before this one, which must not be overtaken.
      if (!socket.isOpen) return;
      if (!frame.ok) this.#room.refuse(socket, frame, frame.key);
      else if (frame.message.type === 'auth') {
        const renewal = this.#renew(socket, frame.message.token);
        this.#renewals.set(socket, renewal);
        await renewal;
      } else this.#receive(socket, frame.message);
    } catch (error) {
      this.#logDefect(error);
      this.#room.bye(socket, 'internal', CLOSE.defect);
    }
  }

  override async webSocketClose(webSocket: WebSocket): Promise<void> {
    this.#room.left(this.#sockets.of(webSocket));
    // Completes the closing handshake that the other side has begun.
    webSocket.close(1000);
  }

  override async webSocketError(webSocket: WebSocket): Promise<void> {
    this.#room.left(this.#sockets.of(webSocket));
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    this.#room.closeStalled();
    this.#expireProposals();
    await this.#outbox.updateIndex();
    if (this.#sockets.open().length > 0) await this.#checkStanding();
    await this.#outbox.archive();
    await this.#notices.publish();
  }

  #receive(socket: LiveSocket, message: Parameters<Room['receive']>[1]): void {
    this.#room.receive(socket, message);
    const edits = message.type === 'commit' || message.type === 'undo' || message.type === 'redo';
    if (edits) this.#outbox.owe();
  }

  /** An edit from REST or an agent. */
  #edit(carryOut: () => Outcome<Committed>): Outcome<CommitResult & { skipped: string[] }> {
    if (this.#state.closed) return DELETED;
    const outcome = carryOut();
    if (!outcome.ok) return outcome;
    const { change, adapted: _adapted, ...result } = outcome;
    if (change) this.#outbox.owe();
    return { ...result, replayed: change === undefined && result.commitId !== '' };
  }

  /** The answer to an edit that is no undo. */
  async #settled(outcome: Outcome<CommitResult & { skipped: string[] }>): Promise<Outcome<CommitResult>> {
    if (!outcome.ok) return outcome;
    const { skipped: _none, ...result } = outcome;
    // Who renames a flow looks for it under its new name at once.
    if (result.applied.some(({ op }) => op === 'rename')) await this.#outbox.updateIndex();
    return result;
  }

  /** A change of a proposal, of which the room is told. */
  #proposed(carryOut: () => Outcome<{ proposal: ProposalSummary }>): Outcome<{ proposal: ProposalSummary }> {
    if (this.#state.closed) return DELETED;
    const outcome = carryOut();
    if (!outcome.ok) return outcome;
    this.#announceProposal(outcome.proposal);
    this.#expireProposals();
    return outcome;
  }

  #announceProposal(proposal: ProposalSummary): void {
    this.#room.announceProposal(proposal);
    if (proposal.status !== 'open') this.#notices.proposal('proposal.decided', proposal);
  }

  /** Ends the proposals whose time is up, and comes back for the next one. */
  #expireProposals(): void {
    for (const proposal of this.#log.proposals.expire()) this.#announceProposal(proposal);
    const next = this.#log.proposals.nextExpiry();
    if (next !== undefined) this.#alarm.by(next);
  }

  /** `ping` is answered by the runtime, so that the heartbeat of quiet readers does not keep the room awake. */
  #answerPings(clock?: number): void {
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, pong(clock)));
  }

  /** A timer only while edits are under way: a room that waits for one is awake anyway. */
  #flushIn(ms: number): void {
    if (ms > 0) setTimeout(() => this.#room.flush(), ms);
    else queueMicrotask(() => this.#room.flush());
  }

  #tellPresenceSoon(): void {
    if (this.#presenceTimer) return;
    this.#presenceTimer = true;
    setTimeout(() => {
      this.#presenceTimer = false;
      this.#room.flushPresence();
    }, DELAY.presence);
  }

  /** A fresh token on an open socket: same user, same flow. */
  async #renew(socket: LiveSocket, token: string): Promise<void> {
    const { attachment } = socket;
    const flow = this.#state.flow();
    try {
      const principal = await identifyToken(this.env, token, attachment.origin);
      const identity = flow && liveIdentity(principal, flow, attachment.origin);
      if (!identity || identity.actor.id !== attachment.actor.id) {
        this.#room.bye(socket, 'forbidden', CLOSE.forbidden);
        return;
      }
      socket.attach(identity);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#room.bye(socket, error.code, CLOSE.revoked);
    }
  }

  /** Closes the sockets whose token has expired or whose token, user or key was revoked. */
  async #checkStanding(): Promise<void> {
    const flow = this.#state.flow();
    const now = Date.now();
    for (const socket of this.#sockets.open()) {
      const { exp } = socket.attachment;
      if (exp !== undefined && exp * 1000 <= now) this.#room.bye(socket, 'token_expired', CLOSE.revoked);
    }
    const sockets = this.#sockets.open();
    if (!flow || sockets.length === 0) return;
    try {
      const stands = await standingOf(this.env, flow.workspaceId, now);
      for (const socket of sockets) {
        if (!stands(socket.attachment)) this.#room.bye(socket, 'token_revoked', CLOSE.revoked);
      }
      this.#alarm.by(now + DELAY.standing);
    } catch (error) {
      logEvent('warn', 'standing_unknown', {
        flowId: flow.id,
        workspaceId: flow.workspaceId,
        error: String(error),
      });
      this.#alarm.by(now + DELAY.retry);
    }
  }

  #logDefect(error: unknown): void {
    const flow = this.#state.flow();
    logEvent('error', 'defect', {
      flowId: flow?.id,
      workspaceId: flow?.workspaceId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
