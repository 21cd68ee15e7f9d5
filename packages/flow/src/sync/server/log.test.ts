import { describe, expect, test } from 'vitest';
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
import { nodeStore } from '../node-store.ts';
import { applyOps, emptyDocument, type FlowDocument } from '../../index.ts';
import { FlowLog } from './log.ts';

describe('create', () => {
  test('a flow starts at clock 0, with a document at 1, and the same call again is answered the same [E1]', () => {
    const document: FlowDocument = applyOps(emptyDocument('Given'), [
      putNode('a'),
      putNode('b'),
      putEdge('e', 'a', 'b'),
    ]).document;
    const log = new FlowLog(nodeStore(':memory:'), countingPorts());
    expect(log.snapshot()).toMatchObject({ ok: false, code: 'not_found' });
    const first = expectOk(log.create({ name: 'Flow', document, actor: ADA }));
    expect(first).toMatchObject({ clock: 1, document: { ...document, name: 'Flow' } });
    commit(log, BOB, [setTitle('a', 'Later')]);
    expect(log.create({ name: 'Flow', document, actor: ADA })).toEqual(first);
    expect(log.create({ name: 'Other', actor: ADA })).toMatchObject({ ok: false, code: 'conflict' });
    expect(expectOk(log.at(0)).document).toEqual(emptyDocument('Flow'));
    expect(log.undo({ actor: ADA, key: 'u' })).toMatchObject({ ok: false, code: 'conflict' });
  });

  test('a bad document creates nothing [E2]', () => {
    const log = new FlowLog(nodeStore(':memory:'), countingPorts());
    const bad = {
      ...emptyDocument('x'),
      edges: { e: { id: 'e', source: 'no', target: 'no', trigger: 'click' } },
    } as FlowDocument;
    expect(log.create({ name: 'Flow', document: bad, actor: ADA })).toMatchObject({
      code: 'dangling_reference',
      issues: [{ path: 'edges.e.source' }, {}],
    });
    expect(log.snapshot()).toMatchObject({ ok: false, code: 'not_found' });
  });
});

describe('commit', () => {
  test('each commit raises the clock by one and survives in the store [E1]', () => {
    const store = nodeStore(':memory:');
    const log = freshLog({}, store);
    expect(commit(log, ADA, [putNode('a'), putNode('b')]).clock).toBe(1);
    const second = commit(log, BOB, [putEdge('e', 'a', 'b'), setTitle('a', 'Start')]);
    expect(second).toMatchObject({
      clock: 2,
      conflicts: [],
      adapted: false,
      change: { actor: BOB, clock: 2 },
    });
    expect(expectOk(new FlowLog(store, countingPorts()).snapshot())).toEqual(expectOk(log.snapshot()));
  });

  test('a bad op refuses the whole commit with its place, and nothing changes [E2]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    const before = log.snapshot();
    const refused = log.commit({
      actor: ADA,
      key: 'k',
      ops: [setTitle('a', 'x'), putEdge('e', 'a', 'nobody')],
    });
    expect(refused).toMatchObject({
      ok: false,
      code: 'dangling_reference',
      issues: [{ path: 'ops.1.value.target' }],
    });
    expect(log.commit({ actor: ADA, key: 'k', ops: [setTitle('a', 'x'.repeat(201))] })).toMatchObject({
      ok: false,
      code: 'invalid_request',
      issues: [{ path: 'ops.0.set.title' }],
    });
    expect(log.commit({ actor: ADA, key: 'k', ops: [setTitle('zz', 'x')] })).toMatchObject({
      ok: false,
      code: 'unknown_record',
    });
    expect(log.commit({ actor: ADA, key: 'k', ops: [setTitle('a', 'x')], baseClock: 9 })).toMatchObject({
      ok: false,
      issues: [{ path: 'baseClock' }],
    });
    expect(log.snapshot()).toEqual(before);
  });

  test('ops that change nothing are answered at the current clock [E3]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    const nothing = commit(log, ADA, [setTitle('a', 'Node a')], { key: 'same' });
    expect(nothing).toMatchObject({ clock: 1, commitId: '', applied: [] });
    expect(nothing.change).toBeUndefined();
  });

  test('more than 1,000 ops or 256 KB are refused from outside and taken from inside [E4]', () => {
    const log = freshLog();
    const ops = Array.from({ length: 1_001 }, (_, i) => putNode(`n${i}`));
    expect(log.commit({ actor: ADA, key: 'a', ops })).toMatchObject({ code: 'limit_exceeded' });
    const heavy = Array.from({ length: 70 }, (_, i) => putNode(`h${i}`, { description: 'é'.repeat(2_000) }));
    expect(log.commit({ actor: ADA, key: 'b', ops: heavy })).toMatchObject({ code: 'limit_exceeded' });
    expect(log.commit({ actor: ADA, key: 'c', ops: [...ops, ...heavy], internal: true })).toMatchObject({
      ok: true,
      clock: 1,
    });
  });

  test('a commit longer than a database row is kept whole', () => {
    const log = freshLog();
    const ops = Array.from({ length: 400 }, (_, i) => putNode(`n${i}`, { description: '😀"\\'.repeat(900) }));
    commit(log, ADA, [putNode('first')]);
    expect(log.commit({ actor: ADA, key: 'big', ops, internal: true })).toMatchObject({ ok: true });
    const [commits] = expectOk(log.commitsAfter(1, 1)).commits;
    expect(commits?.ops).toEqual(ops);
    expect(Object.keys(expectOk(log.at(1)).document.nodes)).toEqual(['first']);
    expectOk(log.undo({ actor: ADA, key: 'u' }));
    expect(Object.keys(documentOf(log).nodes)).toEqual(['first']);
  });
});

