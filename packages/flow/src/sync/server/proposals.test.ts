import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromNumbers, namesFrom, randomOp } from '../../../test/random-ops.ts';
import { brokenRules } from '../../../test/rules.ts';
import {
  ADA,
  BOB,
  commit,
  countingPorts,
  documentOf,
  expectOk,
  freshLog,
  putEdge,
  putNode,
  removeNode,
  setTitle,
} from '../../../test/log.ts';
import { applyOps, type Op } from '../../index.ts';
import { PROPOSAL_LIMITS } from '../../proposals/index.ts';
import type { Actor } from '../messages.ts';
import { nodeStore } from '../node-store.ts';
import { FlowLog } from './log.ts';
import type { Outcome } from './outcome.ts';

const AGENT: Actor = { id: 'user:agent', name: 'Agent' };

function propose(log: FlowLog, ops: Op[], more: { id?: string; baseClock?: number; lifetime?: number } = {}) {
  const { id = 'prp_1', ...rest } = more;
  return log.proposals.propose({ id, title: 'Idea', actor: AGENT, ops, runId: 'run_1', ...rest });
}
const proposal = (log: FlowLog, id = 'prp_1') => expectOk(log.proposals.get(id)).proposal;
const opIdOf = (log: FlowLog, record: string, id = 'prp_1'): string => {
  const found = proposal(log, id).ops.find(
    ({ op }) => op.op !== 'rename' && (op.op === 'put' ? op.value.id : op.id) === record,
  );
  if (!found) throw new Error(`nothing proposed for ${record}`);
  return found.opId;
};
const accept = (log: FlowLog, opIds?: string[], key = `accept ${opIds?.join(' ')}`) =>
  log.proposals.accept({ id: 'prp_1', actor: BOB, key, ...(opIds && { opIds }) });

const missingIn = (outcome: Outcome<object>): string[] => {
  const missing = outcome.ok ? undefined : outcome.extra?.['missingOpIds'];
  return Array.isArray(missing) ? missing : [];
};

describe('a proposal', () => {
  test('is kept and told, and changes neither document nor clock nor log; the same id again makes no second one [R1, R9]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    const before = log.snapshot();
    const made = expectOk(propose(log, [putNode('b'), setTitle('b', 'Better'), putEdge('e', 'a', 'b')]));
    expect(made.proposal).toMatchObject({
      id: 'prp_1',
      status: 'open',
      title: 'Idea',
      author: AGENT,
      runId: 'run_1',
      baseClock: 1,
      counts: { open: 2, accepted: 0, rejected: 0, dropped: 0 },
      commits: [],
    });
    expect(log.snapshot()).toEqual(before);
    expect(expectOk(log.commitsAfter(0, 9)).commits).toHaveLength(1);
    expect(proposal(log).ops.map(({ opId, op }) => [opId, op])).toEqual([
      ['op_1', putNode('b', { title: 'Better' })],
      ['op_2', putEdge('e', 'a', 'b')],
    ]);
    expect(expectOk(propose(log, [removeNode('a')])).proposal.counts).toMatchObject({ open: 2 });
    expect(expectOk(log.proposals.list(undefined, 9)).proposals).toHaveLength(1);
  });

  test('of ops that are wrong, change nothing or come from a clock that is not there is refused [R1]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    expect(propose(log, [putEdge('e', 'a', 'nowhere')])).toMatchObject({ code: 'dangling_reference' });
    expect(propose(log, [setTitle('a', 'Node a')])).toMatchObject({ code: 'invalid_request' });
    expect(propose(log, [putNode('b', { title: 'x'.repeat(201) })])).toMatchObject({
      code: 'invalid_request',
    });
    expect(propose(log, [putNode('b')], { baseClock: 7 })).toMatchObject({ code: 'not_found' });
    expect(expectOk(log.proposals.list(undefined, 9)).proposals).toEqual([]);
    expect(log.proposals.get('prp_1')).toMatchObject({ code: 'not_found' });
  });
});

