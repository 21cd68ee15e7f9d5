import type { Stripe } from 'stripe';
import type { Wire } from './wire.ts';

type Thing<T> = Wire<T>;

/** Everything that is stored, by the name Stripe gives its kind; the kinds after the gap are our own bookkeeping. */
export interface Objects {
  customer: Thing<Stripe.Customer> | Stripe.DeletedCustomer;
  product: Thing<Stripe.Product> | Stripe.DeletedProduct;
  price: Thing<Stripe.Price>;
  payment_method: Thing<Stripe.PaymentMethod>;
  payment_intent: Thing<Stripe.PaymentIntent>;
  setup_intent: Thing<Stripe.SetupIntent>;
  charge: Thing<Stripe.Charge>;
  refund: Thing<Stripe.Refund>;
  dispute: Thing<Stripe.Dispute>;
  'radar.early_fraud_warning': Thing<Stripe.Radar.EarlyFraudWarning>;
  subscription: Thing<Stripe.Subscription>;
  subscription_schedule: Thing<Stripe.SubscriptionSchedule>;
  invoice: Thing<Stripe.Invoice>;
  invoiceitem: Thing<Stripe.InvoiceItem>;
  invoice_payment: Thing<Stripe.InvoicePayment>;
  'checkout.session': Thing<Stripe.Checkout.Session>;
  'billing_portal.configuration': Thing<Stripe.BillingPortal.Configuration>;
  'billing_portal.session': Thing<Stripe.BillingPortal.Session>;
  'billing.meter': Thing<Stripe.Billing.Meter>;
  webhook_endpoint: Thing<Stripe.WebhookEndpoint>;
  event_destination: Thing<Stripe.V2.Core.EventDestination>;
  event: EventObject;
  'test_helpers.test_clock': Thing<Stripe.TestHelpers.TestClock>;

  /** How a payment method behaves, and whether its owner has authenticated it. */
  instrument: { id: string; card: string; authenticated: boolean };
  /** What a Checkout session will make once it is paid. */
  checkout_plan: CheckoutPlan;
  /** A change of a subscription that waits for its invoice; `id` is the subscription's. */
  pending_change: {
    id: string;
    invoice: string;
    items: Thing<Stripe.SubscriptionItem>[];
    anchor: number | null;
  };
  /** `id` is the identifier. */
  meter_event: {
    id: string;
    meter: string;
    customer: string;
    value: number;
    timestamp: number;
    created: number;
  };
  thin_event: ThinEvent;
  /** Signing secret of an endpoint or destination, and the payload it gets. */
  secret: { id: string; secret: string };
  delivery: Delivery;
  idempotency: { id: string; fingerprint: string; status: number; body: string; at: number };
  setting: { id: string; value: number };
}

/** A snapshot event; the SDK types each kind of event apart, which is too narrow to build one by its type's name. */
export interface EventObject extends Omit<Stripe.EventBase, 'data'> {
  data: { object: object; previous_attributes?: object };
}

export interface ThinEvent extends Stripe.V2.Core.EventBase {
  data?: object;
  related_object?: { id: string; type: string; url: string };
}

export interface CheckoutPlan {
  id: string;
  lines: Wire<Stripe.LineItem>[];
  subscription: {
    metadata: Record<string, string>;
    trial_end: number | null;
    trial_days: number | null;
    description: string | null;
    missing_payment_method: 'cancel' | 'create_invoice' | 'pause';
  };
  payment: {
    metadata: Record<string, string>;
    setup_future_usage: 'off_session' | 'on_session' | null;
    description: string | null;
    capture_method: 'automatic' | 'manual';
    receipt_email: string | null;
  };
  invoice: { metadata: Record<string, string>; description: string | null; footer: string | null } | null;
}

export interface Delivery {
  id: string;
  event: string;
  endpoint: string;
  url: string;
  type: string;
  thin: boolean;
  /** Which of the copies of this event to this endpoint, from 0. */
  copy: number;
  state: 'waiting' | 'delivered' | 'failed';
  /** Real time (ms) of the next attempt. */
  dueAt: number;
  attempts: { at: number; status: number | null; error: string | null; dropped: boolean }[];
}
