import type { BillingOverview, BillingSource, HostedPage, Subscription } from '@uxflow/sdk/billing';
import type { CreditsWatch } from '@uxflow/sdk/credits';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Explanation } from '../chrome/words.ts';
import { explainBilling } from './billing-words.ts';
import { type UseInvoices, useInvoices } from './use-invoices.ts';

/** Milliseconds between looks of an open page. */
const LOOK = 60_000;
/** After a payment: its news comes within moments, by way of Stripe. */
const EXPECT = 2_000;
const EXPECT_FOR = 30_000;

/** A part of the panel, which shows what was refused there. */
export type Part = 'plan' | 'packs' | 'auto' | 'portal' | 'question';

export interface UseBilling {
  overview: BillingOverview | null;
  invoices: UseInvoices;
  /** Why there is nothing to show. */
  failed: Explanation | null;
  refresh(): Promise<void>;
  /** What is being done, by a name of the caller's; one thing at a time. */
  busy: string | null;
  refused: { part: Part; why: Explanation } | null;
  /** @returns whether it was done */
  act(part: Part, name: string, work: () => Promise<Subscription | 'left' | void>): Promise<boolean>;
  /** Leads to a page of Stripe's. */
  leadTo(part: Part, name: string, page: () => Promise<HostedPage>): Promise<void>;
  forgetRefusal(): void;
}

interface Known {
  of: BillingSource;
  overview: BillingOverview | null;
  failed: Explanation | null;
}
const NOTHING: Pick<Known, 'overview' | 'failed'> = { overview: null, failed: null };

/** What a workspace pays, looked at again when credits move, when the page is returned to, and now and then. */
export function useBilling(
  source: BillingSource,
  credits: CreditsWatch | undefined,
  openPage: (url: string) => void,
): UseBilling {
  const [known, setKnown] = useState<Known>({ of: source, overview: null, failed: null });
  const invoices = useInvoices(source);
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<UseBilling['refused']>(null);
  const acting = useRef(false);
  // An answer that was asked for before something newer is not shown.
  const asked = useRef(0);

  const look = useCallback(async () => {
    const mine = ++asked.current;
    try {
      const overview = await source.overview();
      if (mine === asked.current) setKnown({ of: source, overview, failed: null });
    } catch (error) {
      if (mine !== asked.current) return;
      const failed = explainBilling(error);
      setKnown((before) => ({ of: source, overview: before.of === source ? before.overview : null, failed }));
    }
  }, [source]);
  const { reload } = invoices;
  const refresh = useCallback(async () => {
    await Promise.all([look(), reload()]);
  }, [look, reload]);

  const act = useCallback<UseBilling['act']>(
    async (part, name, work) => {
      if (acting.current) return false;
      acting.current = true;
      setBusy(name);
      setRefused(null);
      try {
        const outcome = await work();
        asked.current++;
        if (outcome === 'left') return true;
        if (outcome) {
          setKnown((before) => ({
            ...before,
            overview: before.overview && { ...before.overview, subscription: outcome },
          }));
        }
        await refresh();
        return true;
      } catch (error) {
        setRefused({ part, why: explainBilling(error) });
        await refresh();
        return false;
      } finally {
        acting.current = false;
        setBusy(null);
      }
    },
    [refresh],
  );

  const leadTo = useCallback<UseBilling['leadTo']>(
    async (part, name, page) => {
      await act(part, name, async () => {
        const { url } = await page();
        openPage(url);
        return 'left';
      });
    },
    [act, openPage],
  );

  useEffect(() => {
    const first = setTimeout(() => void refresh());
    const paid = source.returned === 'paid';
    const until = Date.now() + EXPECT_FOR;
    const lookIfSeen = (): void => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const soon = paid
      ? setInterval(() => (Date.now() < until ? lookIfSeen() : clearInterval(soon)), EXPECT)
      : undefined;
    const now = setInterval(lookIfSeen, LOOK);
    window.addEventListener('focus', lookIfSeen);
    window.addEventListener('pageshow', lookIfSeen);
    return () => {
      clearTimeout(first);
      clearInterval(soon);
      clearInterval(now);
      window.removeEventListener('focus', lookIfSeen);
      window.removeEventListener('pageshow', lookIfSeen);
    };
  }, [refresh, source]);

  useEffect(() => {
    if (!credits) return undefined;
    let known = paidFor(credits);
    let again: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = credits.subscribe(() => {
      const now = paidFor(credits);
      if (now === known) return;
      const first = known === null;
      known = now;
      if (first) return;
      void refresh();
      // Credits move first; what is told of it follows.
      clearTimeout(again);
      again = setTimeout(() => void refresh(), EXPECT);
    });
    return () => {
      clearTimeout(again);
      unsubscribe();
    };
  }, [credits, refresh]);

  const forgetRefusal = useCallback(() => setRefused(null), []);
  const { overview, failed } = known.of === source ? known : NOTHING;
  return { overview, invoices, failed, refresh, busy, refused, act, leadTo, forgetRefusal };
}

/** What payments, and not runs, change of a balance. */
function paidFor(credits: CreditsWatch): string | null {
  const { credits: now } = credits.getSnapshot();
  return now && 'available' in now ? `${now.granted} ${now.clawedBack} ${now.debt}` : null;
}