describe('accepting', () => {
  test('is one commit of whoever accepts, undone as one step, that names the proposal and its author; once a key [R2, R9]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    const before = documentOf(log);
    expectOk(propose(log, [putNode('b'), putEdge('e', 'a', 'b'), setTitle('a', 'Home')]));
    const accepted = expectOk(accept(log));
    const origin = { id: 'prp_1', author: AGENT, runId: 'run_1' };
    expect(accepted).toMatchObject({
      clock: 2,
      conflicts: [],
      change: { actor: BOB, proposal: origin, message: 'Accepted “Idea”' },
    });
    expect(accepted.change).not.toHaveProperty('runId');
    expect(documentOf(log)).toMatchObject({ nodes: { a: { title: 'Home' }, b: {} }, edges: { e: {} } });
    expect(expectOk(log.commitsAfter(1, 9)).commits).toMatchObject([
      { clock: 2, actor: BOB, proposal: origin },
    ]);
    expect(expectOk(log.history.blame()).commits.find(({ clock }) => clock === 2)).toMatchObject({
      actor: BOB,
      proposal: origin,
    });
    expect(proposal(log)).toMatchObject({
      status: 'accepted',
      counts: { open: 0, accepted: 3 },
      commits: [{ clock: 2, commitId: accepted.commitId, actor: BOB }],
      endedBy: BOB,
    });
    expect(accept(log)).toMatchObject({ ok: true, clock: 2, commitId: accepted.commitId });
    expect(expectOk(log.snapshot()).clock).toBe(2);
    expectOk(log.undo({ actor: BOB, key: 'u' }));
    expect(documentOf(log)).toEqual(before);
    expect(log.undo({ actor: AGENT, key: 'u' })).toMatchObject({ code: 'conflict' });
  });

  test('some leaves the others open; what they need and is missing is named, and nothing changes [R2, R3]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    expectOk(
      propose(log, [
        {
          op: 'put',
          kind: 'frame',
          value: { id: 'f', title: 'F', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
        },
        putNode('b', { frameId: 'f' }),
        putEdge('e', 'a', 'b'),
        setTitle('a', 'Home'),
      ]),
    );
    const [frame, b, e, a] = ['f', 'b', 'e', 'a'].map((id) => opIdOf(log, id));
    if (!frame || !b || !e || !a) throw new Error('not all are there');
    expect(proposal(log).ops.find(({ opId }) => opId === e)?.requires).toEqual([b]);
    expect(accept(log, [e])).toMatchObject({
      code: 'proposal_incomplete',
      extra: { missingOpIds: [frame, b] },
      issues: [{ path: 'opIds' }, { path: 'opIds' }],
    });
    expect(expectOk(log.snapshot()).clock).toBe(1);
    expectOk(accept(log, [a]));
    expect(proposal(log)).toMatchObject({ status: 'open', counts: { open: 3, accepted: 1 } });
    expect(accept(log, [a, b], 'again')).toMatchObject({ code: 'conflict', issues: [{ path: 'opIds.0' }] });
    expect(accept(log, ['op_9'])).toMatchObject({ code: 'invalid_request', issues: [{ path: 'opIds.0' }] });
    expectOk(accept(log, [b, frame]));
    expect(proposal(log).ops.find(({ opId }) => opId === e)?.requires).toEqual([]);
    expectOk(accept(log, [e]));
    expect(proposal(log)).toMatchObject({
      status: 'accepted',
      commits: [{ clock: 2 }, { clock: 3 }, { clock: 4 }],
    });
  });

  test('an edge needs what gives its source the element at which it starts, a frame the moves of those round it [R3]', () => {
    const log = freshLog();
    const frame = (id: string, parentId?: string): Op => ({
      op: 'put',
      kind: 'frame',
      value: {
        id,
        title: id,
        position: { x: 0, y: 0 },
        size: { width: 9, height: 9 },
        ...(parentId && { parentId }),
      },
    });
    const screen = (id: string) => ({ elements: [{ id, kind: 'button', label: id }], states: [] });
    commit(log, ADA, [putNode('a'), putNode('b', { screen: screen('old') }), putNode('c')]);
    commit(log, ADA, [putEdge('e', 'a', 'c'), frame('f1'), frame('f2', 'f1'), frame('f3', 'f2')]);
    const base = documentOf(log);
    const ops: Op[] = [
      { op: 'patch', kind: 'node', id: 'b', set: { screen: screen('new') } },
      { op: 'patch', kind: 'edge', id: 'e', set: { source: 'b', elementId: 'new' } },
      { op: 'patch', kind: 'frame', id: 'f3', set: { parentId: null } },
      { op: 'patch', kind: 'frame', id: 'f2', set: { parentId: 'f3' } },
      { op: 'patch', kind: 'frame', id: 'f1', set: { parentId: 'f2' } },
    ];
    expectOk(propose(log, ops));
    const id = (record: string) => opIdOf(log, record);
    const needs = (record: string) => proposal(log).ops.find(({ opId }) => opId === id(record))?.requires;
    expect(needs('e')).toEqual([id('b')]);
    expect(needs('f3')).toEqual([]);
    expect(needs('f2')).toEqual([id('f3')]);
    expect(needs('f1')?.toSorted()).toEqual([id('f2'), id('f3')].toSorted());
    for (const [record, missing] of [
      ['e', ['b']],
      ['f1', ['f2', 'f3']],
    ] as const) {
      const refused = accept(log, [id(record)]);
      expect(refused).toMatchObject({ code: 'proposal_incomplete' });
      expect(new Set(missingIn(refused))).toEqual(new Set(missing.map(id)));
    }
    for (const record of ['b', 'f3', 'e', 'f2', 'f1']) expectOk(accept(log, [id(record)]));
    expect(documentOf(log)).toEqual(applyOps(base, ops).document);
  });

  test('in any parts and any order that the requirements allow ends where all ops at once do, which is where they lead [R2, R3]', () => {
    const choices = fc.array(fc.nat(9_999), { minLength: 80, maxLength: 400 });
    fc.assert(
      fc.property(choices, fc.infiniteStream(fc.nat(9_999)), (numbers, picks) => {
        const choose = fromNumbers(numbers);
        const fresh = namesFrom(choose, 10);
        const log = freshLog();
        for (let i = 0; i < 15; i += 1)
          log.commit({ actor: ADA, key: `k${i}`, ops: [randomOp(choose, documentOf(log), fresh)] });
        const before = documentOf(log);
        const ops: Op[] = [];
        let after = before;
        for (let i = 0; i < 15; i += 1) {
          const op = randomOp(choose, after, fresh);
          try {
            after = applyOps(after, [op]).document;
            ops.push(op);
          } catch {
            // A wrong op is none of the proposal.
          }
        }
        if (!propose(log, ops).ok) return;
        expect(documentOf(log)).toEqual(before);
        for (let round = 0; proposal(log).status === 'open'; round += 1) {
          const open = proposal(log).ops.filter(({ state }) => state === 'open');
          const chosen = open.filter(() => Number(picks.next().value) % 3 === 0).map(({ opId }) => opId);
          if (chosen.length === 0) continue;
          const outcome = accept(log, chosen, `round ${round}`);
          if (outcome.ok) expect(outcome.conflicts).toEqual([]);
          else {
            expect(outcome.code).toBe('proposal_incomplete');
            const whole = accept(log, [...chosen, ...missingIn(outcome)], `whole ${round}`);
            expect(whole).toMatchObject({ ok: true, conflicts: [] });
          }
          expect(brokenRules(documentOf(log))).toEqual([]);
        }
        expect(documentOf(log)).toEqual(after);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what has changed since', () => {
  test('is told field by field before and with the acceptance, which wins; what is gone drops the op [R4]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a'), putNode('b'), putNode('c')]);
    expectOk(
      propose(log, [setTitle('a', 'Agent'), setTitle('b', 'Agent'), putEdge('e', 'a', 'c'), putNode('d')]),
    );
    commit(log, BOB, [setTitle('a', 'Bob'), putNode('a', { title: 'Bob', description: 'kept' })]);
    commit(log, ADA, [removeNode('b')]);
    commit(log, ADA, [removeNode('c')]);
    const meets = Object.fromEntries(proposal(log).ops.map(({ opId, conflicts }) => [opId, conflicts]));
    expect(meets[opIdOf(log, 'a')]).toEqual([{ kind: 'node', id: 'a', field: 'title', clock: 2 }]);
    expect(meets[opIdOf(log, 'b')]).toEqual([
      { kind: 'node', id: 'b', field: 'title', clock: 3, dropped: true },
    ]);
    expect(meets[opIdOf(log, 'e')]).toEqual([
      { kind: 'edge', id: 'e', field: 'target', clock: 4, dropped: true },
    ]);
    expect(meets[opIdOf(log, 'd')]).toEqual([]);
    const gone = opIdOf(log, 'b');
    const outcome = expectOk(accept(log));
    expect(outcome.conflicts).toHaveLength(3);
    expect(documentOf(log).nodes['a']).toMatchObject({ title: 'Agent', description: 'kept' });
    expect(Object.keys(documentOf(log).nodes).toSorted()).toEqual(['a', 'd']);
    const after = proposal(log);
    expect(after).toMatchObject({ status: 'accepted', counts: { accepted: 2, dropped: 2 } });
    expect(after.ops.find(({ opId }) => opId === gone)?.state).toBe('dropped');
  });

  test('of an op that was rejected blocks those that need it, and accepting these is refused by path [R4, R6]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    expectOk(propose(log, [putNode('b'), putEdge('e', 'a', 'b'), putNode('c')]));
    const edge = opIdOf(log, 'e');
    expectOk(log.proposals.reject({ id: 'prp_1', actor: BOB, opIds: [opIdOf(log, 'b')] }));
    expect(proposal(log).ops.find(({ opId }) => opId === edge)?.blocked).toMatch(/There is no node "b"/);
    expect(accept(log)).toMatchObject({
      code: 'dangling_reference',
      issues: [{ path: `ops.${edge}.value.target` }],
    });
    expect(expectOk(log.snapshot()).clock).toBe(1);
    expectOk(accept(log, [opIdOf(log, 'c')]));
  });
});

