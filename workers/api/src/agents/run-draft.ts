import { applyOps, clip, diff, FlowError, type FlowDocument, LIMITS, type Op } from '@uxflow/flow';
import { parseOps } from '@uxflow/flow/schema';
import type { CommitResult } from '../flows/room.rpc.ts';
import type { Outcome, Refusal } from '../platform/errors.ts';
import { actorOf } from '../identity/principal.ts';
import type { DocumentPort, Journal, RunOutcome } from './loop/ports.ts';
import type { PatientRoom } from './run-document.ts';
import type { StartInput } from './run.rpc.ts';

interface DraftParts {
  room: PatientRoom;
  /** The clock at which the run first saw the flow; undefined when it has not yet. */
  baseClock: number | undefined;
  /** Keeps it, so that the draft goes on from the same flow after an interruption. */
  began(baseClock: number): void;
  journal: Journal;
}

interface Draft {
  base: { clock: number; document: FlowDocument };
  document: FlowDocument;
  /** What was applied under each key. */
  applied: Map<string, Op[]>;
}

/**
 * The flow as a run that proposes sees it: as it stood when the run began, with the run's own edits. Nobody else sees
 * them. They are kept in the run's journal, from which the draft is made again after an interruption.
 */
export class DraftDocument implements DocumentPort {
  readonly #parts: DraftParts;
  #draft: Draft | undefined;

  constructor(parts: DraftParts) {
    this.#parts = parts;
  }

  async snapshot(): Promise<Outcome<{ clock: number; document: FlowDocument }>> {
    const opened = await this.#open();
    return opened.ok ? { ok: true, clock: clockOf(opened.draft), document: opened.draft.document } : opened;
  }

  /** Edits the draft alone, under the same rules as a room; the answer bears no commit id. */
  async commit(input: { ops: Op[]; key: string; internal?: boolean }): Promise<Outcome<CommitResult>> {
    const opened = await this.#open();
    if (!opened.ok) return opened;
    const { draft } = opened;
    if (!draft.applied.has(input.key)) {
      try {
        const ops = parseOps(input.ops, { internal: input.internal === true });
        const { document, applied } = applyOps(draft.document, ops);
        draft.document = document;
        draft.applied.set(input.key, applied);
      } catch (error) {
        if (!(error instanceof FlowError)) throw error;
        return { ok: false, code: error.code, detail: error.message, issues: error.issues };
      }
    }
    const applied = draft.applied.get(input.key) ?? [];
    return { ok: true, clock: clockOf(draft), commitId: '', applied, conflicts: [] };
  }

  /** What the run has changed all in all, and the clock it started from. */
  async changes(): Promise<Outcome<{ baseClock: number; ops: Op[] }>> {
    const opened = await this.#open();
    if (!opened.ok) return opened;
    const { base, document } = opened.draft;
    return { ok: true, baseClock: base.clock, ops: diff(base.document, document) };
  }

  async #open(): Promise<Outcome<{ draft: Draft }>> {
    if (this.#draft) return { ok: true, draft: this.#draft };
    const { room, baseClock, began, journal } = this.#parts;
    const found = await room((flow) => (baseClock === undefined ? flow.snapshot() : flow.past(baseClock)));
    if (!found.ok) return found;
    if (!('document' in found)) {
      return { ok: false, code: 'not_retained', detail: 'The flow has gone too far on since the run began.' };
    }
    const base = { clock: found.clock, document: found.document };
    if (baseClock === undefined) began(base.clock);
    const draft: Draft = { base, document: base.document, applied: new Map() };
    for (const entry of journal.entries()) {
      if (entry.kind !== 'committed' || draft.applied.has(entry.key)) continue;
      draft.document = applyOps(draft.document, entry.applied).document;
      draft.applied.set(entry.key, entry.applied);
    }
    this.#draft = draft;
    return { ok: true, draft };
  }
}

/** Counts the run's own edits like commits. */
function clockOf({ base, applied }: Draft): number {
  return base.clock + applied.size;
}

/**
 * Lays what the run has drafted before the people in the room, and says so in its outcome. May be done again: the
 * proposal bears the run's id. Nobody has seen the draft of a run that came to no good end, so nothing of that remains.
 */
export async function proposeDraft(
  room: PatientRoom,
  { runId, principal, prompt }: StartInput,
  draft: DraftDocument,
  worked: RunOutcome,
): Promise<RunOutcome> {
  const outcome: RunOutcome = { ...worked, edits: [] };
  if (outcome.status !== 'succeeded' || worked.edits.length === 0) return outcome;
  const changes = await draft.changes();
  if (!changes.ok) return unproposed(outcome, changes);
  const { baseClock, ops } = changes;
  if (ops.length === 0) return outcome;
  const id = runId.replace(/^run_/, 'prp_');
  const title = clip(prompt.replace(/\s+/gu, ' '), LIMITS.title);
  const request = { id, title, actor: actorOf(principal), runId, baseClock, ops };
  const proposed = await room((flow) => flow.propose(request));
  return proposed.ok ? { ...outcome, proposalId: proposed.proposal.id } : unproposed(outcome, proposed);
}

function unproposed({ usage, commitIds, edits }: RunOutcome, { code, detail }: Refusal): RunOutcome {
  const error =
    code === 'not_found'
      ? { code: 'flow_unavailable', detail: 'The flow is no longer there.' }
      : { code: 'proposal_refused', detail };
  return { status: 'failed', error, usage, commitIds, edits };
}
