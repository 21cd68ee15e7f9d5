export { Billing } from './billing.ts';
export type {
  AutoTopUp,
  AutoTopUpParams,
  CheckoutParams,
  HostedPage,
  Invoice,
  Plan,
  PlanId,
  Plans,
  PortalParams,
  Subscription,
  TopUp,
} from './types.ts';
