/** What the repository's tools need of billing; the Workers themselves come through routes and the entry point. */
export { PAID_PLAN_IDS, type PaidPlanId, planOf, TOP_UP_IDS, TOP_UPS } from './plans.ts';
export { LOOKUP_KEYS, METER_EVENT } from './prices.ts';
export { connectStripe, STRIPE_API_VERSION } from './stripe.ts';
export { SNAPSHOT_EVENTS, THIN_EVENTS } from './apply/types.ts';
export { applyEvent, type ReceivedEvent } from './apply/events.ts';
export { autoTopUpStore } from './auto-top-up.store.ts';
export { stripeInbox } from './inbox.ts';
export type { BillingPorts } from './ports.ts';
export { PriceBook } from './prices.ts';
export { revenueOf } from './state.ts';
export { billingStore } from './store.ts';
export { sweepWith } from './sweep.ts';
export { reportOverage } from './metering.ts';
