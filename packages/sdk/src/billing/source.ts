import type {
  AutoTopUp,
  AutoTopUpParams,
  HostedPage,
  Invoice,
  PaidPlanId,
  PlanId,
  Plans,
  Subscription,
  TopUpId,
} from './types.ts';

/** What a page shows of what a workspace pays. */
export interface BillingOverview extends Plans {
  subscription: Subscription;
}

export interface InvoicePage {
  /** Newest first. */
  data: Invoice[];
  nextCursor: string | null;
}

/**
 * What a page may do about what a workspace pays: `billingSourceAt` over a server of yours, or functions of your own.
 * Each fails with a `UXFlowError`. Pages that are led to (`url`) bring people back to the page that asked.
 */
export interface BillingSource {
  overview(): Promise<BillingOverview>;
  invoices(cursor?: string): Promise<InvoicePage>;
  checkout(buys: { plan: PaidPlanId } | { topUp: TopUpId }): Promise<HostedPage>;
  portal(): Promise<HostedPage>;
  changePlan(plan: PlanId): Promise<Subscription>;
  setAutoTopUp(wish: AutoTopUpParams): Promise<AutoTopUp>;
  /** How somebody came back from a checkout to this page, if just that has happened. */
  readonly returned?: 'paid' | 'cancelled' | null | undefined;
}

/** What the page asks `createBillingHandler` to do. */
export type BillingRequest =
  | { action: 'checkout'; plan: PaidPlanId; successUrl: string; cancelUrl: string }
  | { action: 'checkout'; topUp: TopUpId; successUrl: string; cancelUrl: string }
  | { action: 'portal'; returnUrl: string }
  | { action: 'plan'; plan: PlanId }
  | ({ action: 'auto-top-up' } & AutoTopUpParams);
