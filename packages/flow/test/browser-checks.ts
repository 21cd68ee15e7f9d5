import { diff } from '../src/index.ts';
import type { BrowserWorld } from './browser-world.ts';
import { expectOk } from './log.ts';
import { TRACE } from './random-ops.ts';

/** What has become of the edits that people made. */
export interface Fates {
  landed: number;
  refused: number;
  neverWritten: number;
}

/** Everything that is wrong in a browser that has settled, and what its edits have met. Closes all tabs. */
export async function outcomeOf(world: BrowserWorld): Promise<{ problems: string[]; fates: Fates }> {
  const found = [...world.server.problems];
  const { document } = world;
  const { commits } = expectOk(world.log.commitsAfter(0, 100_000));
  const landed = new Map<string, number>();
  const keys = new Set<string>();
  for (const { key = '', ops, actor } of commits) {
    if (actor.id !== 'user:ada') continue;
    if (keys.has(key)) found.push(`${key} was carried out twice`);
    keys.add(key);
    for (const op of ops) {
      if (op.op === 'put' && op.kind === 'persona' && op.value.id.startsWith(TRACE))
        landed.set(op.value.id, (landed.get(op.value.id) ?? 0) + 1);
    }
  }
  for (const [trace, times] of landed) if (times > 1) found.push(`${trace} landed ${times} times`);
  for (const [trace, kind] of world.made) {
    const refused = world.refused.get(trace) ?? 0;
    if (landed.has(trace) && refused > 0) found.push(`${trace} landed and was told to be refused`);
    if (landed.has(trace) && kind === 'refusable') found.push(`${trace} landed and should not have`);
    if (world.acknowledged.has(trace) && !landed.has(trace))
      found.push(`${trace} was acknowledged and is lost`);
    if (world.durable.has(trace) && !landed.has(trace) && refused === 0)
      found.push(`${trace} was kept and is lost`);
  }
  const fates = {
    landed: landed.size,
    refused: world.refused.size,
    neverWritten: world.made.size - world.durable.size,
  };
  for (const { name, client } of world.tabs) {
    const ops = client.document && diff(document, client.document);
    if (!ops || ops.length > 0) found.push(`the view of ${name} differs by ${JSON.stringify(ops)}`);
    if (client.pendingCount > 0) found.push(`${name} still waits for ${client.pendingCount} answers`);
  }
  for (const tab of world.tabs.slice()) await world.kill(tab);
  const last = await world.open();
  await world.settle();
  for (const { seq } of last.session.refusals) last.session.dismiss(seq);
  await world.settle();
  const left = await world.queueLength;
  if (left > 0) found.push(`${left} entries are left`);
  return { problems: found, fates };
}
