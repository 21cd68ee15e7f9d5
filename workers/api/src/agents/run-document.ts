import type { Actor } from '@uxflow/flow/sync';
import type { FlowRoomRpc } from '../flows/room.rpc.ts';
import type { Clock, DocumentPort } from './loop/ports.ts';

/** Milliseconds to wait before each further attempt to reach the room. */
const RETRIES = [100, 400, 1_600];

/** Asks a room that may have been restarted, again if need be: only for what is safe to repeat. */
export type PatientRoom = <T>(ask: (room: FlowRoomRpc) => Promise<T>) => Promise<T>;

/** @param open makes a new stub, because one is of no use after an exception. */
export function patientRoom(open: () => FlowRoomRpc, clock: Clock): PatientRoom {
  return async (ask) => {
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
}

/**
 * A flow's room as a run's document: every edit bears the caller's name and the run's id. Commits are safe to repeat
 * because of their keys.
 */
export function roomDocument(room: PatientRoom, about: { actor: Actor; runId: string }): DocumentPort {
  return {
    snapshot: () => room((flow) => flow.snapshot()),
    commit: (edit) => room((flow) => flow.commit({ ...edit, ...about })),
  };
}
