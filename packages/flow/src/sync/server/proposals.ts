import { clip } from '../../document/clip.ts';
import { diff } from '../../document/diff.ts';
import { LIMITS } from '../../document/limits.ts';
import { applyOps } from '../../document/ops.ts';
import { PROPOSAL_LIMITS } from '../../proposals/policy.ts';
import { missingFor, requirementsOf, targetOf } from '../../proposals/requirements.ts';
import type { Proposal, ProposalStatus, ProposalSummary } from '../../proposals/types.ts';
import { parseOps } from '../../schema/parse.ts';
import type { Ports } from '../store.ts';
import type { Actors } from './actors.ts';
import type { CommitWriter } from './commit-writer.ts';
import { fingerprint, textOf } from './fingerprint.ts';
import type { LiveFlow } from './live.ts';
import type { OpLog } from './oplog.ts';
import { notFound, refuse, type Committed, type Outcome } from './outcome.ts';
import { documentAt } from './past.ts';
import {
  bytesOf,
  choose,
  editRefusal,
  incomplete,
  invalid,
  noProposal,
  othersThan,
  parseEdits,
} from './proposal-choice.ts';
import { isExpired, type ProposalTable, type StoredOp, type StoredProposal } from './proposal-table.ts';
import type {
  AcceptRequest,
  EditProposalRequest,
  ProposeRequest,
  RejectRequest,
  RevertRequest,
} from './requests.ts';

/** What the proposals need of the log they belong to. */
export interface ProposalParts {
  ports: Ports;
  actors: Actors;
  ops: OpLog;
  writer: CommitWriter;
  table: ProposalTable;
  /** The flow as it stands; undefined when there is none. */
  live(): LiveFlow | undefined;
  /** Runs `body` in one transaction and answers what it throws as the log does. */
  carryOut<T>(body: () => Outcome<T>): Outcome<T>;
  /** Answers a request under its key, carried out once; see `FlowLog`. */
  request(
    input: RevertRequest,
    mark: string,
    carryOut: (live: LiveFlow, actor: number, print: string | undefined) => Outcome<Committed>,
  ): Outcome<Committed>;
}

/**
 * Edits that wait for somebody's decision. They are kept apart from the log: the document does not change, and nothing
 * is told but that there is a proposal, until somebody accepts it, whole or in part. An acceptance is one commit.
 */
export class FlowProposals {
  readonly #parts: ProposalParts;
  readonly #table: ProposalTable;

  constructor(parts: ProposalParts) {
    this.#parts = parts;
    this.#table = parts.table;
  }

