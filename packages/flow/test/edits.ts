import type { FlowDocument, FlowNode, Op } from '../src/index.ts';
import type { Actor } from '../src/sync/index.ts';
import type { Committed, FlowLog, Outcome, Ports } from '../src/sync/server/index.ts';

/** People, ops and ports for tests of the log, wherever they run. */

export const ADA: Actor = { id: 'user:ada', name: 'Ada' };
export const BOB: Actor = { id: 'user:bob', name: 'Bob' };

/** Ports whose clock ticks once a call and whose ids count upwards. */
export function countingPorts(): Ports {
  let time = 1_700_000_000_000;
  let count = 0;
  return {
    now: () => (time += 1),
    newId: (prefix) => `${prefix}_${String((count += 1)).padStart(4, '0')}`,
  };
}

/** The outcome itself, when it is not a refusal. */
export function expectOk<T>(outcome: Outcome<T>): { ok: true } & T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${outcome.detail}`);
  return outcome;
}

/** Commits under a key of its own. */
export function commit(
  log: FlowLog,
  actor: Actor,
  ops: Op[],
  more: { key?: string; baseClock?: number; runId?: string } = {},
): { ok: true } & Committed {
  const { clock } = expectOk(log.snapshot());
  return expectOk(
    log.commit({
      actor,
      ops,
      key: `${actor.id}-${clock}-${JSON.stringify(ops).length}-${ops.length}`,
      ...more,
    }),
  );
}

export function documentOf(log: FlowLog): FlowDocument {
  return expectOk(log.snapshot()).document;
}

export function putNode(id: string, more: Partial<FlowNode> = {}): Op {
  return {
    op: 'put',
    kind: 'node',
    value: { id, type: 'screen', title: `Node ${id}`, position: { x: 0, y: 0 }, ...more },
  };
}

export function putEdge(id: string, source: string, target: string): Op {
  return { op: 'put', kind: 'edge', value: { id, source, target, trigger: 'click' } };
}

export function setTitle(id: string, title: string): Op {
  return { op: 'patch', kind: 'node', id, set: { title } };
}

export function removeNode(id: string): Op {
  return { op: 'remove', kind: 'node', id };
}
