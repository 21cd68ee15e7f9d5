import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace, type Workspace } from '../../test/client.ts';
import { sample } from '../../test/sample.ts';

let acme: Workspace;
let other: Workspace;
const ROUTE = '/v1/lint-config';
const put = (body: unknown, as = acme.key) => call(`PUT ${ROUTE}`, { as, body });

beforeAll(async () => {
  acme = await newWorkspace('Acme');
  other = await newWorkspace('Other');
});

/** Rule and severity of what is wrong with a flow that has lost its transitions. */
async function found(as: string): Promise<Record<string, string>> {
  const { body: flow } = await call('POST /v1/flows', {
    as,
    body: { name: 'x', document: { ...sample, edges: {} } },
  });
  const { body, status } = await call(`GET /v1/flows/${flow.id}/lint`, { as });
  expect(status).toBe(200);
  return Object.fromEntries(Object.values(body.issues ?? {}).map(({ rule, severity }) => [rule, severity]));
}

describe('the lint configuration of a workspace', () => {
  it('is empty at first and lists every rule with its reason and source', async () => {
    const { status, body } = await call(`GET ${ROUTE}`, { as: acme.key });
    expect([status, body.rules, body.updatedAt]).toEqual([200, {}, null]);
    const rules = Object.values(body.available ?? {});
    expect(rules.length).toBeGreaterThanOrEqual(25);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        id: expect.any(String),
        rationale: expect.any(String),
        source: { url: expect.stringMatching(/^https:/) },
      });
    }
  });

  it('is applied when a flow is checked, for this workspace alone', async () => {
    expect(await found(acme.key)).toMatchObject({ 'unreachable-node': 'error', 'dead-end': 'error' });
    const rules = { 'unreachable-node': 'off', 'dead-end': 'info' };
    expect((await put({ rules })).body).toMatchObject({ rules, updatedAt: expect.any(String) });
    const after = await found(acme.key);
    expect(after).not.toHaveProperty('unreachable-node');
    expect(after['dead-end']).toBe('info');
    expect(await found(other.key)).toMatchObject({ 'unreachable-node': 'error', 'dead-end': 'error' });
    expect((await call(`GET ${ROUTE}`, { as: other.key })).body.rules).toEqual({});
  });

  it('is replaced as a whole, and set back by an empty one', async () => {
    await put({ rules: { 'dead-end': 'off' } });
    await put({ rules: { 'self-loop': 'error' } });
    expect((await call(`GET ${ROUTE}`, { as: acme.key })).body.rules).toEqual({ 'self-loop': 'error' });
    expect((await put({ rules: {} })).body.rules).toEqual({});
    expect(await found(acme.key)).toMatchObject({ 'dead-end': 'error' });
  });

  it.each([
    ['an unknown rule', { rules: { 'dead-ends': 'off' } }],
    ['what objects inherit', { rules: { constructor: 'off' } }],
    ['an unknown level', { rules: { 'dead-end': 'fatal' } }],
    ['an unknown field', { rules: {}, rule: {} }],
    ['no rules', {}],
  ])('is refused with 422 and stays as it was: %s', async (_, body) => {
    await put({ rules: { 'self-loop': 'off' } });
    const refused = await put(body);
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_request']);
    expect((await call(`GET ${ROUTE}`, { as: acme.key })).body.rules).toEqual({ 'self-loop': 'off' });
  });

  it('may be read with a client token, but only set with the secret key', async () => {
    const { token } = await newToken(acme, { flows: { '*': 'edit' } });
    expect((await call(`GET ${ROUTE}`, { as: token })).status).toBe(200);
    expect((await put({ rules: {} }, token)).status).toBe(403);
    expect((await call(`GET ${ROUTE}`)).status).toBe(401);
  });

  it('passes over a rule that has gone since it was set', async () => {
    await put({ rules: { 'dead-end': 'off' } });
    await env.DB.prepare('UPDATE lint_config SET rules = ? WHERE workspace_id = ?')
      .bind('{"dead-end":"off","gone-rule":"error","self-loop":"fatal"}', acme.id)
      .run();
    expect((await call(`GET ${ROUTE}`, { as: acme.key })).body.rules).toEqual({ 'dead-end': 'off' });
    expect(await found(acme.key)).not.toHaveProperty('dead-end');
  });
});
