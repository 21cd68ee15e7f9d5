import type { Edit } from '../../document/state.ts';
import type { Op } from '../../document/types.ts';
import type { Ports } from '../store.ts';
import type { Actors } from './actors.ts';
import { Adapter } from './adapt.ts';
import type { Authors } from './authors.ts';
import { overwritten } from './conflicts.ts';
import type { LiveFlow } from './live.ts';
import type { Origins } from './marks.ts';
import type { CommitKind, InverseStep, OpLog } from './oplog.ts';
import type { Committed, Outcome } from './outcome.ts';
import type { CommitRequest } from './requests.ts';
import { revertStep } from './revert.ts';

interface About {
  key: string;
  runId?: string;
  message?: string;
  reverts?: number[];
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
    if (ops.length > 0) this.#write(live, live.state.applyAll(ops), actor, 'create', { key: 'create' });
  }

  /**
   * Carries out the ops of one author, fitted to what was removed since he saw the flow.
   * @throws FlowError when they do not apply; nothing has changed then.
   */
  edit(live: LiveFlow, actor: number, input: CommitRequest): Outcome<Committed> {
    const base = input.baseClock ?? live.clock;
    const adapter = new Adapter(live, base);
    const edit = sealed(live, () => {
      input.ops.forEach((op, i) => {
        const fitted = adapter.fit(op);
        if (fitted) live.state.apply(fitted, `ops.${i}`);
      });
    });
    const isOthers = (clock: number): boolean => this.#authors.actorAt(clock) !== actor;
    const conflicts = [...adapter.dropped, ...overwritten(live, edit.applied, base, isOthers)];
    const committed =
      edit.applied.length > 0
        ? this.#write(live, edit, actor, 'edit', input)
        : { clock: live.clock, commitId: '', applied: [] };
    // Whatever their author did to them afterwards is then answered like edits of a removed record.
    for (const id of adapter.lostEdges())
      if (!live.state.get('edge', id)) live.bury('edge', id, { clock: live.clock, origin: live.clock });
    return { ok: true, ...committed, conflicts, skipped: [], adapted: adapter.dropped.length > 0 };
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
    key: string,
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
        ? this.#write(live, edit, actor, kind, { key, reverts: clocks }, { priors, origins })
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
      runId: about.runId,
      message: about.message,
      at: this.#ports.now(),
    };
    live.store(applied, clock);
    this.#ops.append(commit, applied, inverse);
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