describe('conflicts', () => {
  test('the last writer of a field wins and is told whose change he overwrote [F1]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, BOB, [setTitle('a', 'Bob')], { baseClock: 1 });
    const late = commit(
      log,
      ADA,
      [{ op: 'patch', kind: 'node', id: 'a', set: { title: 'Ada', pinned: true } }],
      { baseClock: 1 },
    );
    expect(late.conflicts).toEqual([{ kind: 'node', id: 'a', field: 'title', clock: 2 }]);
    expect(documentOf(log).nodes['a']).toMatchObject({ title: 'Ada', pinned: true });
    expect(commit(log, ADA, [setTitle('a', 'Mine again')], { baseClock: 1 }).conflicts).toEqual([]);
  });

  test('removing what somebody else changed or made since is a conflict too [F2]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a'), putNode('b')]);
    commit(log, BOB, [setTitle('a', 'Bob'), putEdge('e', 'a', 'b')], { baseClock: 1 });
    expect(commit(log, ADA, [removeNode('a')], { baseClock: 1 }).conflicts).toEqual([
      { kind: 'edge', id: 'e', field: 'id', clock: 2 },
      { kind: 'node', id: 'a', field: 'title', clock: 2 },
    ]);
  });

  test('edits of a record that is gone since are dropped and reported; the rest of the commit lands [F3]', () => {
    const log = freshLog();
    commit(log, ADA, [
      putNode('a'),
      putNode('b'),
      {
        op: 'put',
        kind: 'frame',
        value: { id: 'f', title: 'F', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
      },
    ]);
    commit(log, BOB, [removeNode('a'), { op: 'remove', kind: 'frame', id: 'f' }]);
    const late = commit(
      log,
      ADA,
      [
        setTitle('a', 'Gone'),
        putEdge('e', 'a', 'b'),
        { op: 'patch', kind: 'edge', id: 'e', set: { label: 'x' } },
        putNode('c', { frameId: 'f' }),
        setTitle('b', 'Still'),
        removeNode('a'),
      ],
      { baseClock: 1 },
    );
    expect(late.adapted).toBe(true);
    expect(late.conflicts.every((conflict) => conflict.dropped === true && conflict.clock === 2)).toBe(true);
    expect(late.conflicts.map(({ kind, id, field }) => `${kind} ${id} ${field}`)).toEqual([
      'node a title',
      'edge e source',
      'edge e label',
      'node c frameId',
      'node a id',
    ]);
    expect(Object.keys(documentOf(log).nodes)).toEqual(['b', 'c']);
    const afterwards = commit(log, ADA, [{ op: 'patch', kind: 'edge', id: 'e', set: { label: 'y' } }], {
      baseClock: 1,
    });
    expect(afterwards).toMatchObject({
      clock: 3,
      applied: [],
      conflicts: [{ kind: 'edge', id: 'e', dropped: true }],
    });
  });

  test('an author who had seen the removal is refused [F3]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, BOB, [removeNode('a')]);
    expect(log.commit({ actor: ADA, key: 'k', ops: [setTitle('a', 'x')], baseClock: 2 })).toMatchObject({
      code: 'unknown_record',
    });
  });

  test('of two frames put into each other at once the later move is dropped [F4]', () => {
    const log = freshLog();
    const frame = (id: string) =>
      ({
        op: 'put',
        kind: 'frame',
        value: { id, title: id, position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
      }) as const;
    commit(log, ADA, [frame('f'), frame('g')]);
    commit(log, BOB, [{ op: 'patch', kind: 'frame', id: 'f', set: { parentId: 'g' } }]);
    const late = commit(
      log,
      ADA,
      [{ op: 'patch', kind: 'frame', id: 'g', set: { parentId: 'f', title: 'G' } }],
      { baseClock: 1 },
    );
    expect(late.conflicts).toEqual([{ kind: 'frame', id: 'g', field: 'parentId', clock: 2, dropped: true }]);
    expect(documentOf(log).frames['g']).toMatchObject({ title: 'G' });
  });
});

