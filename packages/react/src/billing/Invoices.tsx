import type { Invoice } from '@uxflow/sdk/billing';
import type { ReactElement } from 'react';
import { day, money } from './billing-words.ts';
import { Alert } from './parts.tsx';
import type { UseInvoices } from './use-invoices.ts';

const STATUS: Record<string, string> = {
  draft: 'Being prepared',
  open: 'To be paid',
  paid: 'Paid',
  void: 'Cancelled',
  uncollectible: 'Written off',
};

/** The invoices, newest first, a page at a time. */
export function Invoices({ invoices }: { invoices: UseInvoices }): ReactElement {
  const { listed, failed, loading } = invoices;
  const more = (): void => {
    if (!loading) invoices.more();
  };
  const next = listed?.nextCursor ?? null;
  return (
    <section aria-label="Invoices" aria-busy={loading}>
      <h3>Invoices</h3>
      {failed && (
        <Alert why={failed}>
          <button type="button" className="uxf-button" onClick={more}>
            Try again
          </button>
        </Alert>
      )}
      {!listed && !failed && <p className="uxf-billing__hint">Reading invoices …</p>}
      {listed?.data.length === 0 && <p className="uxf-billing__hint">There are no invoices yet.</p>}
      {listed && listed.data.length > 0 && (
        <ul className="uxf-billing__rows">
          {listed.data.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} />
          ))}
        </ul>
      )}
      {next !== null && !failed && (
        <button type="button" className="uxf-textbutton" aria-disabled={loading || undefined} onClick={more}>
          {loading ? 'One moment …' : 'Show older ones'}
        </button>
      )}
    </section>
  );
}

function Row({ invoice }: { invoice: Invoice }): ReactElement {
  const { number, status, total, currency, createdAt, url, pdfUrl } = invoice;
  const name = number ?? 'Invoice';
  return (
    <li data-status={status}>
      <span className="uxf-billing__invoice">
        {url === null ? (
          name
        ) : (
          <a className="uxf-link" href={url} target="_blank" rel="noreferrer">
            {name}
            <span className="uxf-visually-hidden"> (opens in a new tab)</span>
          </a>
        )}
        {pdfUrl !== null && (
          <a className="uxf-link" href={pdfUrl} target="_blank" rel="noreferrer">
            PDF<span className="uxf-visually-hidden"> of {name} (opens in a new tab)</span>
          </a>
        )}
      </span>
      <span className="uxf-billing__sum">{money(total, currency)}</span>
      <span className="uxf-billing__badge" data-tone={status === 'open' ? 'care' : 'quiet'}>
        {STATUS[status] ?? status}
      </span>
      <time dateTime={createdAt}>{day(createdAt)}</time>
    </li>
  );
}
