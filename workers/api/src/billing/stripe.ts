import { Stripe } from 'stripe';
import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';

/** What every answer and every event is shaped by, whatever the account's own default is. */
export const STRIPE_API_VERSION = '2026-10-28.endive';
/** Longest wait (ms) for one attempt; there are three. */
const TIMEOUT = 15_000;

/** Where Stripe is: the key alone for the real one, and an address for one that stands in for it. */
export interface StripeAccess {
  secretKey: string;
  apiBase?: string | undefined;
  fetch?: typeof globalThis.fetch;
}

/** A client that works in Workers: `fetch` under it, the version pinned, attempts bounded. */
export function connectStripe({ secretKey, apiBase, fetch }: StripeAccess): Stripe {
  const base = apiBase === undefined ? undefined : new URL(apiBase);
  return new Stripe(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    httpClient: Stripe.createFetchHttpClient(fetch),
    timeout: TIMEOUT,
    maxNetworkRetries: 2,
    telemetry: false,
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === 'http:' ? '80' : '443'),
      protocol: base.protocol === 'http:' ? 'http' : 'https',
    }),
  });
}

const clients = new WeakMap<object, Stripe>();

/**
 * The client of this deployment.
 * @throws ApiError `billing_unavailable` where no key is configured.
 */
export function stripeOf(env: Env): Stripe {
  const known = clients.get(env);
  if (known) return known;
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: apiBase } = config(env);
  if (secretKey === undefined) {
    throw new ApiError(
      'billing_unavailable',
      'This backend sells nothing: no STRIPE_SECRET_KEY is configured.',
      {
        retryAfter: 3_600,
      },
    );
  }
  const client = connectStripe({ secretKey, apiBase });
  clients.set(env, client);
  return client;
}

/** Whether Stripe says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
}

export function isDecline(error: unknown): error is InstanceType<typeof Stripe.errors.StripeCardError> {
  return error instanceof Stripe.errors.StripeCardError;
}

/**
 * `work` with Stripe's failures as ours: a refused card is 402 `payment_failed`, everything else 503. Nothing was bought
 * when this throws, or the same call with the same `Idempotency-Key` finds what was.
 */
export async function sold<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (isDecline(cause)) {
      throw new ApiError('payment_failed', `The payment was declined: ${cause.message}`, { cause });
    }
    if (cause instanceof Stripe.errors.StripeError) {
      throw new ApiError(
        'billing_unavailable',
        'The payment service did not answer as it should. Try again shortly.',
        {
          retryAfter: 5,
          cause,
        },
      );
    }
    throw cause;
  }
}

/** The id of something that Stripe gives as an id or whole. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  if (reference === null || reference === undefined) return null;
  return typeof reference === 'string' ? reference : reference.id;
}
