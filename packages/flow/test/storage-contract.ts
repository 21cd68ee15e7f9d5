import type { Op } from '../src/index.ts';
import { FlowLog, type FlowLogOptions, type Store } from '../src/sync/server/index.ts';
import {
  ADA,
  BOB,
  commit,
  countingPorts,
  documentOf,
  expectOk,
  putNode,
  removeNode,
  setTitle,
} from './edits.ts';

/** What a case needs of the test runner, so that the suite runs under any of them. */
export interface Checks {
  equal(actual: unknown, expected: unknown): void;
  matches(actual: unknown, expected: object): void;
}

/** One promise that every storage of a flow has to keep. */
export interface ContractCase {
  title: string;
  /** @param store empty, of the storage under test. */
  run(store: Store, check: Checks): void;
}

const open = (store: Store, options: FlowLogOptions = {}): FlowLog =>
  new FlowLog(store, countingPorts(), options);

function fresh(store: Store, options: FlowLogOptions = {}): FlowLog {
  const log = open(store, options);
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  return log;
}

const long = (id: string, length: number): Op => putNode(id, { description: '😀é'.repeat(length / 3) });

/** One suite for every storage: memory and file of `node:sqlite`, and SQLite of a Durable Object. */
export const STORAGE_CONTRACT: readonly ContractCase[] = [
  {
    title: 'a transaction that throws leaves nothing behind, one that returns stays [L5]',
    run(store, { equal }) {
      store.exec('CREATE TABLE t (n INTEGER)');
      store.transaction(() => store.exec('INSERT INTO t VALUES (?)', 1));
      try {
        store.transaction(() => {
          store.exec('INSERT INTO t VALUES (?)', 2);
          throw new Error('on purpose');
        });
      } catch (error) {
        equal(error instanceof Error && error.message, 'on purpose');
      }
      equal(store.exec('SELECT n FROM t'), [{ n: 1 }]);
    },
  },
  {
    title: 'texts, integers, nulls and bytes come back as they went in [L5]',
    run(store, { equal }) {
      store.exec('CREATE TABLE v (t TEXT, i INTEGER, n TEXT, b BLOB)');
      const text = 'é\u0000"😀\u2028';
      store.exec(
        'INSERT INTO v VALUES (?, ?, ?, ?)',
        text,
        Number.MAX_SAFE_INTEGER,
        null,
        new Uint8Array([0, 255]),
      );
      const [row] = store.exec('SELECT t, i, n, b FROM v');
      equal([row?.['t'], row?.['i'], row?.['n']], [text, Number.MAX_SAFE_INTEGER, null]);
      const bytes = row?.['b'];
      equal(
        Array.from(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : (bytes as Uint8Array)),
        [0, 255],
      );
    },
  },
  {
    title: 'a flow that is opened again is the one that was left, its keys and its undo included [L5, K2]',
    run(store, { equal, matches }) {
      const before = fresh(store);
      commit(before, ADA, [putNode('a'), putNode('b')], { key: 'first' });
      commit(before, BOB, [setTitle('a', 'Bob')]);
      const log = open(store);
      equal(log.snapshot(), before.snapshot());
      matches(log.commit({ actor: ADA, key: 'first', ops: [putNode('a'), putNode('b')] }), {
        ok: true,
        clock: 1,
      });
      expectOk(log.undo({ actor: BOB, key: 'u' }));
      matches(documentOf(open(store)), { nodes: { a: { title: 'Node a' } } });
    },
  },
  {
    title: 'a commit of many times a row’s length is kept, told and taken back whole [L5]',
    run(store, { equal }) {
      const log = fresh(store);
      const ops = Array.from({ length: 300 }, (_, i) => long(`n${i}`, 3_999));
      expectOk(log.commit({ actor: ADA, key: 'big', ops, internal: true }));
      commit(log, BOB, [removeNode('n7')]);
      equal(expectOk(open(store).commitsAfter(0, 1)).commits[0]?.ops, ops);
      equal(expectOk(open(store).at(0)).document.nodes, {});
      expectOk(log.undo({ actor: ADA, key: 'u' }));
      equal(documentOf(open(store)).nodes, {});
    },
  },
  {
    title: 'the log is bounded in commits; older clocks are refused by a code and the oldest clock [L1, L2]',
    run(store, { equal, matches }) {
      const log = fresh(store, { retention: 20, compactEvery: 8 });
      for (let i = 1; i <= 64; i += 1)
        commit(log, i % 2 === 0 ? ADA : BOB, [putNode(`n${i % 9}`), setTitle(`n${i % 9}`, `${i}`)]);
      const refused = { ok: false, code: 'not_retained', extra: { oldestClock: 44 } };
      matches(log.at(43), refused);
      matches(log.commitsAfter(43, 1), refused);
      matches(expectOk(log.at(44)).document, { nodes: { n8: { title: '44' } } });
      equal(store.exec('SELECT count(*) AS n FROM op'), [{ n: 20 }]);
      matches(expectOk(log.changesSince(43)), { kind: 'snapshot', clock: 64 });
      matches(expectOk(log.changesSince(60)), { kind: 'changes', clock: 64 });
    },
  },
  {
    title: 'the log is bounded in bytes, and its latest commit can always be undone [L1]',
    run(store, { equal, matches }) {
      const bytes = 400_000;
      const log = fresh(store, { retentionBytes: bytes });
      const kept = (): number =>
        Number(
          store.exec(
            `SELECT sum(octet_length(forward) + octet_length(inverse)) + coalesce(
               (SELECT sum(octet_length(text)) FROM op_part), 0) AS n FROM op`,
          )[0]?.['n'],
        );
      for (let i = 1; i <= 40; i += 1) {
        commit(log, ADA, [
          long(`n${i}`, 3_900),
          long(`m${i}`, 3_900),
          long(`k${i}`, 3_900),
          long(`j${i}`, 3_900),
        ]);
        equal(kept() <= bytes, true);
      }
      equal(kept() > bytes / 2, true);
      const ops = Array.from({ length: 120 }, (_, i) => long(`big${i}`, 3_900));
      expectOk(log.commit({ actor: BOB, key: 'big', ops, internal: true }));
      matches(log.at(40), { ok: true });
      matches(log.at(39), { code: 'not_retained', extra: { oldestClock: 40 } });
      expectOk(log.undo({ actor: BOB, key: 'u' }));
      equal(Object.keys(documentOf(log).nodes).length, 160);
    },
  },
  {
    title:
      'who last wrote a value is known after his commit has left the log, and told in conflicts and undo [L3]',
    run(store, { equal, matches }) {
      const log = fresh(store, { retention: 3, compactEvery: 2 });
      commit(log, ADA, [putNode('a')]);
      commit(log, BOB, [setTitle('a', 'Bob')], { runId: 'run_1' });
      for (let i = 0; i < 20; i += 1) commit(log, ADA, [putNode('x'), setTitle('x', `${i}`)]);
      const { records, commits } = expectOk(open(store).history.blame());
      matches(records.find(({ id }) => id === 'a') ?? {}, { made: 1, fields: { title: 2, type: 1 } });
      matches(commits.find(({ clock }) => clock === 2) ?? {}, { actor: BOB, runId: 'run_1' });
      matches(commits.find(({ clock }) => clock === 1) ?? {}, { actor: ADA });
      equal(Number(store.exec('SELECT count(*) AS n FROM author')[0]?.['n']) <= 5, true);
      // His own commit, though long gone from the log, is no conflict for him; for another it is.
      equal(commit(log, BOB, [setTitle('a', 'Bob again')], { baseClock: 1 }).conflicts, []);
      matches(commit(log, ADA, [setTitle('a', 'Ada')], { baseClock: 1 }), {
        conflicts: [{ kind: 'node', id: 'a', field: 'title', clock: 23 }],
      });
    },
  },
  {
    title:
      'a version outlives the log and a restart, held until the archive has it, and is restored from either [V4]',
    run(store, { equal, matches }) {
      const options = { retention: 3, compactEvery: 2 };
      const log = fresh(store, options);
      expectOk(log.commit({ actor: ADA, key: 'big', ops: [long('a', 3_999), putNode('b')], internal: true }));
      expectOk(log.history.name({ id: 'ver_1', name: 'One', actor: BOB }));
      const then = documentOf(log);
      for (let i = 0; i < 9; i += 1)
        commit(log, ADA, [removeNode(i % 2 === 0 ? 'b' : 'a'), putNode('a'), putNode('b')]);
      matches(log.at(1), { code: 'not_retained' });
      const again = open(store, options);
      equal(expectOk(again.history.past('ver_1')), { ok: true, clock: 1, document: then });
      const { id, json } = again.history.toArchive() ?? { id: '', json: '' };
      equal([id, JSON.parse(json)], ['ver_1', then]);
      again.history.archived(id);
      equal(again.history.toArchive(), undefined);
      equal(expectOk(open(store, options).history.past(1)), { ok: true, clock: 1, archived: 'ver_1' });
      matches(expectOk(again.history.list(undefined, 9)).versions, [
        { id: 'ver_1', name: 'One', clock: 1, actor: BOB },
      ]);
      expectOk(again.restore({ actor: BOB, key: 'r', versionId: 'ver_1', document: then }));
      equal(documentOf(open(store)), then);
    },
  },
  {
    title:
      'proposals outlive a restart with every op and what became of it, and the log when their commit has left it [R2, R8, L5]',
    run(store, { equal, matches }) {
      const options = { retention: 3, compactEvery: 2 };
      const log = fresh(store, options);
      commit(log, ADA, [putNode('a')]);
      const ops = [long('b', 3_999), putNode('c'), setTitle('a', 'Home')];
      const origin = { id: 'prp_1', author: BOB, runId: 'run_1' };
      expectOk(log.proposals.propose({ id: 'prp_1', title: 'Idea', actor: BOB, ops, runId: 'run_1' }));
      expectOk(open(store).proposals.accept({ id: 'prp_1', actor: ADA, key: 'p', opIds: ['op_1', 'op_2'] }));
      const again = open(store, options);
      matches(again.proposals.accept({ id: 'prp_1', actor: ADA, key: 'p', opIds: ['op_2', 'op_1'] }), {
        ok: true,
        clock: 2,
      });
      matches(expectOk(again.commitsAfter(1, 1)).commits[0] ?? {}, { proposal: origin });
      for (let i = 0; i < 9; i += 1) commit(again, ADA, [putNode('x'), setTitle('x', `${i}`)]);
      matches(again.commitsAfter(1, 1), { code: 'not_retained' });
      const { commits } = expectOk(open(store).history.blame());
      matches(commits.find(({ clock }) => clock === 2) ?? {}, { actor: ADA, proposal: origin });
      expectOk(again.proposals.reject({ id: 'prp_1', actor: BOB }));
      const kept = expectOk(open(store).proposals.get('prp_1')).proposal;
      matches(kept, {
        status: 'accepted',
        runId: 'run_1',
        commits: [{ clock: 2, actor: ADA }],
        endedBy: BOB,
      });
      equal(
        kept.ops.map(({ op, state }) => [op, state]),
        [
          [ops[2], 'accepted'],
          [ops[0], 'accepted'],
          [ops[1], 'rejected'],
        ],
      );
    },
  },
];
