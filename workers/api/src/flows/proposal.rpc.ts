import type { Proposal, ProposalStatus, ProposalSummary } from '@uxflow/flow/proposals';
import type {
  AcceptRequest,
  EditProposalRequest,
  ProposeRequest,
  RejectRequest,
} from '@uxflow/flow/sync/server';
import type { Outcome } from '../platform/errors.ts';
import type { CommitResult } from './room.rpc.ts';

/** What the rest of the API may ask of a flow's proposals. Its room implements it. */
export interface ProposalRpc {
  /** Keeps ops for somebody's decision; the same id again is answered with the proposal that it made. */
  propose(input: ProposeRequest): Promise<Outcome<{ proposal: ProposalSummary }>>;
  /** Newest first, without ops; those made before the proposal with the id `before`. */
  proposals(
    before: string | undefined,
    limit: number,
    status: ProposalStatus | undefined,
  ): Promise<Outcome<{ proposals: ProposalSummary[] }>>;
  proposal(id: string): Promise<Outcome<{ proposal: Proposal }>>;
  editProposal(input: EditProposalRequest): Promise<Outcome<{ proposal: ProposalSummary }>>;
  /** One commit of whoever accepts, see `FlowProposals.accept`. */
  acceptProposal(input: AcceptRequest): Promise<Outcome<CommitResult & { proposal: ProposalSummary }>>;
  rejectProposal(input: RejectRequest): Promise<Outcome<{ proposal: ProposalSummary }>>;
}
