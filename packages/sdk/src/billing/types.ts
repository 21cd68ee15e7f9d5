import type { components } from '../generated/openapi.ts';

type Schemas = components['schemas'];

export type Plans = Schemas['Plans'];
export type Plan = Schemas['Plan'];
export type PlanId = Plan['id'];
export type PaidPlanId = Exclude<PlanId, 'free'>;
export type TopUp = Schemas['TopUp'];
export type TopUpId = TopUp['id'];
/** `message` is its state in words. */
export type Subscription = Schemas['Subscription'];
export type Invoice = Schemas['Invoice'];
export type AutoTopUp = Schemas['AutoTopUp'];
export type AutoTopUpParams = Schemas['PutAutoTopUp'];
/** Both URLs must begin with one that `setReturnUrls` allows. */
export type CheckoutParams = Schemas['CreateCheckout'];
export type PortalParams = { returnUrl?: string | undefined };
export type HostedPage = Schemas['HostedPage'];
