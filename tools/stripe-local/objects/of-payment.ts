type Reference = string | { id: string } | null | undefined;

/** What `charge` and `payment_intent` of a list's query let through. */
export function ofPayment(query: { charge?: string | undefined; payment_intent?: string | undefined }) {
  return ({ charge, payment_intent }: { charge?: Reference; payment_intent?: Reference }): boolean =>
    (query.charge === undefined || charge === query.charge) &&
    (query.payment_intent === undefined || payment_intent === query.payment_intent);
}
