import type { Subscription } from '@uxflow/sdk/billing';
import { useState, type ReactElement } from 'react';
import { day } from './billing-words.ts';

const FEW = 4;

/** What has happened, newest first; nothing when nothing has. */
export function Notices({ notices }: { notices: Subscription['notices'] }): ReactElement | null {
  const [all, setAll] = useState(false);
  if (notices.length === 0) return null;
  return (
    <section aria-label="What has happened">
      <h3>What has happened</h3>
      <ul className="uxf-billing__rows">
        {notices.slice(0, all ? undefined : FEW).map(({ at, kind, detail }, index) => (
          // Two may be of one kind and second.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${at} ${kind} ${index}`}>
            <span>{detail}</span>
            <time dateTime={at}>{day(at)}</time>
          </li>
        ))}
      </ul>
      {notices.length > FEW && !all && (
        <button type="button" className="uxf-textbutton" onClick={() => setAll(true)}>
          Show all {notices.length}
        </button>
      )}
    </section>
  );
}
