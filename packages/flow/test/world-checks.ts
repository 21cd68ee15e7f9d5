import { applyOps, diff, emptyDocument, FlowError, type FlowDocument } from '../src/index.ts';
import type { Actor } from '../src/sync/index.ts';
import type { FlowLog } from '../src/sync/server/index.ts';
import { expectOk } from './edits.ts';
import { brokenRules } from './rules.ts';
import { missingTraces, undoViolations } from './undo-checker.ts';
import type { World } from './world.ts';

/** What a log holds in memory that a log opened anew on its store does not, after the store had failed. */
export function forgotten(
  log: FlowLog,
  stored: FlowLog,
  clients: Iterable<{ actor: Actor; clientId: string }>,
): string[] {
  const [now, then] = [expectOk(log.snapshot()), expectOk(stored.snapshot())];
  const found: string[] = [];
  if (now.clock !== then.clock || diff(then.document, now.document).length > 0)
    found.push(`memory stands at ${now.clock} and is not what is stored at ${then.clock}`);
  for (const { actor, clientId } of clients) {
    const [held, written] = [log, stored].map((each) => each.lastSeq(actor, clientId));
    if (held !== written) found.push(`memory has answered ${clientId}:${held}, the store ${written}`);
  }
  return found;
}

/** Everything that is wrong in a world that has settled. */
export function problemsOf(world: World): string[] {
  const found = [...world.server.problems];
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
  for (const { client, link } of world.members) {
    same(`the view of ${client.clientId}`, client.document);
    if (client.pendingCount > 0)
      found.push(`${client.clientId} still waits for ${client.pendingCount} answers`);
    if (client.status !== 'live') found.push(`${client.clientId} is ${client.status}`);
    // Presence may be lost for good; the next one of the same peer makes up for it.
    if (!link?.lossy && client.peers.length !== world.members.length - 1)
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
    const answered = new Set(events.map((event) => ('key' in event ? event.key : undefined)));
    for (let seq = 1; seq <= client.seq; seq += 1) {
      const key = `${client.clientId}:${seq}`;
      if (!answered.has(key)) found.push(`${key} was never told an outcome`);
    }
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

/** The document that the log's commits make when applied one after another to an empty flow. */
function replay(log: FlowLog): FlowDocument {
  let document = emptyDocument('Flow');
  for (const commit of expectOk(log.commitsAfter(0, 100_000)).commits) {
    try {
      document = applyOps(document, commit.ops).document;
    } catch (error) {
      if (error instanceof FlowError)
        throw new Error(`commit ${commit.clock} does not follow from the one before`, { cause: error });
      throw error;
    }
  }
  return document;
}
