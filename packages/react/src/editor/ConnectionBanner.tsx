import type { RefusedEdit } from '@uxflow/sdk';
import type { ReactElement } from 'react';
import { explain } from '../chrome/words.ts';
import { Icon } from '../icons.tsx';
import type { UseRoom } from '../room/use-room.ts';

/** Says what becomes of edits while the connection is away, which earlier ones failed, or that the room has closed. */
export function ConnectionBanner({
  status,
  live,
  onDismiss,
}: {
  status: UseRoom['status'];
  live: Pick<UseRoom, 'closedBecause' | 'reopen' | 'kept' | 'pending' | 'refusals'>;
  onDismiss: (id: number) => void;
}): ReactElement {
  const { closedBecause, kept, pending, refusals } = live;
  const { title, text } = explain(closedBecause);
  return (
    <div className="uxf-banners">
      {status === 'offline' && (
        <div className="uxf-banner" role="status">
          <Icon name="offline" />{' '}
          <span>
            {kept
              ? 'You are offline. Your edits are kept on this device and sent when you are back.'
              : 'You are offline. Keep this page open: your edits are sent when you are back.'}
          </span>
        </div>
      )}
      {status === 'closed' && (
        <div className="uxf-banner" data-kind="error" role="alert">
          <Icon name="error" />{' '}
          <span>
            <b>{title}.</b> {text}
            {pending > 0 && ` ${editsNotSent(pending)}`}
          </span>
          <button type="button" className="uxf-button" onClick={live.reopen}>
            Reconnect
          </button>
        </div>
      )}
      {refusals.length > 0 && <Refusals refusals={refusals} onDismiss={onDismiss} />}
    </div>
  );
}

/** How many reasons are told apart. */
const REASONS = 3;
const MADE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Edits that were made earlier, offline for instance, and refused when they were sent. They stay until they are read. */
function Refusals({
  refusals,
  onDismiss,
}: {
  refusals: readonly RefusedEdit[];
  onDismiss: (id: number) => void;
}): ReactElement {
  const one = refusals.length === 1;
  const more = refusals.length - REASONS;
  return (
    <div className="uxf-banner" data-kind="error" role="alert" data-testid="refused-edits">
      <Icon name="error" />{' '}
      <div>
        <b>
          {one ? 'An edit that you made earlier' : `${refusals.length} edits that you made earlier`} could not
          be saved.
        </b>
        <ul>
          {refusals.slice(0, REASONS).map(({ id, error, at }) => (
            <li key={id}>
              {at > 0 && `${MADE.format(at)}: `}
              {explain(error).text}
            </li>
          ))}
          {more > 0 && <li>… and {more} more</li>}
        </ul>
      </div>
      <button
        type="button"
        className="uxf-button"
        onClick={() => {
          for (const { id } of refusals) onDismiss(id);
        }}
      >
        Dismiss
      </button>
    </div>
  );
}

function editsNotSent(count: number): string {
  return count === 1 ? 'One edit has not been sent.' : `${count} edits have not been sent.`;
}
