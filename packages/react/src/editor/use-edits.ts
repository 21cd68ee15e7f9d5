import type { Op } from '@uxflow/flow';
import { UXFlowError, type Room, type UndoReceipt } from '@uxflow/sdk';
import { useCallback, useMemo, useState, type RefObject } from 'react';
import { useToasts, type Toasts } from '../chrome/use-toasts.ts';
import { explain } from '../chrome/words.ts';
import { useUXFlow } from '../provider.tsx';

export interface Edits extends Toasts {
  /** Sends ops; a refusal is told by the room. Nothing is sent for an empty list. */
  commit: (ops: Op[]) => void;
  undo: () => void;
  redo: () => void;
  /** Takes a run back, if it is still this user's last step. */
  undoRun: (runId: string) => void;
  arrange: () => void;
  arranging: boolean;
  /** Tells an error to the user and to the embedder. */
  fail: (error: unknown) => void;
  /** Tells why something cannot be done. */
  notice: (text: string) => void;
}

/** Commits looked through for this user's last step. */
const RECENT_COMMITS = 100;

/** Everything that changes the flow, and what people are told when it does not work. */
export function useEdits(
  room: Room,
  flowId: string,
  latest: RefObject<{ onError?: ((error: unknown) => void) | undefined }>,
): Edits {
  const client = useUXFlow();
  const messages = useToasts();
  const { show } = messages;
  const [arranging, setArranging] = useState(false);

  const fail = useCallback(
    (error: unknown) => {
      const { title, text } = explain(error);
      show({ kind: 'error', title, text });
      latest.current.onError?.(error);
    },
    [show, latest],
  );
  const notice = useCallback((text: string) => show({ kind: 'info', title: text }), [show]);

  const commit = useCallback(
    (ops: Op[]) => {
      // Refusals reach the user through the room's `refused` event, for this commit and for those of a reconnect alike.
      if (ops.length > 0) room.commit(ops).catch(() => undefined);
    },
    [room],
  );

  const step = useCallback(
    (action: () => Promise<UndoReceipt>, nothing: string) => {
      action().then(
        ({ skipped }) => {
          if (skipped.length > 0)
            show({ kind: 'info', title: 'Some of it was kept', text: skipped.join(' ') });
        },
        (error: unknown) => {
          // The room tells every refusal as an event too; only “nothing to undo” needs words of its own.
          if (error instanceof UXFlowError && error.code === 'conflict') notice(nothing);
        },
      );
    },
    [show, notice],
  );
  const undo = useCallback(() => step(room.undo, 'There is nothing of yours to undo.'), [room, step]);
  const redo = useCallback(() => step(room.redo, 'There is nothing to redo.'), [room, step]);

  const undoRun = useCallback(
    (runId: string) => {
      const check = async (): Promise<void> => {
        const after = Math.max(0, room.clock - RECENT_COMMITS);
        const { data } = await client.flows.commits(flowId, { after, limit: RECENT_COMMITS });
        const own = data.filter(({ actor }) => actor.id === room.self?.actor.id).at(-1);
        if (own?.runId === runId) step(room.undo, 'This run has been undone already.');
        else notice('You have edited the flow since this run. Undo those edits first.');
      };
      check().catch(fail);
    },
    [client, flowId, room, step, notice, fail],
  );

  const arrange = useCallback(() => {
    setArranging(true);
    client.flows
      .layout(flowId)
      .then(({ applied }) => {
        if (applied.length === 0) notice('Everything is in its place already.');
      }, fail)
      .finally(() => setArranging(false));
  }, [client, flowId, notice, fail]);

  return useMemo(
    () => ({ ...messages, commit, undo, redo, undoRun, arrange, arranging, fail, notice }),
    [messages, commit, undo, redo, undoRun, arrange, arranging, fail, notice],
  );
}
