import { METER_EVENT, SNAPSHOT_EVENTS, STRIPE_API_VERSION, THIN_EVENTS } from '@uxflow/api/billing';
import type { Stripe } from 'stripe';
import { setUpCatalog } from './catalog.ts';

/** Told of each thing that was made or changed. */
export type Tell = (line: string) => void;

/** Signing secrets, shown by Stripe only when a destination is made. */
export interface Secrets {
  snapshot?: string;
  thin?: string;
}

const OURS = { uxflow: 'events' };
const THIN_NAME = 'uxflow thin events';

/**
 * Brings a Stripe account to what the plan table says: products, prices, the meter, the portal, and where events are
 * sent. Run again it changes nothing.
 * @param webhookUrl public address of the webhook Worker's route for Stripe; without it no destinations are made
 */
export async function setUpStripe(
  stripe: Stripe,
  { webhookUrl, tell }: { webhookUrl?: string | undefined; tell: Tell },
): Promise<Secrets> {
  await setUpCatalog(stripe, await setUpMeter(stripe, tell), tell);
  await setUpPortal(stripe, tell);
  if (webhookUrl === undefined) return {};
  const snapshot = await setUpEndpoint(stripe, webhookUrl, tell);
  const thin = await setUpThinDestination(stripe, webhookUrl, tell);
  return { ...(snapshot && { snapshot }), ...(thin && { thin }) };
}

async function setUpMeter(stripe: Stripe, tell: Tell): Promise<string> {
  for await (const meter of stripe.billing.meters.list({ limit: 100, status: 'active' })) {
    if (meter.event_name === METER_EVENT) return meter.id;
  }
  const { id } = await stripe.billing.meters.create({
    display_name: 'Credits beyond the plan (micro-credits)',
    event_name: METER_EVENT,
    default_aggregation: { formula: 'sum' },
    customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
    value_settings: { event_payload_key: 'value' },
  });
  tell(`meter ${METER_EVENT}: ${id}`);
  return id;
}

/** Plans are changed through our API, which knows that a cheaper one begins with the next period. */
const PORTAL = {
  customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true, mode: 'at_period_end' },
  subscription_update: { enabled: false },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features;

async function setUpPortal(stripe: Stripe, tell: Tell): Promise<void> {
  const metadata = { uxflow: 'portal', features: JSON.stringify(PORTAL) };
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 });
  const ours = data.find((configuration) => configuration.metadata?.['uxflow'] === 'portal');
  if (ours?.metadata?.['features'] === metadata.features) return;
  if (ours) {
    await stripe.billingPortal.configurations.update(ours.id, { features: PORTAL, metadata });
    tell(`portal ${ours.id}: brought up to date`);
  } else {
    const { id } = await stripe.billingPortal.configurations.create({ features: PORTAL, metadata });
    tell(`portal: ${id}`);
  }
}

async function setUpEndpoint(stripe: Stripe, url: string, tell: Tell): Promise<string | undefined> {
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  const ours = data.find((endpoint) => endpoint.url === url && endpoint.metadata['uxflow'] === OURS.uxflow);
  const events = [...SNAPSHOT_EVENTS];
  if (!ours) {
    const { id, secret } = await stripe.webhookEndpoints.create({
      url,
      enabled_events: events,
      api_version: STRIPE_API_VERSION,
      metadata: OURS,
    });
    tell(`webhook endpoint ${id}: ${url}`);
    return secret;
  }
  if (!sameSet(ours.enabled_events, events)) {
    await stripe.webhookEndpoints.update(ours.id, { enabled_events: events });
    tell(`webhook endpoint ${ours.id}: brought up to date`);
  }
  return undefined;
}

async function setUpThinDestination(stripe: Stripe, url: string, tell: Tell): Promise<string | undefined> {
  for await (const { id, name, enabled_events: enabled } of stripe.v2.core.eventDestinations.list({
    limit: 100,
  })) {
    if (name !== THIN_NAME) continue;
    if (!sameSet(enabled, THIN_EVENTS)) {
      await stripe.v2.core.eventDestinations.update(id, { enabled_events: [...THIN_EVENTS] });
      tell(`event destination ${id}: brought up to date`);
    }
    return undefined;
  }
  const { id, webhook_endpoint: endpoint } = await stripe.v2.core.eventDestinations.create({
    name: THIN_NAME,
    type: 'webhook_endpoint',
    event_payload: 'thin',
    enabled_events: [...THIN_EVENTS],
    webhook_endpoint: { url },
    include: ['webhook_endpoint.signing_secret'],
  });
  tell(`event destination ${id}: ${url}`);
  return endpoint?.signing_secret;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && b.every((value) => a.includes(value));
}
