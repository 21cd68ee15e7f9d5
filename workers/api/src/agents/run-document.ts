import type { Actor } from '@uxflow/flow/sync';
import type { FlowRoomRpc } from '../flows/room.rpc.ts';
import type { Clock, DocumentPort } from './loop/ports.ts';

/** Milliseconds to wait before each further attempt to reach the room. */
const RETRIES = [100, 400, 1_600];

/**
 * A flow's room as a run's document: every edit bears the caller's name and the run's id. A room that was restarted
 * is asked again; commits are safe to repeat because of their keys.
 * @param open makes a new stub, because one is of no use after an exception.
 */
export function roomDocument(
  open: () => FlowRoomRpc,
  about: { actor: Actor; runId: string },
  clock: Clock,
): DocumentPort {
  const patiently = async <T>(ask: (room: FlowRoomRpc) => Promise<T>): Promise<T> => {
    for (const delay of RETRIES) {
      try {
        return await ask(open());
      } catch {
        // The last attempt below throws what is still wrong then.
        await clock.sleep(delay);
      }
    }
    return ask(open());
  };
  return {
    snapshot: () => patiently((room) => room.snapshot()),
    commit: (edit) => patiently((room) => room.commit({ ...edit, ...about })),
  };
}
