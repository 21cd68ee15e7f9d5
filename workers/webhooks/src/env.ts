import type { ApiEntrypoint } from '@uxflow/api/entrypoint';
import type { StripeMessage } from './stripe/receive.ts';

export interface Env {
  /** The API Worker; this Worker has no database of its own. */
  API: Service<ApiEntrypoint>;
  /** Events of Stripe that are kept and wait to be applied. */
  STRIPE_EVENTS: Queue<StripeMessage>;
  /** Signing secrets of Stripe's two destinations (comma-separated while one is rolled); the second is as the first if not set. */
  STRIPE_WEBHOOK_SECRET?: string;
  STRIPE_THIN_WEBHOOK_SECRET?: string;
  /** Commit and a hash of uncommitted changes, as `/healthz` tells them. */
  BUILD?: string;
  /** Milliseconds that a partner's endpoint gets to answer; 15,000 unless set. */
  WEBHOOK_TIMEOUT_MS?: string;
}