describe('idempotency', () => {
  test('a repeated key is answered as before and carried out once [K2]', () => {
    const log = freshLog();
    const ops = [putNode('a')];
    const first = log.commit({ actor: ADA, ops, key: 'k' });
    commit(log, BOB, [setTitle('a', 'x')]);
    const { change, ...answer } = expectOk(first);
    expect(change).toBeDefined();
    expect(log.commit({ actor: ADA, ops, key: 'k' })).toEqual(answer);
    expect(log.commit({ actor: ADA, ops: [putNode('b')], key: 'k' })).toMatchObject({
      code: 'idempotency_conflict',
    });
    expect(log.commit({ actor: BOB, ops: [putNode('b')], key: 'k' })).toMatchObject({ ok: true });
  });

  test('of a client the last answers are kept, refusals too; older numbers are known as done and never repeated [K3]', () => {
    const log = freshLog();
    const send = (seq: number, id: string) =>
      log.commit({ actor: ADA, ops: [putNode(id)], key: `tab:${seq}`, sequenced: true });
    for (let seq = 1; seq <= 300; seq += 1) expectOk(send(seq, `n${seq}`));
    expect(send(300, 'n300')).toMatchObject({ ok: true, clock: 300 });
    expect(send(237, 'n237')).toMatchObject({ ok: true, clock: 237 });
    expect(send(3, 'n3')).toMatchObject({ ok: true, clock: 0, applied: [] });
    expect(send(3, 'other')).toMatchObject({ ok: true, clock: 0 });
    expect(log.lastSeq(ADA, 'tab')).toBe(300);
    expect(log.lastSeq(BOB, 'tab')).toBe(0);
    const refused = log.commit({ actor: ADA, ops: [setTitle('gone', 'x')], key: 'tab:301', sequenced: true });
    expect(refused).toMatchObject({ code: 'unknown_record' });
    commit(log, BOB, [putNode('gone')]);
    expect(log.commit({ actor: ADA, ops: [setTitle('gone', 'x')], key: 'tab:301', sequenced: true })).toEqual(
      refused,
    );
  });

  test("another actor cannot use up a client's numbers [K4]", () => {
    const log = freshLog();
    expectOk(log.commit({ actor: BOB, ops: [putNode('b')], key: 'tab:1000', sequenced: true }));
    expect(log.commit({ actor: ADA, ops: [putNode('a')], key: 'tab:1', sequenced: true })).toMatchObject({
      ok: true,
      clock: 2,
    });
  });
});

