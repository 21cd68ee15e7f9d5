import { Stripe } from 'stripe';

/** How old a signature may be, and how far ahead of our clock. Seconds; Stripe's own library bounds only the past. */
const TOLERANCE = 300;

/** A verified event: enough to keep it. Its payload is evidence of what to look up, not of how things stand. */
export interface VerifiedEvent {
  id: string;
  type: string;
  kind: 'snapshot' | 'thin';
  payload: string;
}

const crypto = Stripe.createSubtleCryptoProvider();
// Verifying asks Stripe nothing; the key is never sent.
const stripe = new Stripe('sk_none', { httpClient: Stripe.createFetchHttpClient() });

export class Unverified extends Error {}

/**
 * Verifies a delivery of Stripe on its raw text.
 * @param header the request's `Stripe-Signature`
 * @param secrets of the destination; several while one is being rolled
 * @throws Unverified telling why, in words that hold no secret
 */
export async function verify(
  kind: 'snapshot' | 'thin',
  payload: string,
  header: string,
  secrets: readonly string[],
): Promise<VerifiedEvent> {
  let fault: unknown = new Unverified('No signing secret is configured.');
  for (const secret of secrets) {
    try {
      const { id, type } =
        kind === 'snapshot'
          ? await stripe.webhooks.constructEventAsync(payload, header, secret, TOLERANCE, crypto)
          : await stripe.parseEventNotificationAsync(payload, header, secret, TOLERANCE, crypto);
      refuseFuture(header);
      if (typeof id !== 'string' || typeof type !== 'string') throw new Unverified('This is no event.');
      return { id, type, kind, payload };
    } catch (error) {
      fault = error;
    }
  }
  if (fault instanceof Unverified) throw fault;
  if (fault instanceof Stripe.errors.StripeSignatureVerificationError) {
    throw new Unverified('The signature does not match the body, or is too old.', { cause: fault });
  }
  throw new Unverified('This is no event of the kind that is expected here.', { cause: fault });
}

/** A signature from tomorrow would be good until then, and could be played back all the while. */
function refuseFuture(header: string): void {
  // The last one, as the library reads it: the one that is signed.
  const signedAt = Number([...header.matchAll(/(?:^|,)t=([^,=]*)/g)].at(-1)?.[1]);
  if (!(signedAt <= Date.now() / 1000 + TOLERANCE)) {
    throw new Unverified('The signature is from the future.');
  }
}
