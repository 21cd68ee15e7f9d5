import { attemptFetch } from '../core/http.ts';
import type { BillingOverview, BillingRequest, BillingSource, InvoicePage } from './source.ts';
import type { AutoTopUp, HostedPage, Subscription } from './types.ts';

/** Milliseconds; a change of plan waits for a bank. */
const TIMEOUT = 45_000;
/** What a page's own address is marked with when a checkout leads back to it. */
const MARK = 'uxf-checkout';

/**
 * Billing by way of your own server, where `createBillingHandler` answers at `url`. Make it once for a page: it notes
 * whether somebody has just come back from a checkout, and takes that mark out of the address.
 */
export function billingSourceAt(url: string): BillingSource {
  const read = <T>(query: Record<string, string> = {}): Promise<T> => {
    const asked = new URL(url, location.href);
    for (const [name, value] of Object.entries(query)) asked.searchParams.set(name, value);
    return ask<T>(asked, {});
  };
  const write = <T>(body: BillingRequest): Promise<T> =>
    ask<T>(new URL(url, location.href), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
  return {
    overview: () => read<BillingOverview>(),
    invoices: (cursor) => read<InvoicePage>({ list: 'invoices', ...(cursor !== undefined && { cursor }) }),
    checkout: (buys) =>
      write<HostedPage>({
        action: 'checkout',
        ...buys,
        successUrl: backWith('paid'),
        cancelUrl: backWith('cancelled'),
      }),
    portal: () => write<HostedPage>({ action: 'portal', returnUrl: location.href }),
    changePlan: (plan) => write<Subscription>({ action: 'plan', plan }),
    setAutoTopUp: (wish) => write<AutoTopUp>({ action: 'auto-top-up', ...wish }),
    returned: takeReturned(),
  };
}

function ask<T>(url: URL, init: RequestInit): Promise<T> {
  const whole: RequestInit = { credentials: 'same-origin', ...init };
  return attemptFetch(
    (input, given) => globalThis.fetch(input, given),
    url.href,
    whole,
    TIMEOUT,
    undefined,
    async (response): Promise<T> => response.json(),
  );
}

/** This page's address with the mark. */
function backWith(outcome: 'paid' | 'cancelled'): string {
  const back = new URL(location.href);
  back.searchParams.set(MARK, outcome);
  return back.href;
}

function takeReturned(): BillingSource['returned'] {
  const here = new URL(location.href);
  const outcome = here.searchParams.get(MARK);
  if (outcome === null) return null;
  here.searchParams.delete(MARK);
  history.replaceState(history.state, '', here);
  return outcome === 'paid' || outcome === 'cancelled' ? outcome : null;
}
