import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/** The product as somebody outside meets it: requests, answers, and what they left behind. */

export type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
export type JsonObject = { [field: string]: Json };

export interface Send {
  method?: string;
  path: string;
  /** Bearer credential; none when null, the caller's own when absent. */
  as?: string | null;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, instead of `json`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed text; an empty object when it is no JSON object. */
  body: JsonObject;
}

export type Call = (request: Send) => Promise<Answer>;

/** Sends requests to the API at `base`, with `key` as credential unless told otherwise. */
export function caller(base: string, key: string): Call {
  return async ({ method = 'GET', path, as = key, json, raw, headers }) => {
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(as !== null && { authorization: `Bearer ${as}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: objectIn(text) };
  };
}

function objectIn(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

export interface Expected {
  status: number;
  code: string;
  /** The request's field that the problem must name, as `param` or as the path of an issue. */
  field?: string | undefined;
}

/** That an answer is the contract's problem document, whole and of this code, and names the field. */
export function expectProblem({ status, headers, text, body }: Answer, expected: Expected): void {
  const shown = text.slice(0, 600);
  expect({ status, code: body['code'] }, shown).toEqual({ status: expected.status, code: expected.code });
  expect(headers.get('content-type'), shown).toBe('application/problem+json');
  expect(body, shown).toMatchObject({
    type: `urn:uxflow:error:${expected.code}`,
    status: expected.status,
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S{2}/),
    requestId: expect.stringMatching(/^req_[0-9A-Z]{26}$/),
  });
  expect(headers.get('x-request-id'), shown).toBe(body['requestId']);
  if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer');
  if (status === 503) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  const issues = (body['issues'] ?? []) as { path: string; message: string }[];
  for (const { message } of issues) expect(message, shown).toMatch(/\S{2}/);
  if (expected.field === undefined) return;
  const named = [body['param'], ...issues.map(({ path }) => path)];
  expect(named, `the field it names, in ${shown}`).toContain(expected.field);
}

export interface Run {
  id: string;
  flowId: string;
  status: string;
  quote: number;
  cost: number;
  items: { cost: number; inputTokens: number; outputTokens: number }[];
  commitIds: string[];
  proposalId?: string;
  error?: { code: string; detail: string };
  endedAt?: string;
}

/** The run as it ended. */
export async function endOf(call: Call, runId: string, timeout = 30_000): Promise<Run> {
  const until = Date.now() + timeout;
  for (;;) {
    const run = (await call({ path: `/v1/runs/${runId}` })).body as unknown as Run;
    if (run.endedAt !== undefined) return run;
    if (Date.now() > until) throw new Error(`the run has not ended: ${JSON.stringify(run)}`);
    await sleep(50);
  }
}

/** The id of a proposal that an agent makes for the flow. */
export async function proposedTo(call: Call, flowId: string): Promise<string> {
  const json = { agent: 'designer', prompt: 'Add a screen "Receipt".', mode: 'propose' };
  const { body, text } = await call({ method: 'POST', path: `/v1/flows/${flowId}/runs`, json });
  if (typeof body['id'] !== 'string') throw new Error(text);
  const run = await endOf(call, body['id']);
  if (run.proposalId === undefined) throw new Error(`nothing proposed: ${JSON.stringify(run)}`);
  return run.proposalId;
}

export interface FlowState {
  id: string;
  clock: number;
  document: { name: string; nodes: JsonObject; edges: JsonObject };
}

/** Everything that a workspace owns, as far as its secret key can see it; two of these are equal if nothing changed. */
export async function possessions(call: Call): Promise<JsonObject> {
  const read = async (path: string): Promise<JsonObject> => {
    const answer = await call({ path });
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const [credits, entries, keys, list] = await Promise.all([
    read('/v1/credits'),
    read('/v1/credits/entries?limit=100'),
    read('/v1/api-keys?limit=100'),
    read('/v1/flows?limit=100'),
  ]);
  const flows = await Promise.all(
    (list['data'] as { id: string }[]).map(async ({ id }) => ({
      flow: await read(`/v1/flows/${id}`),
      runs: await read(`/v1/flows/${id}/runs`),
    })),
  );
  return {
    credits,
    entries,
    flows,
    keys: (keys['data'] as JsonObject[]).map(({ lastUsedAt: _moves, ...key }) => key),
  };
}
