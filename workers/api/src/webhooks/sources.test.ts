import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, newWorkspace, OPERATOR, type Json, type Workspace } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { node, put } from '../../test/sample.ts';
import { newId } from '../platform/ids.ts';
import { flowRoom } from '../platform/objects.ts';
import { deliveriesOf, jobsFor, newEndpoint } from './testing/endpoints.ts';

let acme: Workspace;
let endpoint: string;
beforeEach(async () => {
  acme = await newWorkspace('Acme');
  endpoint = (await newEndpoint(acme)).id;
});
afterEach(() => {
  vi.useRealTimers();
});

async function newFlow(): Promise<string> {
  const { body } = await call('POST /v1/flows', {
    as: acme.key,
    body: { name: 'Checkout', tenantId: 'acme' },
  });
  return String(body.id);
}
/** The room's alarm, `seconds` from now. */
async function roomRings(flowId: string, seconds: number): Promise<void> {
  later(seconds);
  await runDurableObjectAlarm(env.FLOW_ROOM.getByName(`${acme.id}/${flowId}`));
}
const told = async () =>
  (await deliveriesOf(acme, endpoint)).map(({ eventType }) => String(eventType)).reverse();
/** The bodies of what is to be sent, oldest first. */
const bodies = async (): Promise<Json[]> =>
  (await jobsFor(acme, endpoint))
    .map(({ body }) => JSON.parse(body) as Json)
    .toSorted((a, b) => String(a.timestamp).localeCompare(String(b.timestamp)));

describe('webhooks are told of a flow', () => {
  it('that it was created, deleted and restored', async () => {
    const id = await newFlow();
    await roomRings(id, 2);
    await call(`DELETE /v1/flows/${id}`, { as: acme.key });
    await call(`DELETE /v1/flows/${id}`, { as: acme.key });
    await roomRings(id, 2);
    await call(`POST /v1/flows/${id}/restore`, { as: acme.key });
    await roomRings(id, 2);
    expect(await told()).toEqual(['flow.created', 'flow.deleted', 'flow.restored']);
    expect(await bodies()).toMatchObject([
      { type: 'flow.created', data: { flow: { id, name: 'Checkout', tenantId: 'acme', clock: 0 } } },
      { type: 'flow.deleted', data: { flow: { id } } },
      { type: 'flow.restored', data: { flow: { id } } },
    ]);
  });

  it('that it was edited: once for all edits of ten seconds, with where they have led', async () => {
    const id = await newFlow();
    await roomRings(id, 2);
    for (const name of ['a', 'b', 'c']) {
      await call(`POST /v1/flows/${id}/commits`, { as: acme.key, body: { ops: [put(node(name))] } });
    }
    await roomRings(id, 2);
    await call(`PATCH /v1/flows/${id}`, { as: acme.key, body: { name: 'Renamed' } });
    await roomRings(id, 2);
    expect(await told()).toEqual(['flow.created']);
    await roomRings(id, 8);
    expect(await told()).toEqual(['flow.created', 'flow.updated']);
    const [, updated] = await bodies();
    expect(updated).toMatchObject({ data: { flow: { id, clock: 4, name: 'Renamed' } } });
    await roomRings(id, 60);
    expect(await told()).toHaveLength(2);
    await call(`POST /v1/flows/${id}/commits`, { as: acme.key, body: { ops: [put(node('d'))] } });
    await roomRings(id, 2);
    await roomRings(id, 11);
    expect(await told()).toEqual(['flow.created', 'flow.updated', 'flow.updated']);
  });

  it('later, when the database does not answer at first', async () => {
    const id = await newFlow();
    await env.DB.prepare('ALTER TABLE webhook_endpoint RENAME TO hidden').run();
    await roomRings(id, 2);
    await env.DB.prepare('ALTER TABLE hidden RENAME TO webhook_endpoint').run();
    expect(await told()).toEqual([]);
    await roomRings(id, 31);
    expect(await told()).toEqual(['flow.created']);
  });
});

describe('webhooks are told of a proposal', () => {
  const proposeTo = async (flowId: string) => {
    const id = newId('prp');
    const proposed = await flowRoom(env, acme.id, flowId).propose({
      id,
      title: 'Add a persona',
      actor: { id: `key:${acme.keyId}`, name: 'API' },
      ops: [{ op: 'put', kind: 'persona', value: { id, name: 'Ada' } }],
    });
    if (!proposed.ok) throw new Error(proposed.detail);
    return id;
  };

  it('that it was made, and what was decided', async () => {
    const flowId = await newFlow();
    const [accepted, rejected] = [await proposeTo(flowId), await proposeTo(flowId)];
    const path = `/v1/flows/${flowId}/proposals`;
    await call(`PATCH ${path}/${accepted}`, { as: acme.key, body: { title: 'Other title' } });
    await call(`POST ${path}/${accepted}/accept`, { as: acme.key, body: {} });
    await call(`POST ${path}/${rejected}/reject`, { as: acme.key, body: {} });
    await roomRings(flowId, 2);
    const proposals = (await bodies()).filter(({ type }) => String(type).startsWith('proposal.'));
    expect(proposals).toMatchObject([
      { type: 'proposal.created', data: { flowId, proposal: { id: accepted, status: 'open' } } },
      { type: 'proposal.created', data: { flowId, proposal: { id: rejected, status: 'open' } } },
      { type: 'proposal.decided', data: { flowId, proposal: { id: accepted, status: 'accepted' } } },
      { type: 'proposal.decided', data: { flowId, proposal: { id: rejected, status: 'rejected' } } },
    ]);
  });
});

describe('webhooks are told of an agent run', () => {
  it('how it ended, with the run as the API shows it', async () => {
    await call(`POST /v1/admin/workspaces/${acme.id}/grants`, {
      as: OPERATOR,
      body: { amount: 1_000_000_000, note: 'x' },
    });
    const flowId = await newFlow();
    const { body: started } = await call(`POST /v1/flows/${flowId}/runs`, {
      as: acme.key,
      body: { agent: 'designer', prompt: 'A visitor opens the page and signs in.', mode: 'apply' },
    });
    await expect.poll(told, { timeout: 10_000 }).toContain('run.succeeded');
    const { body: run } = await call(`GET /v1/runs/${started.id}`, { as: acme.key });
    const ended = (await bodies()).find(({ type }) => String(type) === 'run.succeeded');
    expect(ended?.data).toEqual({ run });
  });
});
