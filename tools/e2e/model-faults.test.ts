import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../gemini-local/protocol.ts';
import { type GeminiRequest, type GeminiServer, startGemini } from '../gemini-local/server.ts';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { addNode, CASES, draws, failing, inTurn, type Script, works } from './model-faults/cases.ts';
import { type Call, caller, endOf, type FlowState, type JsonObject, type Run } from './black-box.ts';

const GRANTED = 500_000_000;
/** Silence after which the product gives a hosted model up, in this test. Milliseconds. */
const IDLE = 2_000;
let added = 0;

/** The parts of an event stream. */
const partsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));

describe('a model that', () => {
  let gemini: GeminiServer;
  let product: Product;
  /** What the model does is told by the name of the flow, which stands in every prompt. */
  const scripts = new Map<string, { script: Script; asked: number }>();

  const behaviour = (request: GeminiRequest): Behaviour => {
    const marker = /fault-\d+/.exec(JSON.stringify(request.body))?.[0] ?? '';
    const entry = scripts.get(marker);
    if (!entry) throw new Error(`no script for "${marker}"`);
    entry.asked += 1;
    return entry.script(entry.asked - 1);
  };

  beforeAll(async () => {
    gemini = await startGemini(behaviour);
    product = await startProduct({
      GOOGLE_API_KEY: 'local',
      GOOGLE_BASE_URL: gemini.url,
      AGENT_IDLE_MS: String(IDLE),
    });
  });
  afterAll(async () => {
    await product?.stop();
    await gemini?.close();
  });

  interface Scene {
    call: Call;
    flowId: string;
    asked: () => number;
  }

  /** A workspace and a flow with one node of a person in it, so that each fault stands alone and they may run side by side. */
  async function scene(script: Script): Promise<Scene> {
    const marker = `fault-${scripts.size}`;
    const entry = { script, asked: 0 };
    scripts.set(marker, entry);
    const { key } = await createWorkspace(
      { baseUrl: product.api, operatorToken: product.operatorToken },
      marker,
      GRANTED,
    );
    const call = caller(product.api, key);
    const flowId = String(
      (await call({ method: 'POST', path: '/v1/flows', json: { name: marker } })).body['id'],
    );
    await edit(call, flowId, 'before');
    return { call, flowId, asked: () => entry.asked };
  }

  const edit = (call: Call, flowId: string, id: string) =>
    call({
      method: 'POST',
      path: `/v1/flows/${flowId}/commits`,
      json: {
        ops: [{ op: 'put', kind: 'node', value: { id, type: 'note', title: id, position: { x: 0, y: 0 } } }],
      },
    });
  const flowOf = async ({ call, flowId }: Scene) =>
    (await call({ path: `/v1/flows/${flowId}` })).body as unknown as FlowState;
  const start = ({ call, flowId }: Scene, more: JsonObject = {}) =>
    call({
      method: 'POST',
      path: `/v1/flows/${flowId}/runs`,
      json: { agent: 'designer', prompt: 'The visitor signs in.', ...more },
    });

  /** What holds of every run that has ended: the money adds up, nothing is held, and one undo takes all of it back. */
  async function expectSettled(
    { call, flowId }: Scene,
    before: FlowState,
    run: Run,
    leaves: boolean,
  ): Promise<void> {
    const items = run.items.reduce((sum, item) => sum + item.cost, 0);
    expect(run.cost, 'cost = Σ items').toBe(items);
    expect(run.cost, 'cost ≤ quote').toBeLessThanOrEqual(run.quote);
    const { body: credits } = await call({ path: '/v1/credits' });
    expect(credits).toMatchObject({ held: 0, consumed: run.cost, available: GRANTED - run.cost });
    const { body: entries } = await call({ path: '/v1/credits/entries' });
    const moved = (entries['data'] as { ref: string; amount: number; held: number }[]).filter(
      ({ ref }) => ref === run.id,
    );
    expect(moved.reduce((sum, { amount }) => sum + amount, 0)).toBe(-run.cost || 0);
    expect(moved.reduce((sum, { held }) => sum + held, 0)).toBe(0);

    const after = (await call({ path: `/v1/flows/${flowId}` })).body as unknown as FlowState;
    expect(after.clock - before.clock, 'every edit of the run is told').toBe(run.commitIds.length);
    if (!leaves) {
      expect({ ...run, commitIds: run.commitIds, cost: run.cost }).toMatchObject({
        commitIds: [],
        cost: 0,
        items: [],
      });
      expect(after.document).toEqual(before.document);
      return;
    }
    expect(run.cost).toBeGreaterThan(0);
    expect(Object.keys(after.document.nodes).length).toBeGreaterThan(
      Object.keys(before.document.nodes).length,
    );
    const undo = await call({ method: 'POST', path: `/v1/flows/${flowId}/undo` });
    expect(undo.status, undo.text).toBe(200);
    const undone = (await call({ path: `/v1/flows/${flowId}` })).body as unknown as FlowState;
    expect(undone.document, 'one undo takes back the whole run and nothing else').toEqual(before.document);
  }

  test.concurrent.each(CASES)(
    '$name',
    async ({ script, code, says, leaves }) => {
      const here = await scene(script);
      const before = await flowOf(here);
      const answer = await here.call({
        method: 'POST',
        path: `/v1/flows/${here.flowId}/runs`,
        json: { agent: 'designer', prompt: 'The visitor signs in.' },
        headers: { accept: 'text/event-stream' },
      });
      expect(answer.status, answer.text).toBe(200);
      const run = await endOf(here.call, String(answer.headers.get('location')).split('/').at(-1) ?? '');

      expect({ status: run.status, code: run.error?.code }, run.error?.detail).toEqual(
        code === undefined ? { status: 'succeeded', code: undefined } : { status: 'failed', code },
      );
      const parts = partsOf(answer.text);
      expect(parts.at(-1)).toBe('[DONE]');
      const last = JSON.parse(parts.at(-2) ?? '') as JsonObject;
      if (run.error) {
        // One or two sentences for a person: no code, no stack, nothing of the provider's own words.
        expect(run.error.detail).toMatch(/^[A-Z].{20,300}\.$/);
        expect(run.error.detail).not.toMatch(/scripted|undefined|null|Error:|https?:|127\.0|\bat \w+ \(/);
        if (says) expect(run.error.detail).toMatch(says);
        expect(last).toEqual({ type: 'error', errorText: run.error.detail });
      } else {
        expect(last).toMatchObject({ type: 'finish' });
      }
      await expectSettled(here, before, run, leaves);
      const runs = (await here.call({ path: `/v1/flows/${here.flowId}/runs` })).body['data'] as JsonObject[];
      expect(runs).toHaveLength(1);
    },
    60_000,
  );

  test.concurrent.each<[string, Script, boolean]>([
    ['hangs', inTurn({ kind: 'hang' }), false],
    ['hangs after some edits', inTurn(draws, { kind: 'hang' }), true],
    ['is busy and waited for', inTurn(failing(429, 30)), false],
    ['stalls in the middle of an answer', inTurn({ kind: 'stall', calls: [addNode('a')] }), false],
  ])('%s is let go of within two seconds when the run is cancelled', async (_, script, leaves) => {
    const here = await scene(script);
    const before = await flowOf(here);
    const { body } = await start(here);
    const wanted = leaves ? 2 : 1;
    while (here.asked() < wanted) await sleep(20);
    const asked = Date.now();
    const cancelled = await here.call({ method: 'POST', path: `/v1/runs/${String(body['id'])}/cancel` });
    expect(cancelled.status).toBe(200);
    const run = await endOf(here.call, String(body['id']));
    expect(Date.now() - asked).toBeLessThan(2_000);
    expect(run).toMatchObject({ status: 'cancelled' });
    const stream = await here.call({ path: `/v1/runs/${run.id}/stream` });
    expect(
      partsOf(stream.text)
        .slice(-2)
        .map((part) => part.includes('"abort"') || part),
    ).toEqual([true, '[DONE]']);
    await expectSettled(here, before, run, leaves);
    const again = await here.call({ method: 'POST', path: `/v1/runs/${run.id}/cancel` });
    expect(
      { status: again.status, run: again.body['status'] },
      'cancelling it again changes nothing',
    ).toEqual({ status: 200, run: 'cancelled' });
  });

  test.concurrent('costs nothing when its edits were undone before it failed', async () => {
    const here = await scene(inTurn(draws, { kind: 'hang' }));
    const before = await flowOf(here);
    const { body } = await start(here);
    while (here.asked() < 2) await sleep(20);
    expect((await here.call({ method: 'POST', path: `/v1/flows/${here.flowId}/undo` })).status).toBe(200);
    const run = await endOf(here.call, String(body['id']));
    expect(run).toMatchObject({ status: 'failed', cost: 0, items: [], error: { code: 'model_timeout' } });
    expect((await flowOf(here)).document).toEqual(before.document);
    expect((await here.call({ path: '/v1/credits' })).body).toMatchObject({
      held: 0,
      consumed: 0,
      available: GRANTED,
    });
  });

  test.concurrent('hangs does not undo what people did meanwhile', async () => {
    const here = await scene(inTurn(draws, { kind: 'hang' }));
    const { body } = await start(here);
    while (here.asked() < 2) await sleep(20);
    await edit(here.call, here.flowId, 'meanwhile');
    const run = await endOf(here.call, String(body['id']));
    expect(run.error?.code).toBe('model_timeout');
    expect(Object.keys((await flowOf(here)).document.nodes)).toEqual(
      expect.arrayContaining(['before', 'meanwhile', 'a', 'b']),
    );
  });

  test.concurrent('draws on a flow that is deleted meanwhile ends its run and releases the hold', async () => {
    const here = await scene(inTurn({ kind: 'wait', until: sleep(1_500), next: works }));
    const { body } = await start(here);
    while (here.asked() < 1) await sleep(20);
    expect((await here.call({ method: 'DELETE', path: `/v1/flows/${here.flowId}` })).status).toBe(204);
    let credits: JsonObject = {};
    for (let i = 0; i < 100 && credits['held'] !== 0; i++) {
      await sleep(100);
      credits = (await here.call({ path: '/v1/credits' })).body;
    }
    expect(credits).toMatchObject({ held: 0, consumed: 0 });
    expect((await here.call({ method: 'POST', path: `/v1/flows/${here.flowId}/restore` })).status).toBe(200);
    expect(await endOf(here.call, String(body['id']))).toMatchObject({
      status: 'failed',
      cost: 0,
      error: { code: 'flow_unavailable' },
    });
    expect(Object.keys((await flowOf(here)).document.nodes)).toEqual(['before']);
  });

  test.concurrent.each([500_000, 600_000])(
    'may cost %i at most never holds or costs more',
    async (maxCredits) => {
      const here = await scene(() => ({
        kind: 'answer',
        calls: [addNode(`m${added++}`)],
        usage: { prompt: 1_000, output: 300 },
      }));
      const before = await flowOf(here);
      const { body, text } = await start(here, { maxCredits });
      expect(body['quote'], text).toBeLessThanOrEqual(maxCredits);
      const run = await endOf(here.call, String(body['id']));
      expect(run).toMatchObject({ status: 'failed', error: { code: 'credit_limit' } });
      expect(run.cost).toBeLessThanOrEqual(maxCredits);
      await expectSettled(here, before, run, run.commitIds.length > 0);
    },
  );
});
