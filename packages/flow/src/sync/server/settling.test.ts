import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromNumbers, namesFrom, randomOp } from '../../../test/random-ops.ts';
import {
  ADA,
  BOB,
  commit,
  countingPorts,
  documentOf,
  expectOk,
  putNode,
  setTitle,
} from '../../../test/log.ts';
import { nodeStore } from '../node-store.ts';
import { FlowLog, type Committed, type FlowLogOptions, type Outcome, type Store } from './index.ts';

function opened(store: Store, options: FlowLogOptions = {}): FlowLog {
  return new FlowLog(store, countingPorts(), options);
}

function created(store: Store, options: FlowLogOptions = {}): FlowLog {
  const log = opened(store, options);
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  return log;
}

/**
 * What is told of an answer. Ids of commits differ between logs that were opened at other times, and so does the order
 * of what is cleaned up: that of the records, which come back sorted.
 */
function told(outcome: Outcome<Committed>): unknown {
  if (!outcome.ok) return outcome;
  const { clock, applied, conflicts, skipped, adapted, change } = outcome;
  const sorted = [applied, conflicts, skipped, change?.ops ?? []].map((list) =>
    list.map((each) => JSON.stringify(each)).toSorted(),
  );
  return { clock, adapted, told: change?.clock, sorted };
}

/** All that a log knows of its flow. */
function known(log: FlowLog): unknown {
  const { records, name } = expectOk(log.history.blame());
  const blame = Object.fromEntries(records.map((record) => [`${record.kind} ${record.id}`, record]));
  const document = documentOf(log);
  return { document, name, blame, seqs: [log.lastSeq(ADA, 'a'), log.lastSeq(BOB, 'b')] };
}

test('a log that is opened anew before each request, one that stores at each commit and one that stores at none answer the same [L6, K2, L3]', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { minLength: 150, maxLength: 900 }), (numbers) => {
      const choose = fromNumbers(numbers);
      const limits = choose(2) === 0 ? {} : { retention: 6, compactEvery: 3 };
      const stores = [nodeStore(':memory:'), nodeStore(':memory:'), nodeStore(':memory:')] as const;
      const never = created(stores[0], { ...limits, settleEvery: 1_000_000 });
      const always = created(stores[1], { ...limits, settleEvery: 1 });
      created(stores[2], { ...limits, settleEvery: 5 });
      const fresh = namesFrom(choose, 12);
      const sent: { actor: typeof ADA; key: string; run: (log: FlowLog) => Outcome<Committed> }[] = [];
      const seqs = { a: 0, b: 0 };
      for (let i = 0; i < 40; i += 1) {
        const client = choose(2) === 0 ? 'a' : 'b';
        const actor = client === 'a' ? ADA : BOB;
        const what = choose(8);
        const repeated = what === 7 ? sent[choose(sent.length || 1)] : undefined;
        const key = `${client}:${(seqs[client] += 1)}`;
        const { clock, document } = expectOk(never.snapshot());
        const ops = Array.from({ length: 1 + choose(3) }, () => randomOp(choose, document, fresh));
        const baseClock = Math.max(0, clock - choose(4));
        const run = (log: FlowLog): Outcome<Committed> => {
          if (what === 5) return log.undo({ actor, key, sequenced: true });
          if (what === 6) return log.redo({ actor, key, sequenced: true });
          return log.commit({ actor, key, ops, baseClock, sequenced: true });
        };
        const request = repeated ?? { actor, key, run };
        sent.push(request);
        const answer = told(request.run(never));
        expect(told(request.run(always))).toEqual(answer);
        const anew = opened(stores[2], { ...limits, settleEvery: 5 });
        expect(told(request.run(anew))).toEqual(answer);
        expect(known(always)).toEqual(known(never));
        expect(known(opened(stores[0]))).toEqual(known(never));
        expect(known(anew)).toEqual(known(never));
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 60_000);

test('an edge that was never made stays known as removed in a log that is opened anew [L6, F3]', () => {
  const store = nodeStore(':memory:');
  const log = created(store);
  commit(log, ADA, [putNode('a'), putNode('b')]);
  commit(log, BOB, [{ op: 'remove', kind: 'node', id: 'b' }]);
  const edge = { id: 'e', source: 'a', target: 'b', trigger: 'click' as const };
  expect(commit(log, ADA, [{ op: 'put', kind: 'edge', value: edge }], { baseClock: 1 }).applied).toEqual([]);
  const late = commit(opened(store), ADA, [{ op: 'patch', kind: 'edge', id: 'e', set: { label: 'x' } }], {
    baseClock: 1,
  });
  expect(late.conflicts).toMatchObject([{ kind: 'edge', id: 'e', dropped: true }]);
});

test('a plain commit writes one row, and a log that forgets keeps its answers [L6, K3]', () => {
  const store = nodeStore(':memory:');
  const writes: string[] = [];
  const log = created(
    {
      transaction: (body) => store.transaction(body),
      exec: (sql, ...params) => {
        if (!sql.startsWith('SELECT')) writes.push(sql.slice(0, 14));
        return store.exec(sql, ...params);
      },
    },
    { retention: 4, compactEvery: 2 },
  );
  const send = (to: FlowLog, seq: number): Outcome<Committed> =>
    to.commit({ actor: ADA, key: `tab:${seq}`, sequenced: true, ops: [setTitle('a', `${seq}`)] });
  commit(log, BOB, [putNode('a')]);
  writes.length = 0;
  expectOk(send(log, 1));
  expect(writes.filter((sql) => sql === 'INSERT INTO op')).toHaveLength(1);
  const before = writes.length;
  expectOk(send(log, 2));
  expect(writes.slice(before)).toEqual(['INSERT INTO op']);
  for (let seq = 3; seq <= 40; seq += 1) expectOk(send(log, seq));
  for (const seq of [1, 20, 40]) {
    expect(send(opened(store), seq)).toMatchObject({ ok: true, clock: seq + 1, conflicts: [] });
    expect(
      log.commit({ actor: ADA, key: `tab:${seq}`, sequenced: true, ops: [putNode('other')] }),
    ).toMatchObject({ code: 'idempotency_conflict' });
  }
  expect(opened(store).lastSeq(ADA, 'tab')).toBe(40);
});

test('a log of which commits were lost that are not yet in the records is not opened [L6]', () => {
  const store = nodeStore(':memory:');
  const log = created(store);
  for (let i = 0; i < 3; i += 1) commit(log, ADA, [putNode(`n${i}`)]);
  store.exec('DELETE FROM op WHERE clock = 2');
  expect(() => opened(store).snapshot()).toThrow('Commit 2 is not in the log');
});
