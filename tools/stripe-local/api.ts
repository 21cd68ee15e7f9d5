import { chargeRoutes } from './objects/charges.ts';
import { checkoutRoutes } from './objects/checkout-sessions.ts';
import { customerRoutes } from './objects/customers.ts';
import { eventRoutes } from './objects/events.ts';
import { invoiceItemRoutes, invoiceRoutes } from './objects/invoices.ts';
import { paymentIntentRoutes } from './objects/payment-intents.ts';
import { paymentMethodRoutes } from './objects/payment-methods.ts';
import { priceRoutes } from './objects/prices.ts';
import { productRoutes } from './objects/products.ts';
import { refundRoutes } from './objects/refunds.ts';
import { subscriptionRoutes } from './objects/subscriptions.ts';
import { webhookEndpointRoutes } from './objects/webhook-endpoints.ts';
import type { Route } from './route.ts';

/** Every route of the API. One that is not here answers 404, in Stripe's form. */
export const ROUTES: readonly Route[] = [
  ...customerRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...checkoutRoutes,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...invoiceItemRoutes,
  ...paymentIntentRoutes,
  ...paymentMethodRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...webhookEndpointRoutes,
  ...eventRoutes,
];
