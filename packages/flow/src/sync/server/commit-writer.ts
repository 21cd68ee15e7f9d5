import { FlowError } from '../../document/errors.ts';
import type { Edit } from '../../document/state.ts';
import type { Op } from '../../document/types.ts';
import type { Conflict } from '../messages.ts';
import type { Ports } from '../store.ts';
import type { Actors } from './actors.ts';
import { Adapter } from './adapt.ts';
import type { Authors } from './authors.ts';
import { overwritten } from './conflicts.ts';
import type { LiveFlow } from './live.ts';
import type { Origins } from './marks.ts';
import type { OpLog } from './oplog.ts';
import type { AcceptedProposal, CommitKind, InverseStep } from './logged-commit.ts';
import type { Committed, Outcome } from './outcome.ts';
import type { CommitRequest } from './requests.ts';
import { revertStep } from './revert.ts';

interface About {
  key: string;
  /** The fingerprint of the request, where its key is a client's running number. */
  print: string | undefined;
  runId?: string;
  message?: string;
  reverts?: number[];
  proposal?: AcceptedProposal;
}

/** Ops that were written against the flow at clock `base`, and are to be carried out by somebody else now. */
export interface Foreseen {
  ops: readonly Op[];
  base: number;
  /** Tells whether the commit at that clock is none of the same proposal. */
  isOthers(clock: number): boolean;
  /** Where an op stands in the request, for the error. */
  pathOf(i: number): string;
}

interface Acceptance extends Foreseen {
  key: string;
  print: string | undefined;
  message: string;
  proposal: AcceptedProposal;
}

/** Carries edits out on the live flow and writes each as its next commit. To be called inside a transaction. */
export class CommitWriter {
  readonly #ports: Ports;
  readonly #actors: Actors;
  readonly #authors: Authors;
  readonly #ops: OpLog;

  constructor(ports: Ports, actors: Actors, authors: Authors, ops: OpLog) {
    this.#ports = ports;
    this.#actors = actors;
    this.#authors = authors;
    this.#ops = ops;
  }

  /** The first commit of a flow that starts from a document; none when it starts empty. */
  create(live: LiveFlow, actor: number, ops: readonly Op[]): void {
    this.#authors.created(actor, this.#ports.now());
    if (ops.length > 0)
      this.#write(live, live.state.applyAll(ops), actor, 'create', { key: 'create', print: undefined });
    live.settle();
  }

  /**
   * Carries out the ops of one author, fitted to what was removed since he saw the flow.
   * @throws FlowError when they do not apply; nothing has changed then.
   */
  edit(live: LiveFlow, actor: number, input: CommitRequest & About): Outcome<Committed> {
    const isOthers = (clock: number): boolean => this.#authors.actorAt(clock) !== actor;
    const base = input.baseClock ?? live.clock;
    const { committed } = this.#edit(live, actor, input.ops, base, isOthers, input, (i) => `ops.${i}`);
    return committed;
  }

  /**
   * Carries out ops of a proposal as one commit of whoever accepts it.
   *
   * @returns `lost`, the places of the ops of which nothing remained because what they belong to is gone.
   * @throws FlowError when they do not apply; nothing has changed then.
   */
  accept(live: LiveFlow, actor: number, input: Acceptance): { committed: Committed; lost: Set<number> } {
    return this.#edit(live, actor, input.ops, input.base, input.isOthers, input, input.pathOf);
  }

  /** What each of the ops would meet if all of them were carried out now: conflicts, or why it could not be. */
  preview(live: LiveFlow, input: Foreseen): { conflicts: Conflict[]; fault?: FlowError }[] {
    const { ops, base, isOthers, pathOf } = input;
    const { state } = live;
    const adapter = new Adapter(live, base);
    const start = state.mark();
    const met = ops.map((op, i) => {
      const dropped = adapter.dropped.length;
      const mark = state.mark();
      try {
        const fitted = adapter.fit(op);
        if (fitted) state.apply(fitted, pathOf(i));
      } catch (error) {
        if (error instanceof FlowError) return { conflicts: [], fault: error };
        throw error;
      }
      const changed = overwritten(live, state.since(mark), base, isOthers);
      return { conflicts: [...adapter.dropped.slice(dropped), ...changed] };
    });
    state.rollback(start);
    return met;
  }

