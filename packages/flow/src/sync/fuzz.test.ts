import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../../test/log.ts';
import { seeded } from '../../test/random-ops.ts';
import { brokenRules } from '../../test/rules.ts';
import { missingTraces, undoViolations } from '../../test/undo-checker.ts';
import { replay, World, type WorldOptions } from '../../test/world.ts';
import { nodeStore } from './node-store.ts';
import {
  FlowLog,
  type CommitRequest,
  type Committed,
  type Outcome,
  type RevertRequest,
} from './server/index.ts';

/** Everything that is wrong after a run of `steps` random events; empty when all promises hold. */
function run(seed: number, steps: number, more: Partial<WorldOptions> = {}): string[] {
  const choose = seeded(seed);
  const world = new World({ choose, store: nodeStore(':memory:'), members: 2 + choose(4), ...more });
  for (let i = 0; i < steps; i += 1) world.step();
  world.settle();
  return problems(world);
}

function problems(world: World): string[] {
  const found: string[] = [];
  const { document } = world;
  const { commits } = expectOk(world.log.commitsAfter(undefined, 100_000));
  // What a log that forgets no longer has cannot be asked of it.
  const oldest = commits[0]?.clock ?? 1;
  const same = (what: string, other: unknown): void => {
    try {
      expect(other).toEqual(document);
    } catch (error) {
      found.push(`${what} differs: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  found.push(...brokenRules(document));
  if (oldest === 1) same('the replay of all commits', replay(world.log));
  for (const { client } of world.members) {
    same(`the view of ${client.clientId}`, client.document);
    if (client.pendingCount > 0)
      found.push(`${client.clientId} still waits for ${client.pendingCount} answers`);
    if (client.peers.length !== world.members.length - 1)
      found.push(`${client.clientId} sees ${client.peers.length} peers`);
  }

  const byKey = new Map<string, number>();
  for (const { clock, key, actor } of commits) {
    const name = `${actor.id} ${key}`;
    if (byKey.has(name)) found.push(`${name} was carried out twice, at ${byKey.get(name)} and ${clock}`);
    byKey.set(name, clock);
  }
  commits.forEach(({ clock }, i) => {
    if (clock !== i + oldest) found.push(`commit ${i + oldest} has clock ${clock}`);
  });

  for (const { client, actor, events, undoes } of world.members) {
    const told = events.filter((event) => event.type === 'committed');
    for (const { key, clock } of told) {
      const written = byKey.get(`${actor.id} ${key}`);
      if (written !== undefined && clock !== 0 && clock !== written)
        found.push(`${key} was told ${clock}, is at ${written}`);
    }
    const committed = told.map(({ key }) => key);
    if (new Set(committed).size !== committed.length)
      found.push(`${client.clientId} was told an outcome twice`);
    if (!undoes) {
      for (const key of missingTraces(document, committed)) found.push(`${key} was acknowledged and is lost`);
    }
  }
  for (const [key, clock] of world.agentCommits) {
    if (clock >= oldest && byKey.get(`system:agent ${key}`) !== clock)
      found.push(`agent's ${key} was acknowledged and is lost`);
  }
  if (oldest === 1) found.push(...undoViolations(commits, world.reverts));
  return found;
}

const SEEDS = Number(process.env['FUZZ_SEEDS'] ?? 150);
const STEPS = Number(process.env['FUZZ_STEPS'] ?? 250);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 1);

describe('clients, an agent and a room on a bad network', () => {
  test(`end with one document, nothing acknowledged lost or done twice, no later edit of others undone (${SEEDS} seeds) [X1]`, () => {
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      expect({ seed, problems: run(seed, STEPS) }).toEqual({ seed, problems: [] });
    }
  }, 120_000);

  test('on a file as in memory [X1]', () => {
    const folder = mkdtempSync(join(tmpdir(), 'uxflow-fuzz-'));
    try {
      for (let seed = 1; seed <= 4; seed += 1) {
        const store = nodeStore(join(folder, `${seed}.db`));
        expect({ seed, problems: run(seed, 120, { store }) }).toEqual({ seed, problems: [] });
        store.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('a log that forgets after a dozen commits', () => {
  test('still leads all views to one document, and loses nothing that was acknowledged [X1, L1]', () => {
    const makeLog: NonNullable<WorldOptions['makeLog']> = (store, ports) =>
      new FlowLog(store, ports, { retention: 12, compactEvery: 4 });
    let forgot = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const store = nodeStore(':memory:');
      expect({ seed, problems: run(seed, STEPS, { makeLog, store }) }).toEqual({ seed, problems: [] });
      forgot += Number(store.exec('SELECT min(clock) > 1 AS forgot FROM op')[0]?.['forgot']);
    }
    expect(forgot).toBeGreaterThan(30);
  }, 60_000);
});

describe('the fuzz sees', () => {
  /** Seeds tried before a broken variant counts as unseen. */
  const caught = (makeLog: NonNullable<WorldOptions['makeLog']>, pattern: RegExp): boolean => {
    for (let seed = 1; seed <= 60; seed += 1) {
      if (run(seed, STEPS, { makeLog }).some((problem) => pattern.test(problem))) return true;
    }
    return false;
  };

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
    expect(caught((store, ports) => new Forgetful(store, ports), /agent|twice|waits|lost/)).toBe(true);
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
    expect(caught((store, ports) => new Lossy(store, ports), /lost/)).toBe(true);
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
    expect(caught((store, ports) => new Careless(store, ports), /by undo/)).toBe(true);
  }, 60_000);
});
