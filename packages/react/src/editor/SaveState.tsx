import type { RoomSnapshot } from '@uxflow/sdk';
import { useState, type ReactElement } from 'react';

export interface SaveStateProps {
  status: RoomSnapshot['status'];
  /** Edits that the server has not confirmed yet. */
  pending: number;
  readOnly: boolean;
}

/** Whether the flow is saved, in words; that it is again after a while offline is also said aloud. */
export function SaveState({ status, pending, readOnly }: SaveStateProps): ReactElement {
  const away = status === 'offline' || status === 'closed';
  const [returned, setReturned] = useState<'never' | 'away' | 'back'>('never');
  if (away && returned !== 'away') setReturned('away');
  if (!away && returned === 'away' && pending === 0 && status === 'online') setReturned('back');

  const [state, text] = away
    ? ['offline', pending > 0 ? `Offline · ${waiting(pending)}` : 'Offline']
    : status === 'connecting'
      ? ['saving', pending > 0 ? `Connecting · ${waiting(pending)}` : 'Connecting']
      : pending > 0
        ? ['saving', returned === 'away' ? `Saving · ${waiting(pending)}` : 'Saving']
        : readOnly
          ? ['view', 'View only']
          : ['saved', 'Saved'];
  return (
    <>
      <span className="uxf-savestate" data-state={state} data-pending={pending} data-testid="save-state">
        <i aria-hidden="true" />
        {text}
      </span>
      <span className="uxf-sr" role="status">
        {returned === 'back' && 'You are back online. All edits are saved.'}
      </span>
    </>
  );
}

function waiting(count: number): string {
  return count === 1 ? '1 edit waiting' : `${count} edits waiting`;
}
