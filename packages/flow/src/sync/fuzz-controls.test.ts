import { describe, expect, test } from 'vitest';
import { caught } from '../../test/caught.ts';
import { expectOk } from '../../test/log.ts';
import type { WorldOptions } from '../../test/world.ts';
import { diff } from '../index.ts';
import {
  FlowLog,
  type Catchup,
  type CommitRequest,
  type Committed,
  type Outcome,
  type RevertRequest,
} from './server/index.ts';

describe('the fuzz sees', () => {
  test('a log that forgets which keys it has answered [X2]', () => {
    class Forgetful extends FlowLog {
      #count = 0;
      override commit(request: CommitRequest): Outcome<Committed> {
        this.#count += 1;
        const { sequenced: _, ...rest } = request;
        const outcome = super.commit({ ...rest, key: `${request.key}#${this.#count}` });
        return outcome.ok && outcome.change
          ? { ...outcome, change: { ...outcome.change, key: request.key } }
          : outcome;
      }
    }
    expect(caught({ makeLog: (store, ports) => new Forgetful(store, ports) }, /agent|twice|waits|lost/)).toBe(
      true,
    );
  }, 60_000);

  test('a log that acknowledges without writing [X2]', () => {
    class Lossy extends FlowLog {
      #count = 0;
      override commit(request: CommitRequest): Outcome<Committed> {
        this.#count += 1;
        const snapshot = this.snapshot();
        return this.#count % 10 === 0 && snapshot.ok
          ? {
              ok: true,
              clock: snapshot.clock,
              commitId: 'cmt_lost',
              applied: [],
              conflicts: [],
              skipped: [],
              adapted: false,
            }
          : super.commit(request);
      }
    }
    expect(caught({ makeLog: (store, ports) => new Lossy(store, ports) }, /lost/)).toBe(true);
  }, 60_000);

  test('a log whose undo takes back the last step of anybody [X2]', () => {
    class Careless extends FlowLog {
      override undo(request: RevertRequest): Outcome<Committed> {
        const { clock } = expectOk(this.snapshot());
        const last = expectOk(this.commitsAfter(clock - 1, 1)).commits[0];
        const before = clock > 0 ? this.at(clock - 1) : undefined;
        if (!last || !before?.ok) return super.undo(request);
        return super.commit({
          ...request,
          ops: last.ops.flatMap((op) =>
            op.op === 'patch' && before.document.nodes[op.id]
              ? [
                  {
                    op: 'patch' as const,
                    kind: 'node' as const,
                    id: op.id,
                    set: { title: before.document.nodes[op.id]?.title ?? '' },
                  },
                ]
              : [],
          ),
        });
      }
    }
    expect(caught({ makeLog: (store, ports) => new Careless(store, ports) }, /by undo/)).toBe(true);
  }, 60_000);

  test('a log that tells others less than it has done [X2]', () => {
    class Terse extends FlowLog {
      override commit(request: CommitRequest): Outcome<Committed> {
        const outcome = super.commit(request);
        if (!outcome.ok || !outcome.change || outcome.change.ops.length < 3) return outcome;
        return { ...outcome, change: { ...outcome.change, ops: outcome.change.ops.slice(0, -1) } };
      }
    }
    expect(caught({ makeLog: (store, ports) => new Terse(store, ports) }, /view of/)).toBe(true);
  }, 60_000);

  test('a log that leaves something out for those who come back [X2]', () => {
    class Gappy extends FlowLog {
      override changesSince(clock: number | undefined): Outcome<Catchup> {
        const found = super.changesSince(clock);
        if (!found.ok || found.kind !== 'changes' || found.changes.length < 2) return found;
        return {
          ...found,
          changes: found.changes.map((change, at) => (at === 0 ? { ...change, ops: [] } : change)),
        };
      }
    }
    expect(caught({ makeLog: (store, ports) => new Gappy(store, ports) }, /view of/)).toBe(true);
  }, 60_000);

  test('a log that carries the requests of a client out again after it was opened anew [X2]', () => {
    class Amnesic extends FlowLog {
      readonly #seen = new Set<string>();
      override commit(request: CommitRequest): Outcome<Committed> {
        const { sequenced: _, ...rest } = request;
        const known = this.#seen.has(request.key);
        this.#seen.add(request.key);
        // A key of its own for each opening; told to others under the one that was sent.
        const outcome = super.commit(known ? request : { ...rest, key: `${request.key}#${openings}` });
        return outcome.ok && outcome.change
          ? { ...outcome, change: { ...outcome.change, key: request.key } }
          : outcome;
      }
    }
    let openings = 0;
    const makeLog: NonNullable<WorldOptions['makeLog']> = (store, ports) => {
      openings += 1;
      return new Amnesic(store, ports);
    };
    expect(caught({ makeLog }, /twice|agent|lost|waits|told/)).toBe(true);
  }, 60_000);

  test('a log that answers with a clock that is not the commit’s [X2]', () => {
    class Askew extends FlowLog {
      override commit(request: CommitRequest): Outcome<Committed> {
        const outcome = super.commit(request);
        return outcome.ok && outcome.change && outcome.clock % 5 === 0
          ? { ...outcome, clock: outcome.clock - 1 }
          : outcome;
      }
    }
    expect(caught({ makeLog: (store, ports) => new Askew(store, ports) }, /was told|view of|agent/)).toBe(
      true,
    );
  }, 60_000);

  test('a log whose undo puts the whole document back as it was before the step [X2]', () => {
    class Rewinding extends FlowLog {
      override undo(request: RevertRequest): Outcome<Committed> {
        const { clock, document } = expectOk(this.snapshot());
        const { commits } = expectOk(this.commitsAfter(Math.max(0, clock - 6), 6));
        const own = commits.findLast(({ actor }) => actor.id === request.actor.id);
        const before = own && this.at(own.clock - 1);
        if (!before?.ok) return super.undo(request);
        return super.commit({ ...request, internal: true, ops: diff(document, before.document) });
      }
    }
    expect(caught({ makeLog: (store, ports) => new Rewinding(store, ports) }, /by undo|lost/)).toBe(true);
  }, 60_000);
});
