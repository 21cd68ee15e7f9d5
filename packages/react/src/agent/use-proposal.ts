import type { Proposal, Room } from '@uxflow/sdk';
import type { FlowDocument } from '@uxflow/flow';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useUXFlow } from '../provider.tsx';

/** The flow may change many times a second; what stands in the way of a proposal is asked for that late. */
const SETTLE_MS = 400;

export interface UseProposal {
  /** Null until it has been read. */
  proposal: Proposal | null;
  /** Why it could not be read, or decided on. */
  failure: unknown;
  /** A decision is on its way. */
  busy: boolean;
  /** Decides on the ops with these ids. */
  decide: (decision: 'accept' | 'reject', opIds: readonly string[]) => void;
}

/**
 * One proposal, read anew whenever somebody edits or decides on it, and whenever the flow changes while it is open,
 * because what it meets there may have changed.
 */
export function useProposal(
  flowId: string,
  proposalId: string,
  document: FlowDocument,
  room: Room,
): UseProposal {
  const client = useUXFlow();
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const life = useRef(new AbortController());
  const isDecided = proposal !== null && proposal.status !== 'open';

  const read = useCallback(async () => {
    const { signal } = life.current;
    try {
      const found = await client.flows.proposals.get(flowId, proposalId, { signal });
      if (!signal.aborted) setProposal(found);
    } catch (error) {
      if (!signal.aborted) setFailure(error);
    }
  }, [client, flowId, proposalId]);

  useEffect(() => {
    life.current = new AbortController();
    return () => life.current.abort();
  }, []);

  /** The flow for which it was last asked for. */
  const [asked, setAsked] = useState<FlowDocument | null>(null);
  useEffect(() => {
    if (isDecided || asked === document) return undefined;
    const timer = setTimeout(
      () => {
        setAsked(document);
        void read();
      },
      asked === null ? 0 : SETTLE_MS,
    );
    return () => clearTimeout(timer);
  }, [read, asked, document, isDecided]);

  useEffect(
    () =>
      room.on('proposal', (told) => {
        if (told.proposalId === proposalId) void read();
      }),
    [room, proposalId, read],
  );

  const decide = useCallback<UseProposal['decide']>(
    (decision, opIds) => {
      const { signal } = life.current;
      setBusy(true);
      setFailure(null);
      client.flows.proposals[decision](flowId, proposalId, { opIds: [...opIds] })
        .then(undefined, (error: unknown) => {
          if (!signal.aborted) setFailure(error);
        })
        .then(read)
        .finally(() => {
          if (!signal.aborted) setBusy(false);
        });
    },
    [client, flowId, proposalId, read],
  );
  return { proposal, failure, busy, decide };
}