describe('deciding', () => {
  test('against it changes nothing in the flow; what is decided is not decided again [R6, R8]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    const before = log.snapshot();
    expectOk(propose(log, [putNode('b'), setTitle('a', 'Home')]));
    const { proposal: ended } = expectOk(log.proposals.reject({ id: 'prp_1', actor: BOB }));
    expect(ended).toMatchObject({ status: 'rejected', counts: { rejected: 2 }, endedBy: BOB, commits: [] });
    expect(log.snapshot()).toEqual(before);
    expect(log.proposals.reject({ id: 'prp_1', actor: BOB })).toMatchObject({ code: 'conflict' });
    expect(accept(log)).toMatchObject({ code: 'conflict' });
    expect(log.proposals.edit({ id: 'prp_1', actor: BOB, title: 'x' })).toMatchObject({ code: 'conflict' });
    expect(log.proposals.reject({ id: 'prp_2', actor: BOB })).toMatchObject({ code: 'not_found' });
    expect(expectOk(log.proposals.list(undefined, 9, 'rejected')).proposals).toHaveLength(1);
    expect(expectOk(log.proposals.list(undefined, 9, 'open')).proposals).toEqual([]);
    expect(proposal(log).ops).toHaveLength(2);
  });

  test('may follow a change of single ops, which stay with their records and have to land [R5]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    expectOk(propose(log, [putNode('b'), putEdge('e', 'a', 'b')]));
    const [b, e] = [opIdOf(log, 'b'), opIdOf(log, 'e')];
    const edit = (opId: string, op: Op) =>
      log.proposals.edit({ id: 'prp_1', actor: BOB, ops: [{ opId, op }] });
    expect(edit(b, putNode('c'))).toMatchObject({ code: 'invalid_request', issues: [{ path: 'ops.0.op' }] });
    expect(edit('op_9', putNode('b'))).toMatchObject({ issues: [{ path: 'ops.0.opId' }] });
    expect(edit(e, putEdge('e', 'a', 'nowhere'))).toMatchObject({
      code: 'dangling_reference',
      issues: [{ path: 'ops.0.op.value.target' }],
    });
    expect(edit(b, putNode('b', { title: 'x'.repeat(201) }))).toMatchObject({
      issues: [{ path: 'ops.0.op.value.title' }],
    });
    expect(proposal(log).ops.map(({ op }) => op)).toEqual([putNode('b'), putEdge('e', 'a', 'b')]);
    expectOk(edit(b, putNode('b', { title: 'Mine' })));
    expectOk(log.proposals.edit({ id: 'prp_1', actor: BOB, title: 'Our idea' }));
    expect(proposal(log)).toMatchObject({ title: 'Our idea', ops: [{ editedBy: BOB }, { opId: e }] });
    expectOk(accept(log));
    expect(documentOf(log).nodes['b']?.title).toBe('Mine');
    expect(expectOk(log.commitsAfter(1, 1)).commits[0]).toMatchObject({ proposal: { author: AGENT } });
  });
});

