import { describe, expect, test } from 'vitest';
import { caught } from '../../test/caught.ts';
import { StorageFailure } from '../../test/faulty-store.ts';
import { expectOk } from '../../test/log.ts';
import { applyOps } from '../index.ts';
import { SyncClient } from './client.ts';
import { Liveness } from './liveness.ts';
import type { ServerMessage } from './messages.ts';
import { FlowLog, type CommitRequest, type Committed, type Outcome, type Store } from './server/index.ts';

/** Broken variants for what networks and disks do; for broken logs see `fuzz-controls.test.ts`. */
describe('the fuzz sees', () => {
  test('a room that carries out what comes after a message that was lost [X2, K5]', () => {
    const hears = (text: string): string => text.replace(/,"after":\d+}$/, '}');
    expect(caught({ hears }, /acknowledged and is lost/)).toBe(true);
  }, 60_000);

  test('a heartbeat that does not tell the clock [X2, H8]', () => {
    const tells = (text: string): string => (text.startsWith('pong') ? 'pong' : text);
    expect(caught({ tells }, /view of/)).toBe(true);
  }, 60_000);

  test('a client that has patience without end with a connection that says something [X2, C7]', () => {
    class Patient extends Liveness {
      override heard(now: number): void {
        super.heard(now, undefined);
      }
      override sent(now: number): void {
        super.sent(now, undefined);
      }
    }
    expect(caught({ Liveness: Patient }, /still waits|is joining|view of/)).toBe(true);
  }, 60_000);

  test('a client that never gives a connection up [X2, C7]', () => {
    class Trusting extends Liveness {
      override verdict(now: number): 'ask' | undefined {
        return super.verdict(now) === undefined ? undefined : 'ask';
      }
    }
    expect(caught({ Liveness: Trusting }, /still waits|is joining|view of/)).toBe(true);
  }, 60_000);

  test('a client that does not notice a gap in the clocks [X2, H6]', () => {
    class Gapless extends SyncClient {
      override receive(message: ServerMessage, length?: number): void {
        const gap = message.type === 'changes' && message.clock > this.clock + 1 && this.status === 'live';
        super.receive(gap ? { ...message, clock: this.clock + 1 } : message, length);
      }
    }
    expect(caught({ Client: Gapless }, /view of/)).toBe(true);
  }, 60_000);

  test('a client that takes what it has sent for answered when the connection breaks [X2, S2]', () => {
    class Hasty extends SyncClient {
      override disconnected(): void {
        for (const { key } of this.exportState().pending) this.left(key);
        super.disconnected();
      }
    }
    // Nothing that was acknowledged is lost by it, but nobody is told what became of it.
    expect(caught({ Client: Hasty }, /was never told/)).toBe(true);
  }, 60_000);

  test('a store that leaves half a transaction behind when it fails [X2, L4]', () => {
    const wrap = (store: Store): Store => ({
      exec: (sql, ...params) => store.exec(sql, ...params),
      transaction: (body) => body(),
    });
    expect(caught({ wrap }, /replay|does not follow|twice|lost|missing|has clock|memory|broke: /)).toBe(true);
  }, 60_000);

  test('a log that acknowledges what the store refused [X2, L4]', () => {
    class Optimistic extends FlowLog {
      override commit(request: CommitRequest): Outcome<Committed> {
        try {
          return super.commit(request);
        } catch (error) {
          if (!(error instanceof StorageFailure)) throw error;
          const { clock } = expectOk(this.snapshot());
          return {
            ok: true,
            clock,
            commitId: 'cmt_lost',
            applied: [],
            conflicts: [],
            skipped: [],
            adapted: false,
          };
        }
      }
    }
    expect(caught({ makeLog: (store, ports) => new Optimistic(store, ports) }, /lost/)).toBe(true);
  }, 60_000);

  test('a log that goes on with what it held in memory when the store failed [X2, L4]', () => {
    class Stubborn extends FlowLog {
      #held: ReturnType<FlowLog['snapshot']> | undefined;
      override snapshot(): ReturnType<FlowLog['snapshot']> {
        return this.#held ?? super.snapshot();
      }
      override commit(request: CommitRequest): Outcome<Committed> {
        const before = expectOk(super.snapshot());
        try {
          this.#held = undefined;
          return super.commit(request);
        } catch (error) {
          const { document } = applyOps(before.document, [{ op: 'rename', name: `${before.clock}` }]);
          this.#held = { ok: true, clock: before.clock + 1, document };
          throw error;
        }
      }
    }
    expect(caught({ makeLog: (store, ports) => new Stubborn(store, ports) }, /memory stands at/)).toBe(true);
  }, 60_000);
});
