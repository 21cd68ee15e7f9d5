import type { BillingSource, InvoicePage } from '@uxflow/sdk/billing';
import { useCallback, useState } from 'react';
import type { Explanation } from '../chrome/words.ts';
import { explainBilling } from './billing-words.ts';

export interface UseInvoices {
  listed: InvoicePage | null;
  failed: Explanation | null;
  /** An older page is on its way. */
  loading: boolean;
  /** Looks for new ones, and at what has become of the newest. Never fails: `failed` says so. */
  reload(): Promise<void>;
  /** The next older page. */
  more(): void;
}

/** The invoices as far as they were asked for, newest first. */
export function useInvoices(source: BillingSource): UseInvoices {
  const [known, setKnown] = useState<{ of: BillingSource; listed: InvoicePage } | null>(null);
  const [failed, setFailed] = useState<Explanation | null>(null);
  const [loading, setLoading] = useState(false);
  const listed = known?.of === source ? known.listed : null;

  const load = useCallback(
    async (cursor?: string): Promise<void> => {
      try {
        const page = await source.invoices(cursor);
        setFailed(null);
        setKnown((before) => ({
          of: source,
          listed: before?.of === source ? merged(before.listed, page, cursor !== undefined) : page,
        }));
      } catch (error) {
        setFailed(explainBilling(error));
      }
    },
    [source],
  );

  const next = listed?.nextCursor ?? undefined;
  const more = useCallback(() => {
    setLoading(true);
    void load(next).finally(() => setLoading(false));
  }, [load, next]);
  const reload = useCallback(() => load(), [load]);
  return { listed, failed, loading, reload, more };
}

/** What is known, with a page that is older than all of it, or the newest one as it is now. */
function merged(known: InvoicePage, page: InvoicePage, older: boolean): InvoicePage {
  const fresh = new Set(page.data.map(({ id }) => id));
  const kept = known.data.filter(({ id }) => !fresh.has(id));
  return older
    ? { data: [...kept, ...page.data], nextCursor: page.nextCursor }
    : { data: [...page.data, ...kept], nextCursor: known.nextCursor };
}