test('an open proposal expires, is told once and can only be read from then on [R7]', () => {
  let now = 1_700_000_000_000;
  const log = new FlowLog(nodeStore(':memory:'), { ...countingPorts(), now: () => now });
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  expectOk(propose(log, [putNode('a')]));
  expectOk(propose(log, [putNode('b')], { id: 'prp_2', lifetime: 1_000 }));
  expect(log.proposals.nextExpiry()).toBe(now + 1_000);
  now += 1_000;
  expect(proposal(log, 'prp_2')).toMatchObject({ status: 'expired', endedAt: now });
  expect(expectOk(log.proposals.list(undefined, 9, 'expired')).proposals).toHaveLength(1);
  expect(log.proposals.accept({ id: 'prp_2', actor: BOB, key: 'k' })).toMatchObject({ code: 'conflict' });
  expect(log.proposals.reject({ id: 'prp_2', actor: BOB })).toMatchObject({ code: 'conflict' });
  now += PROPOSAL_LIMITS.lifetime - 1_001;
  expect(log.proposals.expire().map(({ id }) => id)).toEqual(['prp_2']);
  expect(proposal(log)).toMatchObject({ status: 'open' });
  now += 1;
  expect(log.proposals.expire().map(({ id, status }) => [id, status])).toEqual([['prp_1', 'expired']]);
  expect(log.proposals.expire()).toEqual([]);
  expect(log.proposals.nextExpiry()).toBeUndefined();
  expect(expectOk(log.snapshot()).clock).toBe(0);
});

test('so many are open at most, and so many ended ones are kept, the latest [R8]', () => {
  const log = freshLog();
  for (let i = 0; i < PROPOSAL_LIMITS.open; i += 1)
    expectOk(propose(log, [putNode('a')], { id: `prp_${i}` }));
  expect(propose(log, [putNode('a')], { id: 'prp_more' })).toMatchObject({ code: 'limit_exceeded' });
  expectOk(log.proposals.reject({ id: 'prp_0', actor: BOB }));
  for (let i = 0; i < PROPOSAL_LIMITS.ended; i += 1) {
    expectOk(propose(log, [putNode('a')], { id: `prp_late${i}` }));
    expectOk(log.proposals.reject({ id: `prp_late${i}`, actor: BOB }));
  }
  expect(log.proposals.get('prp_0')).toMatchObject({ code: 'not_found' });
  expect(log.proposals.get('prp_late0')).toMatchObject({ ok: true });
  const page = expectOk(log.proposals.list(undefined, 2)).proposals;
  expect(page.map(({ id }) => id)).toEqual(['prp_late999', 'prp_late998']);
  expect(expectOk(log.proposals.list('prp_late998', 1)).proposals.map(({ id }) => id)).toEqual([
    'prp_late997',
  ]);
});
