import type { z } from 'zod';
import { actorOf } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { flowRoom } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import type { CommitInput } from './room.rpc.ts';
import type { commitSchema } from './schemas.ts';
import type { Member } from './service.ts';
import type { FlowRow } from './store.ts';

type Commit = z.infer<typeof commitSchema>;

/** Work on one flow. Every edit goes through its room's `commit`. */
export function editService(env: Env) {
  const roomOf = (flow: FlowRow) => flowRoom(env, flow.workspaceId, flow.id);

  return {
    async commit(member: Member, flow: FlowRow, input: Omit<CommitInput, 'actor' | 'internal' | 'runId'>) {
      return unwrap(await roomOf(flow).commit({ ...input, actor: actorOf(member) }));
    },

    async commits(flow: FlowRow, after: number | undefined, limit: number) {
      const { commits } = unwrap(await roomOf(flow).commitsAfter(after, limit + 1));
      return toPage(
        commits,
        limit,
        (commit) => [commit.clock],
        (commit): Commit => ({
          commitId: commit.commitId,
          clock: commit.clock,
          ops: commit.ops,
          actor: commit.actor,
          at: new Date(commit.at).toISOString(),
          ...(commit.runId !== undefined && { runId: commit.runId }),
          ...(commit.message !== undefined && { message: commit.message }),
          ...(commit.proposal && { proposal: commit.proposal }),
        }),
      );
    },

    async undo(member: Member, flow: FlowRow, key: string) {
      return unwrap(await roomOf(flow).undo(actorOf(member), key));
    },

    async redo(member: Member, flow: FlowRow, key: string) {
      return unwrap(await roomOf(flow).redo(actorOf(member), key));
    },
  };
}
