export { Billing } from './billing.ts';
export { type BillingAction, type BillingHandlerOptions, createBillingHandler } from './handler.ts';
export { billingSourceAt } from './page.ts';
export type { BillingOverview, BillingSource, InvoicePage } from './source.ts';
export type {
  AutoTopUp,
  AutoTopUpParams,
  CheckoutParams,
  HostedPage,
  Invoice,
  PaidPlanId,
  Plan,
  PlanId,
  Plans,
  PortalParams,
  Subscription,
  TopUp,
  TopUpId,
} from './types.ts';
