import type { Stripe } from 'stripe';

/**
 * A Stripe object as it crosses the wire: decimals are strings (stripe-node turns them into `Decimal`), and whatever may
 * be expanded is still an id. Derived from the SDK's own types, so that an upgrade of the SDK that changes an object
 * breaks this build instead of our users.
 */
export type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends (infer U)[]
    ? Wire<U>[]
    : T extends object
      ? { [K in keyof T]: WireField<T[K]> }
      : T;

type WireField<V> = string extends V ? Exclude<V, object> : Wire<V>;
