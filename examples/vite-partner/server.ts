/**
 * Acme Roadmaps, the server: signs people in (here: by `?as=mia`), and is the only place that holds the secret key.
 * Environment: UXFLOW_API_KEY, UXFLOW_BASE_URL (default: the local backend), PORT (default 8792).
 */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { DEFAULT_BASE_URL, isUXFlowError, UXFlow } from '@uxflow/sdk';
import { createBillingHandler } from '@uxflow/sdk/billing';
import { creditsEventStream } from '@uxflow/sdk/credits';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { findUser, USERS, type User } from './users.ts';

/** Acme's own customer, whose people these are. Flows carry it, and a token for it reaches no other customer's flows. */
const TENANT = 'acme';
const production = process.env['NODE_ENV'] === 'production' || process.argv.includes('--production');
const port = Number(process.env['PORT'] ?? 8792);
const baseUrl = process.env['UXFLOW_BASE_URL'] ?? DEFAULT_BASE_URL;

function stop(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const apiKey = process.env['UXFLOW_API_KEY'];
if (!apiKey) stop('UXFLOW_API_KEY is missing: set it to a secret key of your workspace (uxf_sk_…).');
const uxflow = new UXFlow({ apiKey, baseUrl });
try {
  await uxflow.credits.get();
} catch (error) {
  if (isUXFlowError(error, 'connection_error') || isUXFlowError(error, 'timeout')) {
    stop(`No backend answers at ${baseUrl}: start it, or set UXFLOW_BASE_URL.`);
  }
  stop(`${baseUrl} refused UXFLOW_API_KEY: ${error instanceof Error ? error.message : String(error)}`);
}

const app = new Hono<{ Variables: { user: User } }>();

// Stands in for a real sign-in: whoever opens /?as=noah is Noah from then on. The page repeats it in its requests, so
// that two windows of one browser can be two people.
app.use('/api/*', async (c, next) => {
  c.set('user', findUser(c.req.query('as') ?? getCookie(c, 'as')));
  await next();
});
app.use('*', async (c, next) => {
  const as = c.req.query('as');
  if (as !== undefined && USERS.some(({ id }) => id === as))
    setCookie(c, 'as', as, { path: '/', sameSite: 'Lax', httpOnly: true });
  await next();
});

app.get('/api/session', (c) => c.json({ user: c.get('user'), baseUrl }));

/** What <UXFlowProvider authEndpoint> asks: a short-lived token that says who this is and what they may do. */
app.post('/api/uxflow-token', async (c) => {
  const { id, name } = c.get('user');
  const { token, expiresAt } = await uxflow.clientTokens.create({
    user: { id, name },
    tenantId: TENANT,
    flows: { [`tenant:${TENANT}`]: 'edit' },
    agents: true,
  });
  return c.json({ token, expiresAt });
});

app.get('/api/flows', async (c) => {
  const { data } = await uxflow.flows.list({ tenantId: TENANT, limit: 30 });
  return c.json(data.map(({ id, name, updatedAt }) => ({ id, name, updatedAt })));
});

app.post('/api/flows', async (c) => {
  const { id, name } = await uxflow.flows.create({ name: 'Untitled flow', tenantId: TENANT });
  return c.json({ id, name }, 201);
});

/** Live, for Acme's own people: who may see what the workspace has left is Acme's to decide. */
app.get('/api/credits', () => creditsEventStream(uxflow));

/** What Acme pays, for the page /#/billing: only its admins may see it or press anything there. */
app.all('/api/billing', (c) =>
  createBillingHandler(uxflow, { authorize: () => c.get('user').admin })(c.req.raw),
);

app.onError((error, c) => {
  const code = isUXFlowError(error) ? error.code : 'internal';
  process.stderr.write(`${c.req.method} ${c.req.path}: ${code} ${error.message}\n`);
  return c.json({ code, detail: 'The flow service could not be reached. Try again.' }, 502);
});

if (production) {
  app.use('*', serveStatic({ root: './dist' }));
  app.get('*', serveStatic({ path: './dist/index.html' }));
}

const answer = getRequestListener(app.fetch);
const server = createServer();
if (production) {
  server.on('request', answer);
} else {
  const { createServer: createViteServer } = await import('vite');
  const vite = await createViteServer({ server: { middlewareMode: true, hmr: { server } }, appType: 'spa' });
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/api/')) void answer(request, response);
    else vite.middlewares(request, response);
  });
}
server.on('error', (error) => stop(`Acme Roadmaps cannot listen on port ${port}: ${error.message}`));
server.listen(port, '127.0.0.1', () =>
  process.stdout.write(`Acme Roadmaps is ready at http://127.0.0.1:${port}\n`),
);
