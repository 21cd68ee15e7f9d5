import type { FlowDocument, Op } from '@uxflow/flow';
import { missingFor } from '@uxflow/flow/proposals';
import type { Proposal, ProposalOp, Room } from '@uxflow/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { explain } from '../chrome/words.ts';
import { Icon } from '../icons.tsx';
import { describeOp, nodesOf } from './proposal-words.ts';
import { useProposal } from './use-proposal.ts';

export interface ProposalReviewProps {
  flowId: string;
  proposalId: string;
  document: FlowDocument;
  room: Room;
  readOnly: boolean;
  /** Told the ops that are chosen, and null when there is nothing to decide on any more. */
  onReview: (ops: readonly Op[] | null) => void;
  onShow: (nodeIds: readonly string[]) => void;
}

/** What an agent proposes, change by change: to be accepted whole or in part, or rejected. */
export function ProposalReview(props: ProposalReviewProps): ReactElement | null {
  const { flowId, proposalId, document, room, readOnly, onReview, onShow } = props;
  const { proposal, failure, busy, decide } = useProposal(flowId, proposalId, document, room);
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set());
  useEffect(() => {
    if (proposal?.status !== 'open') return undefined;
    const open = proposal.ops.filter(({ opId, state }) => state === 'open' && !left.has(opId));
    onReview(open.map(({ op }) => op));
    return () => onReview(null);
  }, [proposal, left, onReview]);
  if (!proposal) return failure === null ? null : <Failure failure={failure} />;

  const open = proposal.status === 'open' ? proposal.ops.filter(({ state }) => state === 'open') : [];
  const chosen = open.map(({ opId }) => opId).filter((opId) => !left.has(opId));
  const requirements = new Map(open.map(({ opId, requires }) => [opId, requires]));
  const toggle = (opId: string): void => {
    const next = new Set(chosen);
    if (next.delete(opId)) {
      // What cannot be without it goes along.
      for (const each of chosen)
        if (missingFor(new Set([each]), requirements).includes(opId)) next.delete(each);
    } else for (const each of [opId, ...missingFor(new Set([opId]), requirements)]) next.add(each);
    setLeft(new Set(open.flatMap((each) => (next.has(each.opId) ? [] : [each.opId]))));
  };
  const proposed = proposal.ops.map(({ op }) => op);

  return (
    <section className="uxf-proposal" data-status={proposal.status} aria-label="Proposed changes">
      <ul className="uxf-proposal__ops">
        {proposal.ops.map((each) => (
          <li key={each.opId} data-state={each.state}>
            <label>
              {open.includes(each) && !readOnly && (
                <input
                  type="checkbox"
                  checked={!left.has(each.opId)}
                  disabled={busy}
                  onChange={() => toggle(each.opId)}
                />
              )}
              <span>{describeOp(each.op, document, proposed)}</span>
            </label>
            <Obstacle op={each} />
            {nodesOf(each.op, document).length > 0 && (
              <button
                type="button"
                className="uxf-link"
                aria-label={`Show: ${describeOp(each.op, document, proposed)}`}
                onClick={() => onShow(nodesOf(each.op, document))}
              >
                Show
              </button>
            )}
          </li>
        ))}
      </ul>
      {open.length === 0 ? (
        <p className="uxf-proposal__end" role="status">
          {endOf(proposal)}
        </p>
      ) : (
        !readOnly && (
          <div className="uxf-proposal__foot">
            <button
              type="button"
              className="uxf-button"
              disabled={busy || chosen.length === 0}
              onClick={() => decide('accept', chosen)}
            >
              <Icon name="check" size={14} />{' '}
              {chosen.length === open.length ? 'Accept all' : `Accept ${chosen.length} of ${open.length}`}
            </button>
            <button
              type="button"
              className="uxf-textbutton"
              disabled={busy}
              onClick={() =>
                decide(
                  'reject',
                  open.map(({ opId }) => opId),
                )
              }
            >
              <Icon name="close" size={14} /> Reject
            </button>
          </div>
        )
      )}
      {failure !== null && <Failure failure={failure} />}
    </section>
  );
}

/** What stands in the way of one change. */
function Obstacle({ op: { blocked, conflicts } }: { op: ProposalOp }): ReactElement | null {
  if (blocked === undefined && conflicts.length === 0) return null;
  const gone = conflicts.some(({ dropped }) => dropped);
  const fields = [...new Set(conflicts.map(({ field }) => field))].join(', ');
  return (
    <small className="uxf-proposal__obstacle">
      <Icon name="info" size={12} />{' '}
      {blocked !== undefined
        ? 'Not possible any more as the flow stands'
        : gone
          ? 'What this belongs to has been removed since'
          : `Somebody has changed this since: ${fields}`}
    </small>
  );
}

function Failure({ failure }: { failure: unknown }): ReactElement {
  return (
    <p className="uxf-failure" role="alert">
      {explain(failure).text}
    </p>
  );
}

function endOf({ status, counts, ops, endedBy }: Proposal): string {
  if (status === 'expired') return 'This proposal has expired.';
  const who = endedBy ? ` by ${endedBy.name}` : '';
  if (counts.accepted === 0) return `Rejected${who}.`;
  const how = counts.accepted === ops.length ? 'Accepted' : `Accepted ${counts.accepted} of ${ops.length}`;
  return `${how}${who}.`;
}
