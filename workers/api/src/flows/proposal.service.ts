import type { z } from 'zod';
import type { Proposal, ProposalStatus, ProposalSummary } from '@uxflow/flow/proposals';
import { actorOf } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { flowRoom } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import type {
  acceptResultSchema,
  decideBody,
  editProposalBody,
  proposalSchema,
  proposalSummarySchema,
} from './proposal.schemas.ts';
import type { Member } from './service.ts';
import type { FlowRow } from './store.ts';

type Summary = z.infer<typeof proposalSummarySchema>;
type Decision = z.output<typeof decideBody>;

/** Edits that wait for a decision, and the decision. */
export function proposalService(env: Env) {
  const roomOf = (flow: FlowRow) => flowRoom(env, flow.workspaceId, flow.id);

  async function read(flow: FlowRow, id: string): Promise<z.infer<typeof proposalSchema>> {
    const { proposal } = unwrap(await roomOf(flow).proposal(id));
    const { clock, ops }: Proposal = proposal;
    return { ...proposalSummary(proposal), clock, ops };
  }

  return {
    read,

    async list(flow: FlowRow, before: string | undefined, limit: number, status: ProposalStatus | undefined) {
      const { proposals } = unwrap(await roomOf(flow).proposals(before, limit + 1, status));
      return toPage(proposals, limit, ({ id }) => [id], proposalSummary);
    },

    async edit(member: Member, flow: FlowRow, id: string, change: z.output<typeof editProposalBody>) {
      const { title, ops } = change;
      unwrap(
        await roomOf(flow).editProposal({
          id,
          actor: actorOf(member),
          ...(title !== undefined && { title }),
          ...(ops && { ops }),
        }),
      );
      return read(flow, id);
    },

    async accept(
      member: Member,
      flow: FlowRow,
      id: string,
      { opIds }: Decision,
      key: string,
    ): Promise<z.infer<typeof acceptResultSchema> & { replayed?: boolean }> {
      const outcome = await roomOf(flow).acceptProposal({
        id,
        actor: actorOf(member),
        key,
        ...(opIds && { opIds }),
      });
      const { proposal, ...result } = unwrap(outcome);
      return { ...result, proposal: proposalSummary(proposal) };
    },

    async reject(member: Member, flow: FlowRow, id: string, { opIds }: Decision): Promise<Summary> {
      const outcome = await roomOf(flow).rejectProposal({
        id,
        actor: actorOf(member),
        ...(opIds && { opIds }),
      });
      return proposalSummary(unwrap(outcome).proposal);
    },
  };
}

/** A proposal without its ops, as the API shows it. */
export function proposalSummary(proposal: ProposalSummary): Summary {
  const { id, status, title, author, runId, baseClock, counts, endedAt, endedBy } = proposal;
  return {
    id,
    status,
    title,
    author,
    ...(runId !== undefined && { runId }),
    baseClock,
    counts,
    commits: proposal.commits.map((commit) => ({ ...commit, at: timeOf(commit.at) })),
    createdAt: timeOf(proposal.createdAt),
    expiresAt: timeOf(proposal.expiresAt),
    ...(endedAt !== undefined && { endedAt: timeOf(endedAt) }),
    ...(endedBy && { endedBy }),
  };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
