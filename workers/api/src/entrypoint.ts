import { WorkerEntrypoint } from 'cloudflare:workers';
import { type Applied, type DeadStripeEvent, type RawStripeEvent, stripeInbox } from './billing/inbox.ts';
import { billingPorts } from './billing/ports.ts';
import { replayStripeEvent } from './billing/stripe-events.routes.ts';
import { config } from './platform/config.ts';
import type { Env } from './platform/env.ts';
import type { AttemptReport, DeliveryJob, DeliveryRpc } from './webhooks/attempts.ts';
import { claimDeliveries, reportAttempts } from './webhooks/deliveries.ts';

export type { AttemptReport, DeliveryJob, DeliveryMessage, DeliveryRpc } from './webhooks/attempts.ts';

/** What other Workers of the product may ask of the API, over a service binding and never from outside. */
export class ApiEntrypoint extends WorkerEntrypoint<Env> implements DeliveryRpc {
  /** The build that answers, so that a deployment of the other Worker can see what it is bound to. */
  build(): string {
    return config(this.env).BUILD;
  }

  /** Keeps a verified event of Stripe, once; `stored` is false when it was known. To be called before answering Stripe. */
  storeStripeEvent(event: RawStripeEvent): Promise<{ stored: boolean }> {
    return stripeInbox(this.env).store(event);
  }

  /** Brings our state to what Stripe says now of what this event is about. May be called any number of times. */
  applyStripeEvent(id: string): Promise<Applied> {
    return stripeInbox(this.env).apply(() => billingPorts(this.env), id);
  }

  /** Events that failed too often, oldest first. */
  listDeadStripeEvents(limit = 100): Promise<DeadStripeEvent[]> {
    return stripeInbox(this.env).dead(limit);
  }

  /** Tries an event that was given up (or any other) again, now. */
  replayStripeEvent(id: string): Promise<Applied> {
    return replayStripeEvent(this.env, id);
  }

  /** See `DeliveryRpc`. */
  claimDeliveries(deliveryIds: string[]): Promise<DeliveryJob[]> {
    return claimDeliveries(this.env, deliveryIds);
  }

  /** See `DeliveryRpc`. */
  reportAttempts(reports: AttemptReport[]): Promise<void> {
    return reportAttempts(this.env, reports);
  }
}
