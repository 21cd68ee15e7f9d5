/**
 * `npm start`: the whole product on 127.0.0.1, from nothing, without any account. Options: `--port N` moves the
 * block of ports (default 8787), `--fresh` starts with empty state.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../lib/paths.ts';
import { buildId } from './build-id.ts';
import { Children } from './children.ts';
import { demoKeys } from './demo.ts';
import { portsFrom, takenPorts } from './ports.ts';
import { keepSchedules } from './schedules.ts';
import { localSecrets } from './secrets.ts';
import { prepareState } from './state-format.ts';
import { furnish, stripeFor } from './stripe.ts';

const DEFAULT_PORT = 8787;
/** Milliseconds a server gets to answer its first request. */
const READY_TIMEOUT = 60_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

function options(): { port: number; fresh: boolean } {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, fresh: { type: 'boolean' } } });
    const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_530) {
      throw new Error(`--port takes a whole number from 1 to 65530, not "${values.port}"`);
    }
    return { port, fresh: values.fresh ?? false };
  } catch (error) {
    return die(error instanceof Error ? error.message : String(error));
  }
}

function die(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Runs one set-up step to its end; its output is shown only when it fails. */
function step(name: string, command: string, args: string[], cwd = ROOT): void {
  say(`${name} …`);
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, CI: 'true' } });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    die(`${name} failed: see above.`);
  }
}

async function answers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
    } catch {
      // Not listening yet: asked again below until the deadline.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${READY_TIMEOUT / 1000} s`);
}

const { port, fresh } = options();
const ports = portsFrom(port);
const url = (at: number) => `http://127.0.0.1:${at}`;
const stateDir = join(ROOT, '.uxflow', String(port));
const logs = join(stateDir, 'logs');

const taken = await takenPorts(ports);
if (taken.length > 0)
  die(
    `Port taken: ${taken.join(', ')}. Stop what listens there, or choose another block: npm start -- --port N`,
  );

if (fresh) rmSync(stateDir, { recursive: true, force: true });
const aside = prepareState(stateDir);
if (aside !== null) say(`The state of an older checkout cannot be read any more. It is kept in ${aside}.`);
mkdirSync(logs, { recursive: true });
const secrets = localSecrets(stateDir);
const build = buildId();
const stripe = stripeFor(url(ports.stripe), url(ports.webhooks), secrets.stripeWebhookSecret);
writeFileSync(
  join(stateDir, 'api.env'),
  [
    `TOKEN_SECRETS=${secrets.tokenSecret}`,
    `KEY_PEPPER=${secrets.keyPepper}`,
    `ENCRYPTION_KEYS=${secrets.encryptionKey}`,
    `OPERATOR_TOKEN=${secrets.operatorToken}`,
    'LOCAL_DEMO=1',
    ...stripe.env,
    `BUILD=${build}`,
    ...[
      'GOOGLE_API_KEY',
      'GOOGLE_BASE_URL',
      'OPENAI_COMPATIBLE_BASE_URL',
      'OPENAI_COMPATIBLE_API_KEY',
      'OPENAI_COMPATIBLE_MODEL',
      'LOCAL_MODEL_PACE_MS',
      'AGENT_IDLE_MS',
      'WEBHOOK_RETRY_SECONDS',
    ]
      .filter((name) => process.env[name])
      .map((name) => `${name}=${process.env[name]}`),
    '',
  ].join('\n'),
  { mode: 0o600 },
);

const persist = join(stateDir, 'workers');
const api = join(ROOT, 'workers/api');
const webhooks = join(ROOT, 'workers/webhooks');
const example = join(ROOT, 'examples/vite-partner');
step(
  'Migrating the database',
  'wrangler',
  ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', persist],
  api,
);
step('Building the partner example', 'vite', ['build', '--logLevel', 'warn'], example);

const children = new Children(logs, (name, log) => {
  process.stderr.write(`${name} ended unexpectedly. Its log: ${log}\n`);
  void shutDown(1);
});

let ending: Promise<void> | undefined;
function shutDown(code: number): Promise<void> {
  ending ??= children.stop().then(() => process.exit(code));
  return ending;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!ending) say('Stopping …');
    void shutDown(0);
  });
}

function worker(name: string, cwd: string, listen: number, extra: string[]): void {
  children.start(
    name,
    'wrangler',
    [
      'dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(listen),
      '--inspector-port',
      '0',
      '--persist-to',
      persist,
      '--show-interactive-dev-session=false',
      ...extra,
    ],
    {
      cwd,
      // A registry of its own, so that two products on one machine do not find each other's Workers.
      env: { WRANGLER_REGISTRY_PATH: join(stateDir, 'registry'), CI: 'true' },
    },
  );
}

say('Starting the Workers …');
worker('api', api, ports.api, ['--env-file', join(stateDir, 'api.env')]);
writeFileSync(join(stateDir, 'webhooks.env'), [...stripe.env, ''].join('\n'), { mode: 0o600 });
worker('webhooks', webhooks, ports.webhooks, ['--env-file', join(stateDir, 'webhooks.env')]);
if (stripe.local) {
  children.start('stripe', 'node', [join(ROOT, 'tools/stripe-local/main.ts')], {
    cwd: ROOT,
    env: { PORT: String(ports.stripe), STRIPE_LOCAL_FILE: join(stateDir, 'stripe.sqlite'), ...stripe.local },
  });
}

const deadline = AbortSignal.timeout(READY_TIMEOUT);
try {
  await Promise.all([
    answers(`${url(ports.api)}/healthz`, deadline),
    answers(`${url(ports.webhooks)}/healthz`, deadline),
    ...(stripe.local ? [answers(`${url(ports.stripe)}/healthz`, deadline)] : []),
  ]);
  if (stripe.local) await furnish(url(ports.stripe));
  const [key] = await demoKeys({
    baseUrl: url(ports.api),
    operatorToken: secrets.operatorToken,
    stateDir,
    returnUrls: [url(ports.example), url(ports.api)],
    // Tests keep their keys beside their state, so that a developer's stay where scripts find them.
    keysDir: process.env['UXFLOW_KEYS_DIR'] ?? join(ROOT, '.uxflow'),
  });
  children.start('example', 'node', ['server.ts'], {
    cwd: example,
    env: {
      PORT: String(ports.example),
      UXFLOW_API_KEY: key,
      UXFLOW_BASE_URL: url(ports.api),
      NODE_ENV: 'production',
    },
  });
  await answers(url(ports.example), deadline);
  keepSchedules(url(ports.api), (line) => {
    if (!ending) process.stderr.write(`${line}\n`);
  });
  say(
    `ready  example ${url(ports.example)}  api ${url(ports.api)}  docs ${url(ports.api)}/docs  webhooks ${url(ports.webhooks)}  stripe ${stripe.local ? url(ports.stripe) : 'your own account'}  key ${key}`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nLogs: ${logs}\n`);
  await shutDown(1);
}
