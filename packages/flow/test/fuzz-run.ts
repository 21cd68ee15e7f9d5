import { diff, type FlowDocument } from '../src/index.ts';
import type { Store } from '../src/sync/server/index.ts';
import { expectOk } from './edits.ts';
import { seeded } from './random-ops.ts';
import { brokenRules } from './rules.ts';
import { missingTraces, undoViolations } from './undo-checker.ts';
import { replay, World, type WorldOptions } from './world.ts';

/**
 * Everything that is wrong after a run of `steps` random events among two to eight clients and an agent; empty when
 * all promises hold. Without a test runner, so that `npm run fuzz` can do the same for long.
 *
 * @param store empty, of any kind.
 */
export function run(
  seed: number,
  steps: number,
  store: Store,
  more: Pick<WorldOptions, 'makeLog'> = {},
): string[] {
  const choose = seeded(seed);
  const world = new World({ choose, store, members: 2 + choose(7), ...more });
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
  const same = (what: string, other: FlowDocument | undefined): void => {
    const ops = other && diff(document, other);
    if (!ops) found.push(`${what} is missing`);
    else if (ops.length > 0) found.push(`${what} differs by ${JSON.stringify(ops).slice(0, 2_000)}`);
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
