import { type Context, Hono } from 'hono';
import type { Env } from '../env.ts';
import { logEvent } from '../log.ts';
import { problem } from '../problem.ts';
import { Unverified, verify, type VerifiedEvent } from './verify.ts';

/** A message of the queue `uxflow-stripe-events`: this event waits to be applied. */
export interface StripeMessage {
  stripeEventId: string;
}

/** Bytes. Stripe's events are far smaller. */
const MAX_BODY = 1024 * 1024;

type WebhookContext = Context<{ Bindings: Env }>;

/**
 * Stripe in: verified on the raw text, kept by the API under its id, then 200; what it calls for happens from the queue.
 * Whatever is not kept is answered with an error, so that Stripe sends it again.
 */
export const stripeRoutes = new Hono<{ Bindings: Env }>();

stripeRoutes.post('/stripe', (c) => receive(c, 'snapshot', secretsOf(c.env.STRIPE_WEBHOOK_SECRET)));
stripeRoutes.post('/stripe/thin', (c) =>
  receive(c, 'thin', secretsOf(c.env.STRIPE_THIN_WEBHOOK_SECRET || c.env.STRIPE_WEBHOOK_SECRET)),
);

/** Comma-separated, while a secret is being rolled. */
function secretsOf(list = ''): string[] {
  return list
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}

async function receive(c: WebhookContext, kind: 'snapshot' | 'thin', secrets: string[]): Promise<Response> {
  if (secrets.length === 0) {
    return problem(c, 503, 'billing_unavailable', 'No signing secret of Stripe is configured here.');
  }
  const payload = await readText(c.req.raw);
  if (payload === undefined) {
    return problem(c, 413, 'payload_too_large', `An event may have at most ${MAX_BODY} bytes.`);
  }
  let event: VerifiedEvent;
  try {
    event = await verify(kind, payload, c.req.header('Stripe-Signature') ?? '', secrets);
  } catch (error) {
    if (!(error instanceof Unverified)) throw error;
    logEvent('warn', 'stripe_event_refused', { kind, reason: error.message });
    return problem(c, 400, 'invalid_signature', error.message);
  }
  try {
    await c.env.API.storeStripeEvent(event);
  } catch (error) {
    logEvent('error', 'stripe_event_not_stored', { id: event.id, type: event.type, error: String(error) });
    return problem(c, 503, 'storage_unavailable', 'The event could not be kept. Send it again.');
  }
  await tellQueue(c.env, event);
  return c.json({ received: true });
}

/** An event that is kept is not lost when the queue fails: the API sweeps what nobody has applied. */
async function tellQueue(env: Env, { id, type }: VerifiedEvent): Promise<void> {
  try {
    await env.STRIPE_EVENTS.send({ stripeEventId: id });
  } catch (error) {
    logEvent('warn', 'stripe_queue_behind', { id, type, error: String(error) });
  }
}

/** The body as it was signed; undefined when it is too long, whatever length it declares. */
async function readText({ body }: Request): Promise<string | undefined> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
