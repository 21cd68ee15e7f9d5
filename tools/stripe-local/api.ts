import { chargeRoutes } from './objects/charges.ts';
import { checkoutRoutes } from './objects/checkout-sessions.ts';
import { customerRoutes } from './objects/customers.ts';
import { disputeRoutes } from './objects/disputes.ts';
import { eventDestinationRoutes } from './objects/event-destinations.ts';
import { meterRoutes } from './objects/meters.ts';
import { portalRoutes } from './objects/portal.ts';
import { setupIntentRoutes } from './objects/setup-intents.ts';
import { subscriptionScheduleRoutes } from './objects/subscription-schedules.ts';
import { testClockRoutes } from './objects/test-clocks.ts';
import { eventRoutes } from './objects/events.ts';
import { invoiceItemRoutes } from './objects/invoice-items.ts';
import { invoiceRoutes } from './objects/invoices.ts';
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
  ...disputeRoutes,
  ...eventDestinationRoutes,
  ...meterRoutes,
  ...portalRoutes,
  ...setupIntentRoutes,
  ...subscriptionScheduleRoutes,
  ...testClockRoutes,
];