describe('the past', () => {
  test('at gives the document as it stood, until it is no longer retained [L2]', () => {
    const log = freshLog({ retention: 300 });
    const past = [documentOf(log)];
    for (let i = 1; i <= 600; i += 1) {
      commit(log, i % 2 ? ADA : BOB, i % 7 === 0 ? [removeNode(`n${i - 3}`)] : [putNode(`n${i}`)]);
      past.push(documentOf(log));
    }
    for (const clock of [600, 599, 500, 300]) expect(expectOk(log.at(clock)).document).toEqual(past[clock]);
    const oldestClock = 512 - 300;
    for (const clock of [10, oldestClock - 1]) {
      const refused = { code: 'not_retained', extra: { oldestClock } };
      expect(log.at(clock)).toMatchObject(refused);
      expect(log.commitsAfter(clock, 5)).toMatchObject(refused);
    }
    expect(expectOk(log.at(oldestClock)).document).toEqual(past[oldestClock]);
    expect(expectOk(log.commitsAfter(undefined, 1)).commits[0]?.clock).toBe(oldestClock + 1);
    for (const clock of [601, -1, 0.5]) expect(log.at(clock)).toMatchObject({ code: 'not_found' });
    expect(expectOk(log.commitsAfter(590, 5)).commits.map((each) => each.clock)).toEqual([
      591, 592, 593, 594, 595,
    ]);
  });

  test('a reader is given the changes since his clock, or the document when that is less or he is too far behind [H2]', () => {
    const log = freshLog({ retention: 50 });
    for (let i = 1; i <= 300; i += 1) commit(log, ADA, [putNode(`n${i}`)]);
    expect(expectOk(log.changesSince(300))).toEqual({ ok: true, kind: 'changes', clock: 300, changes: [] });
    const some = expectOk(log.changesSince(290));
    expect(some).toMatchObject({ kind: 'changes' });
    expect(some.kind === 'changes' && some.changes.map((change) => change.clock)).toEqual([
      291, 292, 293, 294, 295, 296, 297, 298, 299, 300,
    ]);
    for (const clock of [undefined, 3, 301])
      expect(expectOk(log.changesSince(clock))).toMatchObject({ kind: 'snapshot', clock: 300 });
  });

  test('an edit from before the oldest known removal is dropped rather than refused [F5]', () => {
    const log = freshLog({ retention: 10 });
    commit(log, ADA, [putNode('a')]);
    commit(log, BOB, [removeNode('a')]);
    for (let i = 1; i <= 300; i += 1) commit(log, BOB, [putNode(`n${i}`)]);
    const late = commit(log, ADA, [setTitle('a', 'x'), setTitle('n1', 'y')], { baseClock: 1 });
    expect(late.conflicts).toMatchObject([
      { id: 'a', dropped: true },
      { id: 'n1', field: 'title', clock: 3 },
    ]);
    expect(documentOf(log).nodes['n1']?.title).toBe('y');
  });
});

test('a store that fails leaves the log as it was [L4]', () => {
  const store = nodeStore(':memory:');
  let broken = false;
  const log = freshLog(
    {},
    {
      transaction: (body) => store.transaction(body),
      exec: (sql, ...params) => {
        if (broken && sql.startsWith('INSERT INTO op ')) throw new Error('disk full');
        return store.exec(sql, ...params);
      },
    },
  );
  commit(log, ADA, [putNode('a')]);
  const before = log.snapshot();
  broken = true;
  expect(() => log.commit({ actor: BOB, ops: [setTitle('a', 'x')], key: 'k' })).toThrow('disk full');
  expect(log.snapshot()).toEqual(before);
  broken = false;
  expect(log.commit({ actor: BOB, ops: [setTitle('a', 'x')], key: 'k' })).toMatchObject({
    ok: true,
    clock: 2,
  });
});
