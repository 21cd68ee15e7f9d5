import { UXFlowError, type Room, type RoomSnapshot } from '@uxflow/sdk';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useUXFlow } from '../provider.tsx';

const CONNECTING: RoomSnapshot = Object.freeze({
  status: 'connecting',
  document: null,
  clock: 0,
  permission: null,
  self: null,
  peers: [],
  pending: 0,
  kept: false,
  refusals: [],
  closedBecause: null,
} satisfies RoomSnapshot);
const noSubscription = (): (() => void) => () => undefined;
const connecting = (): RoomSnapshot => CONNECTING;

interface Opened {
  attempt: number;
  room: Room | null;
  failure: UXFlowError | null;
}

export interface UseRoom extends RoomSnapshot {
  /** Null until the realtime code has been loaded. Commit, undo and redo through it. */
  room: Room | null;
  /** Opens the flow anew after the room was closed for good. */
  reopen: () => void;
}

/**
 * Opens a flow live for as long as the component is mounted, and renders with each change of it. Each mounted hook
 * is a connection of its own: open a flow once and hand the room down.
 */
export function useRoom(flowId: string): UseRoom {
  const client = useUXFlow();
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<Opened>({ attempt: 0, room: null, failure: null });

  useEffect(() => {
    const leaving = new AbortController();
    client.flows.room(flowId, { signal: leaving.signal }).then(
      (room) => {
        if (!leaving.signal.aborted) setOpened({ attempt, room, failure: null });
      },
      (cause: unknown) => {
        if (leaving.signal.aborted) return;
        const failure =
          cause instanceof UXFlowError
            ? cause
            : new UXFlowError('connection_error', 'The editor could not be loaded', { cause });
        setOpened({ attempt, room: null, failure });
      },
    );
    return () => {
      leaving.abort();
      setOpened({ attempt, room: null, failure: null });
    };
  }, [client, flowId, attempt]);

  // What an earlier attempt opened is closed by now.
  const { room, failure } = opened.attempt === attempt ? opened : { room: null, failure: null };
  const snapshot = useSyncExternalStore(
    room?.subscribe ?? noSubscription,
    room?.getSnapshot ?? connecting,
    connecting,
  );
  const reopen = useCallback(() => setAttempt((count) => count + 1), []);
  if (failure) return { ...snapshot, status: 'closed', closedBecause: failure, room, reopen };
  return { ...snapshot, room, reopen };
}