  /**
   * Keeps ops as a proposal, brought down to at most one op for each record, so that every one of them can be decided
   * on by itself. The same id again is answered with the proposal that it made.
   */
  propose(input: ProposeRequest): Outcome<{ proposal: ProposalSummary }> {
    return this.#parts.carryOut(() => {
      const live = this.#parts.live();
      if (!live) return notFound();
      const now = this.#parts.ports.now();
      const before = this.#table.find(input.id);
      if (before) return { ok: true, proposal: this.#table.summary(before, now) };
      if (textOf(input.ops) === undefined)
        return refuse('invalid_request', 'The ops are nested too deep to be read');
      const base = input.baseClock ?? live.clock;
      const past = documentAt(live, this.#parts.ops, base);
      if (!past.ok) return past;
      const ops = diff(
        past.document,
        applyOps(past.document, parseOps(input.ops, { internal: true })).document,
      );
      if (ops.length === 0) {
        return refuse('invalid_request', 'These ops change nothing, so there is nothing to decide on', [
          { path: 'ops', message: 'Change something' },
        ]);
      }
      const bytes = bytesOf(ops);
      const open = this.#table.open(now);
      if (open.count >= PROPOSAL_LIMITS.open || open.bytes + bytes > PROPOSAL_LIMITS.openBytes) {
        const detail = `A flow holds at most ${PROPOSAL_LIMITS.open} open proposals and ${PROPOSAL_LIMITS.openBytes} bytes of them: accept or reject some`;
        return refuse('limit_exceeded', detail);
      }
      this.#table.add(
        {
          id: input.id,
          title: clip(input.title, LIMITS.title),
          author: this.#parts.actors.enter(input.actor),
          runId: input.runId,
          base,
          created: now,
          expires: now + (input.lifetime ?? PROPOSAL_LIMITS.lifetime),
          bytes,
        },
        ops,
      );
      return this.summary(input.id);
    });
  }

  /** Newest first, without ops; those made before the proposal `before`. */
  list(
    before: string | undefined,
    limit: number,
    status?: ProposalStatus,
  ): Outcome<{ proposals: ProposalSummary[] }> {
    if (!this.#parts.live()) return notFound();
    const now = this.#parts.ports.now();
    const from = before === undefined ? undefined : (this.#table.find(before)?.no ?? 0);
    const found = this.#table.list(from, limit, status, now);
    return { ok: true, proposals: found.map((each) => this.#table.summary(each, now)) };
  }

  /** One proposal with its ops, and what each needs and meets on the flow as it stands. */
  get(id: string): Outcome<{ proposal: Proposal }> {
    const live = this.#parts.live();
    const found = live && this.#table.find(id);
    if (!live || !found) return noProposal();
    const summary = this.#table.summary(found, this.#parts.ports.now());
    const all = this.#table.ops(found.no);
    const open = summary.status === 'open' ? all.filter(({ state }) => state === 'open') : [];
    const requires = requirementsOf(live.state.document, open);
    const meets = this.#meets(live, found, open, (i) => open[i]?.opId ?? '');
    const byId = new Map(open.map(({ opId }, i) => [opId, meets[i]]));
    return {
      ok: true,
      proposal: {
        ...summary,
        clock: live.clock,
        ops: all.map(({ opId, op, state, edited }) => ({
          opId,
          op,
          state,
          requires: requires.get(opId) ?? [],
          conflicts: byId.get(opId)?.conflicts ?? [],
          ...(byId.get(opId)?.fault && { blocked: byId.get(opId)?.fault?.message ?? '' }),
          ...(edited !== undefined && { editedBy: this.#parts.actors.get(edited) }),
        })),
      },
    };
  }

  /**
   * Changes the title or single ops before they are accepted; an op stays with its record. Refused when a changed op
   * could not land on the flow as it stands.
   */
  edit({ id, actor, title, ops: edits = [] }: EditProposalRequest): Outcome<{ proposal: ProposalSummary }> {
    return this.#parts.carryOut(() => {
      const live = this.#parts.live();
      const found = this.#open(id);
      if (!live) return notFound();
      if (!found.ok) return found;
      const { proposal } = found;
      const all = this.#table.ops(proposal.no);
      const chosen = choose(
        all,
        edits.map(({ opId }) => opId),
        (i) => `ops.${i}.opId`,
      );
      if (!chosen.ok) return chosen;
      const parsed = parseEdits(edits);
      if (!parsed.ok) return parsed;
      const open = all.filter(({ state }) => state === 'open');
      for (const [i, { opId }] of edits.entries()) {
        const old = open.find((each) => each.opId === opId);
        const op = parsed.ops[i];
        if (!old || !op) continue;
        if (targetOf(old.op) !== targetOf(op)) {
          return invalid(`ops.${i}.op`, `Keep to the record that "${opId}" is about, ${targetOf(old.op)}`);
        }
        old.op = op;
      }
      const pathOf = (i: number): string => `ops.${edits.findIndex(({ opId }) => opId === open[i]?.opId)}`;
      const faults = this.#meets(live, proposal, open, pathOf);
      for (const [i, { opId }] of open.entries()) {
        const fault = edits.some((each) => each.opId === opId) ? faults[i]?.fault : undefined;
        if (fault) return editRefusal(fault);
      }
      const bytes = bytesOf(all.map(({ op }) => op));
      if (
        this.#table.open(this.#parts.ports.now()).bytes - proposal.bytes + bytes >
        PROPOSAL_LIMITS.openBytes
      ) {
        return refuse('limit_exceeded', 'The open proposals of this flow hold too much: reject some');
      }
      const editor = this.#parts.actors.enter(actor);
      this.#table.setText(proposal.no, clip(title ?? proposal.title, LIMITS.title), bytes);
      edits.forEach(({ opId }, i) => {
        const op = parsed.ops[i];
        if (op) this.#table.setOp(proposal.no, opId, op, editor);
      });
      return this.summary(id);
    });
  }

  /**
   * Carries out ops of the proposal as one commit of the actor, which he can undo: all that are open, or those that
   * `opIds` names. `proposal_incomplete` with `missingOpIds` when these need others; `conflict` when it is decided.
   */
  accept(input: AcceptRequest): Outcome<Committed> {
    const { id, opIds } = input;
    const mark = fingerprint(JSON.stringify([id, opIds ? opIds.toSorted() : null]));
    return this.#parts.request(input, `accept ${mark}`, (live, actor, print) => {
      const found = this.#open(id);
      if (!found.ok) return found;
      const { proposal } = found;
      const open = this.#table.ops(proposal.no).filter(({ state }) => state === 'open');
      const picked = choose(this.#table.ops(proposal.no), opIds, (i) => `opIds.${i}`);
      if (!picked.ok) return picked;
      const chosen = open.filter(({ opId }) => picked.chosen.has(opId));
      const missing = missingFor(picked.chosen, requirementsOf(live.state.document, open));
      if (missing.length > 0) return incomplete(missing);
      const { author, runId, base, title, no } = proposal;
      const { committed, lost } = this.#parts.writer.accept(live, actor, {
        ops: chosen.map(({ op }) => op),
        base,
        isOthers: othersThan(proposal),
        key: input.key,
        print,
        message: clip(`Accepted “${title}”`, LIMITS.title),
        proposal: { id, author, runId },
        pathOf: (i) => `ops.${chosen[i]?.opId}`,
      });
      chosen.forEach(({ opId }, i) => this.#table.setState(no, opId, lost.has(i) ? 'dropped' : 'accepted'));
      const { clock, commitId, change } = committed;
      if (change) this.#table.addCommit(proposal, { clock, commitId, actor, at: change.at });
      this.#settle(proposal, actor);
      return { ok: true, ...committed };
    });
  }

  /** Decides against the proposal: all that is open of it, or what `opIds` names. The document stays as it is. */
  reject({ id, actor, opIds }: RejectRequest): Outcome<{ proposal: ProposalSummary }> {
    return this.#parts.carryOut(() => {
      const found = this.#open(id);
      if (!found.ok) return found;
      const { no } = found.proposal;
      const picked = choose(this.#table.ops(no), opIds, (i) => `opIds.${i}`);
      if (!picked.ok) return picked;
      for (const opId of picked.chosen) this.#table.setState(no, opId, 'rejected');
      this.#settle(found.proposal, this.#parts.actors.enter(actor));
      return this.summary(id);
    });
  }

  /** Notes which proposals have expired, and tells them. */
  expire(): ProposalSummary[] {
    const now = this.#parts.ports.now();
    const overdue = this.#table.overdue(now);
    if (overdue.length === 0) return [];
    const noted = this.#parts.carryOut(() => {
      for (const { no, expires } of overdue) this.#table.end(no, 'expired', expires, null);
      this.#table.prune(PROPOSAL_LIMITS.ended, PROPOSAL_LIMITS.endedBytes);
      return { ok: true };
    });
    return noted.ok ? overdue.map((each) => this.#table.summary(each, now)) : [];
  }

  /** When the next one expires, in milliseconds since the epoch. */
  nextExpiry(): number | undefined {
    return this.#table.nextExpiry();
  }

  /** What the ops would meet on the flow as it stands. */
  #meets(live: LiveFlow, proposal: StoredProposal, ops: readonly StoredOp[], pathOf: (i: number) => string) {
    const { base } = proposal;
    return this.#parts.writer.preview(live, {
      ops: ops.map(({ op }) => op),
      base,
      isOthers: othersThan(proposal),
      pathOf,
    });
  }

  /** Ends the proposal when nothing of it is open any more. */
  #settle({ no }: StoredProposal, by: number): void {
    const states = new Set(this.#table.ops(no).map(({ state }) => state));
    if (states.has('open')) return;
    const status = states.has('accepted') ? 'accepted' : 'rejected';
    this.#table.end(no, status, this.#parts.ports.now(), by);
    this.#table.prune(PROPOSAL_LIMITS.ended, PROPOSAL_LIMITS.endedBytes);
  }

  #open(id: string): Outcome<{ proposal: StoredProposal }> {
    const proposal = this.#table.find(id);
    if (!proposal) return noProposal();
    const now = this.#parts.ports.now();
    if (isExpired(proposal, now) || proposal.status === 'expired') {
      return refuse('conflict', 'This proposal has expired: ask for a new one');
    }
    return proposal.status === 'open'
      ? { ok: true, proposal }
      : refuse('conflict', `This proposal has been ${proposal.status} already`);
  }

  /** One proposal without its ops. */
  summary(id: string): Outcome<{ proposal: ProposalSummary }> {
    const proposal = this.#table.find(id);
    return proposal
      ? { ok: true, proposal: this.#table.summary(proposal, this.#parts.ports.now()) }
      : noProposal();
  }
}
