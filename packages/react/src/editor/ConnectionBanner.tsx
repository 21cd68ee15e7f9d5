import type { ReactElement } from 'react';
import { explain } from '../chrome/words.ts';
import { Icon } from '../icons.tsx';
import type { UseRoom } from '../room/use-room.ts';

/** Says that edits are kept while the connection is away, or that the room has closed for good. */
export function ConnectionBanner({
  status,
  live,
}: {
  status: UseRoom['status'];
  live: Pick<UseRoom, 'closedBecause' | 'reopen'>;
}): ReactElement | null {
  if (status === 'offline') {
    return (
      <div className="uxf-banner" role="status">
        <Icon name="offline" /> <span>You are offline. Changes are kept and sent when you are back.</span>
      </div>
    );
  }
  if (status !== 'closed') return null;
  const { title, text } = explain(live.closedBecause);
  return (
    <div className="uxf-banner" data-kind="error" role="alert">
      <Icon name="error" />{' '}
      <span>
        <b>{title}.</b> {text}
      </span>
      <button type="button" className="uxf-button" onClick={live.reopen}>
        Reconnect
      </button>
    </div>
  );
}
