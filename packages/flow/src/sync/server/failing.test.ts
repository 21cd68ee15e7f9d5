import { describe, expect, test } from 'vitest';
import { FaultyStore, StorageFailure, type FailurePoint } from '../../../test/faulty-store.ts';
import {
  ADA,
  BOB,
  countingPorts,
  documentOf,
  expectOk,
  putEdge,
  putNode,
  removeNode,
  setTitle,
} from '../../../test/log.ts';
import { nodeStore } from '../node-store.ts';
import { FlowLog, type FlowLogOptions, type Store } from './index.ts';

const OPTIONS: FlowLogOptions = { retention: 6, compactEvery: 3, settleEvery: 4 };
const open = (store: Store): FlowLog => new FlowLog(store, countingPorts(), OPTIONS);

/** A flow with a past: commits of two people, a refusal, an undo, a version and a proposal; some of it only in the log. */
function withPast(store: Store): void {
  const log = open(store);
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  const by = (actor: typeof ADA, key: string) => ({ actor, key, sequenced: true });
  expectOk(log.commit({ ...by(ADA, 'a:1'), ops: [putNode('x'), putNode('y'), putEdge('e', 'x', 'y')] }));
  expectOk(log.commit({ ...by(BOB, 'b:1'), ops: [setTitle('x', 'Bob')] }));
  expectOk(log.commit({ ...by(ADA, 'a:2'), ops: [setTitle('y', 'Ada')], baseClock: 1 }));
  expectOk(log.history.name({ id: 'ver_1', name: 'One', actor: BOB }));
  log.commit({ ...by(BOB, 'b:2'), ops: [setTitle('nobody', 'x')] });
  expectOk(log.commit({ ...by(ADA, 'a:3'), ops: [removeNode('y')] }));
  expectOk(log.undo(by(ADA, 'a:4')));
  expectOk(log.proposals.propose({ id: 'prp_1', title: 'Idea', actor: BOB, ops: [putNode('z')] }));
  expectOk(log.commit({ ...by(BOB, 'b:3'), ops: [setTitle('x', 'Again')] }));
}

/** All that a log knows of its flow. */
function known(log: FlowLog): unknown {
  return {
    document: documentOf(log),
    blame: expectOk(log.history.blame()).records.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    commits: expectOk(log.commitsAfter(undefined, 99)).commits.map(({ clock, key, ops }) => ({
      clock,
      key,
      ops,
    })),
    seqs: [log.lastSeq(ADA, 'a'), log.lastSeq(BOB, 'b')],
    versions: expectOk(log.history.list(undefined, 99)).versions.map(({ clock, name }) => [clock, name]),
    proposal: expectOk(log.proposals.get('prp_1')).proposal.status,
  };
}

const REQUESTS: Record<string, (log: FlowLog) => unknown> = {
  'the document': (log) => log.snapshot(),
  'the number of a client': (log) => [log.lastSeq(ADA, 'a'), log.lastSeq(BOB, 'b')],
  'what has changed since': (log) => log.changesSince(3),
  'a former state': (log) => log.at(3),
  'a commit': (log) =>
    log.commit({ actor: ADA, key: 'a:5', sequenced: true, ops: [setTitle('x', 'New')], baseClock: 3 }),
  'a commit over REST': (log) =>
    log.commit({ actor: BOB, key: 'rest', ops: [putNode('w'), removeNode('x')] }),
  'a commit of somebody new': (log) =>
    log.commit({ actor: { id: 'user:eve', name: 'Eve' }, key: 'e:1', sequenced: true, ops: [putNode('w')] }),
  'a refused commit': (log) =>
    log.commit({ actor: ADA, key: 'a:5', sequenced: true, ops: [setTitle('no', '')] }),
  'a repeated commit': (log) =>
    log.commit({ actor: BOB, key: 'b:3', sequenced: true, ops: [setTitle('x', 'Again')] }),
  'an undo': (log) => log.undo({ actor: BOB, key: 'b:4', sequenced: true }),
  'a redo': (log) => log.redo({ actor: ADA, key: 'a:5', sequenced: true }),
  'an acceptance': (log) => log.proposals.accept({ id: 'prp_1', actor: ADA, key: 'p' }),
  'a version': (log) => log.history.name({ id: 'ver_2', name: 'Two', actor: ADA }),
};

describe('when the store fails at any statement of', () => {
  test.each(Object.entries(REQUESTS))(
    '%s, nothing has changed, and the same again succeeds [L4]',
    (_, request) => {
      const without = nodeStore(':memory:');
      withPast(without);
      request(open(without));
      const expected = known(open(without));
      let failures = 0;
      const points: Record<string, FailurePoint[]> = {
        cold: ['before', 'after', 'commit', 'committed'],
        warm: ['before', 'commit'],
      };
      for (const [memory, strikes] of Object.entries(points)) {
        for (const point of strikes) {
          for (let statements = 0, failed = true; failed; statements += 1) {
            const store = nodeStore(':memory:');
            withPast(store);
            const before = known(open(store));
            const disk = new FaultyStore(store);
            const log = open(disk);
            if (memory === 'warm') known(log);
            disk.arm(point, statements);
            try {
              request(log);
              failed = false;
            } catch (error) {
              if (!(error instanceof StorageFailure)) throw error;
              failures += 1;
              const at = { point, statements, memory };
              expect({ at, known: known(log) }).toEqual({ at, known: known(open(store)) });
              if (point !== 'committed') expect({ at, known: known(log) }).toEqual({ at, known: before });
              request(log);
              expect({ at, known: known(log) }).toEqual({ at, known: expected });
              expect({ at, known: known(open(store)) }).toEqual({ at, known: expected });
            }
            // These strike at the end, whatever the number.
            if (point === 'commit' || point === 'committed') failed = false;
            disk.heal();
          }
        }
      }
      expect(failures).toBeGreaterThan(1);
    },
  );
});
