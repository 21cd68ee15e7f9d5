export { PROPOSAL_LIMITS } from './policy.ts';
export { missingFor, requirementsOf, targetOf, type NamedOp } from './requirements.ts';
export type {
  AcceptedCommit,
  Proposal,
  ProposalOp,
  ProposalOpState,
  ProposalStatus,
  ProposalSummary,
} from './types.ts';
