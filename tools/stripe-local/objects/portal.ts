import type { Stripe } from 'stripe';
import { z } from 'zod';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import { bool, id, mergeMetadata, metadata, PAGE, params, text, unsettable } from '../params.ts';
import { route } from '../route.ts';
import type { World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { features, featuresFrom, NOTHING } from './portal-features.ts';
import { needSubscription } from './subscriptions.ts';

type Configuration = Objects['billing_portal.configuration'];
type Session = Objects['billing_portal.session'];

const FIELDS = {
  business_profile: z
    .strictObject({
      headline: text.optional(),
      privacy_policy_url: text.optional(),
      terms_of_service_url: text.optional(),
    })
    .optional(),
  default_return_url: text.optional(),
  login_page: z.strictObject({ enabled: bool }).optional(),
  metadata: metadata.optional(),
  name: text.optional(),
};
const create = params<Stripe.BillingPortal.ConfigurationCreateParams>()({ ...FIELDS, features });
const update = params<Stripe.BillingPortal.ConfigurationUpdateParams>()({
  ...FIELDS,
  active: bool.optional(),
  features: features.optional(),
});

function createConfiguration(world: World, input: z.output<typeof create>): Configuration {
  const now = world.now();
  const configuration = {
    id: world.newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: input.business_profile?.headline ?? null,
      privacy_policy_url: input.business_profile?.privacy_policy_url ?? null,
      terms_of_service_url: input.business_profile?.terms_of_service_url ?? null,
    },
    created: now,
    default_return_url: input.default_return_url ?? null,
    features: featuresFrom(world, NOTHING, input.features),
    is_default: world.store.all('billing_portal.configuration').length === 0,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: mergeMetadata(null, input.metadata),
    name: input.name ?? null,
    updated: now,
  } satisfies Configuration;
  world.store.put('billing_portal.configuration', configuration);
  world.emit('billing_portal.configuration.created', configuration);
  return configuration;
}

/** The configuration a session uses: the one it names, the default, or one made on the spot. */
function configurationFor(world: World, named: string | undefined): Configuration {
  if (named !== undefined) return world.store.need('billing_portal.configuration', named, 'configuration');
  const known = world.store.all('billing_portal.configuration').find(({ is_default }) => is_default);
  const everything = { enabled: true };
  return (
    known ??
    createConfiguration(world, {
      features: {
        invoice_history: everything,
        payment_method_update: everything,
        subscription_cancel: { ...everything, mode: 'at_period_end' },
      },
    })
  );
}

export const portalRoutes = [
  route('POST', '/v1/billing_portal/configurations', create, createConfiguration),
  route('GET', '/v1/billing_portal/configurations/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('billing_portal.configuration', id),
  ),
  route('POST', '/v1/billing_portal/configurations/:id', update, (world, input, { id }) => {
    const before = world.store.need('billing_portal.configuration', id);
    const profile = input.business_profile;
    const after = world.update('billing_portal.configuration', id, {
      active: input.active ?? before.active,
      business_profile: {
        headline: unsettable(profile?.headline, before.business_profile.headline),
        privacy_policy_url: profile?.privacy_policy_url ?? before.business_profile.privacy_policy_url,
        terms_of_service_url: profile?.terms_of_service_url ?? before.business_profile.terms_of_service_url,
      },
      default_return_url: unsettable(input.default_return_url, before.default_return_url),
      features: featuresFrom(world, before.features, input.features),
      metadata: mergeMetadata(before.metadata, input.metadata),
      name: unsettable(input.name, before.name),
      updated: world.now(),
    });
    world.emitUpdate('billing_portal.configuration.updated', after, before);
    return after;
  }),
  route(
    'GET',
    '/v1/billing_portal/configurations',
    params<Stripe.BillingPortal.ConfigurationListParams>()({
      ...PAGE,
      active: bool.optional(),
      is_default: bool.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('billing_portal.configuration')
        .filter(
          ({ active, is_default }) =>
            (input.active === undefined || active === input.active) &&
            (input.is_default === undefined || is_default === input.is_default),
        );
      return page('/v1/billing_portal/configurations', found, input);
    },
  ),
  route(
    'POST',
    '/v1/billing_portal/sessions',
    params<Stripe.BillingPortal.SessionCreateParams>()({
      customer: id,
      configuration: id.optional(),
      return_url: text.optional(),
      locale: text.optional(),
      flow_data: z
        .strictObject({
          type: z.enum(['payment_method_update', 'subscription_cancel', 'subscription_update']),
          subscription_cancel: z.strictObject({ subscription: id }).optional(),
          subscription_update: z.strictObject({ subscription: id }).optional(),
        })
        .optional(),
    }),
    (world, input) => {
      const customer = needCustomer(world, input.customer);
      const configuration = configurationFor(world, input.configuration);
      const flow = input.flow_data;
      const subscription = (flow?.subscription_cancel ?? flow?.subscription_update)?.subscription;
      if (subscription !== undefined) needSubscription(world, subscription, 'flow_data');
      const sessionId = world.newId('bps');
      const session = {
        id: sessionId,
        object: 'billing_portal.session',
        configuration: configuration.id,
        created: world.now(customer.id),
        customer: customer.id,
        customer_account: null,
        flow: flow
          ? {
              after_completion: { hosted_confirmation: null, redirect: null, type: 'portal_homepage' },
              customer_update: null,
              subscription_cancel: flow.subscription_cancel
                ? { retention: null, ...flow.subscription_cancel }
                : null,
              subscription_pause: null,
              subscription_update: flow.subscription_update ?? null,
              subscription_update_confirm: null,
              type: flow.type,
            }
          : null,
        livemode: false,
        locale: null,
        on_behalf_of: null,
        return_url: input.return_url ?? configuration.default_return_url,
        url: `${world.publicUrl}/pay/portal/${sessionId}`,
      } satisfies Session;
      world.store.put('billing_portal.session', session);
      world.emit('billing_portal.session.created', session);
      return session;
    },
  ),
];