  #edit(
    live: LiveFlow,
    actor: number,
    ops: readonly Op[],
    base: number,
    isOthers: (clock: number) => boolean,
    about: About,
    pathOf: (i: number) => string,
  ): { committed: Committed & { ok: true }; lost: Set<number> } {
    const adapter = new Adapter(live, base);
    const lost = new Set<number>();
    const edit = sealed(live, () => {
      ops.forEach((op, i) => {
        const fitted = adapter.fit(op);
        if (fitted) live.state.apply(fitted, pathOf(i));
        else lost.add(i);
      });
    });
    const conflicts = [...adapter.dropped, ...overwritten(live, edit.applied, base, isOthers)];
    const committed =
      edit.applied.length > 0
        ? this.#write(live, edit, actor, 'edit', about)
        : { clock: live.clock, commitId: '', applied: [] };
    // Whatever their author did to them afterwards is then answered like edits of a removed record.
    for (const id of adapter.lostEdges()) if (!live.state.get('edge', id)) live.bury('edge', id);
    return {
      committed: { ok: true, ...committed, conflicts, skipped: [], adapted: adapter.dropped.length > 0 },
      lost,
    };
  }

  /**
   * Takes the commits at `clocks` back, latest first, as far as nobody has built on them. Changes the marks on the
   * way: should it throw, the flow has to be read anew.
   */
  revert(
    live: LiveFlow,
    actor: number,
    clocks: number[],
    kind: 'undo' | 'redo',
    about: About,
  ): Outcome<Committed> {
    const skipped = new Set<string>();
    const priors: (Origins | undefined)[] = [];
    const origins: (Origins | undefined)[] = [];
    const who = (clock: number): string => {
      const author = this.#authors.actorAt(clock);
      if (author === undefined) return 'someone else';
      return author === actor ? 'a later edit of yours' : this.#actors.get(author).name;
    };
    const edit = sealed(live, () => {
      for (const clock of clocks) {
        for (const step of this.#ops.inverse(clock) ?? []) {
          const result = revertStep(live, step, clock, who);
          for (const sentence of result.skipped) skipped.add(sentence);
          if (!result.reverted) continue;
          // Noted at once: whether the next step still stands may depend on it.
          priors.push(live.note(result.reverted.op, live.clock + 1, result.reverted.origins));
          origins.push(result.reverted.origins);
        }
      }
    });
    const committed =
      edit.applied.length > 0
        ? this.#write(live, edit, actor, kind, { ...about, reverts: clocks }, { priors, origins })
        : { clock: live.clock, commitId: '', applied: [] };
    return { ok: true, ...committed, conflicts: [], skipped: [...skipped], adapted: true };
  }

  /** Writes a sealed edit as the next commit. */
  #write(
    live: LiveFlow,
    edit: Edit,
    actor: number,
    kind: CommitKind,
    about: About,
    noted?: { priors: (Origins | undefined)[]; origins: (Origins | undefined)[] },
  ): Pick<Committed, 'clock' | 'commitId' | 'applied' | 'change'> {
    const clock = live.clock + 1;
    const { applied } = edit;
    const priors = noted?.priors ?? applied.map((op) => live.note(op, clock));
    const inverse = edit.inverse.map((op, i): InverseStep => {
      const forward = applied.length - 1 - i;
      const prior = priors[forward];
      const left = noted?.origins[forward];
      return { op, ...(prior && { prior }), ...(left && { left }) };
    });
    const commit = {
      clock,
      commitId: this.#ports.newId('cmt'),
      actor,
      kind,
      reverts: about.reverts ?? [],
      key: about.key,
      print: about.print,
      runId: about.runId,
      message: about.message,
      at: this.#ports.now(),
      proposal: about.proposal,
    };
    live.committed(clock, this.#ops.append(commit, applied, inverse));
    return { clock, commitId: commit.commitId, applied, change: this.#ops.change(commit, applied) };
  }
}

/** Runs `body` on the state and seals it, or leaves the state as it was. */
function sealed(live: LiveFlow, body: () => void): Edit {
  const start = live.state.mark();
  try {
    body();
    return live.state.seal();
  } catch (error) {
    live.state.rollback(start);
    throw error;
  }
}
