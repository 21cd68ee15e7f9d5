import { useEffect, useState } from 'react';
import type { RoomSnapshot } from '@uxflow/sdk';

/** Most interruptions are shorter: a deployment of the server, a change of network. Edits are kept either way. */
const GRACE_MS = 2_000;

/** The room's status as people are told it: an interruption counts only once it has lasted a moment. */
export function useStatusAfterGrace(status: RoomSnapshot['status']): RoomSnapshot['status'] {
  const offline = status === 'offline';
  const [lasting, setLasting] = useState(false);
  if (!offline && lasting) setLasting(false);
  useEffect(() => {
    if (!offline) return undefined;
    const timer = setTimeout(() => setLasting(true), GRACE_MS);
    return () => clearTimeout(timer);
  }, [offline]);
  return offline && !lasting ? 'online' : status;
}
