/**
 * `npm run stripe:replay`: replays events of Stripe that the backend has given up, all of them or those named:
 * `npm run stripe:replay -- evt_1 evt_2`. `-- --list` only lists them. Environment: UXFLOW_BASE_URL (the local product
 * when absent), OPERATOR_TOKEN. Exit 1 when one of them failed again.
 */
import { parseArgs } from 'node:util';

interface Dead {
  id: string;
  type: string;
  attempts: number;
  error: string;
  receivedAt: string;
}
interface Replayed {
  id: string;
  state: 'done' | 'unknown' | 'retry' | 'dead';
  error?: string;
}

/** As many as the API takes in one call. */
const AT_ONCE = 20;
const TIMEOUT = 120_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
function die(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(2);
}

const token = process.env['OPERATOR_TOKEN'];
const base = process.env['UXFLOW_BASE_URL'] ?? 'http://127.0.0.1:8787';
if (!token) die('OPERATOR_TOKEN is not set: it is the operator token of the backend.');

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${base}/v1/admin/stripe-events/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const text = await response.text();
  if (!response.ok) die(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

const { values, positionals } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true });
const { data: dead } = await ask<{ data: Dead[] }>('GET', 'dead');
if (values.list) {
  for (const { id, type, attempts, error, receivedAt } of dead) {
    say(`${id}  ${type}  received ${receivedAt}  ${attempts} attempts  ${error}`);
  }
  say(`${dead.length} given up`);
} else {
  const ids = positionals.length > 0 ? positionals : dead.map(({ id }) => id);
  let failed = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const { data } = await ask<{ data: Replayed[] }>('POST', 'replay', { ids: ids.slice(at, at + AT_ONCE) });
    for (const { id, state, error } of data) {
      say(`${id}  ${state}${error === undefined ? '' : `  ${error}`}`);
      if (state !== 'done') failed += 1;
    }
  }
  say(`${ids.length - failed} of ${ids.length} replayed`);
  if (failed > 0) process.exitCode = 1;
}
