import type { z } from 'zod';
import type { FlowDocument } from '@uxflow/flow';
import { compareDocuments } from '@uxflow/flow/history';
import type { Version } from '@uxflow/flow/sync/server';
import { actorOf } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { flowRoom } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import type {
  blameSchema,
  createVersionBody,
  diffSchema,
  versionSchema,
  versionSummarySchema,
} from './history.schemas.ts';
import type { CommitResult } from './room.rpc.ts';
import type { Member } from './service.ts';
import type { FlowRow } from './store.ts';
import { versionArchive } from './version-archive.ts';

type VersionSummary = z.infer<typeof versionSummarySchema>;

/** What a flow has been. Documents are read and compared here in the Worker, never inside the room. */
export function historyService(env: Env) {
  const roomOf = (flow: FlowRow) => flowRoom(env, flow.workspaceId, flow.id);

  /**
   * The flow as it stood at a clock or as a version holds it; as it stands when `ref` is absent.
   * @throws ApiError `not_retained` with the oldest clock, `storage_unavailable`
   */
  async function documentAt(
    flow: FlowRow,
    ref: number | string | undefined,
  ): Promise<{ clock: number; document: FlowDocument }> {
    if (ref === undefined) return unwrap(await roomOf(flow).snapshot());
    const past = unwrap(await roomOf(flow).past(ref));
    if ('document' in past) return past;
    return { clock: past.clock, document: await versionArchive(env, flow).get(past.archived) };
  }

  return {
    documentAt,

    async versions(flow: FlowRow, before: number | undefined, limit: number) {
      const { versions } = unwrap(await roomOf(flow).versions(before, limit + 1));
      return toPage(versions, limit, ({ no }) => [no], summary);
    },

    /** With the same `id` again it finds what the first attempt made. */
    async name(
      member: Member,
      flow: FlowRow,
      id: string,
      { name, description, clock }: z.output<typeof createVersionBody>,
    ): Promise<VersionSummary> {
      const outcome = await roomOf(flow).nameVersion({
        id,
        name,
        actor: actorOf(member),
        ...(description !== undefined && { description }),
        ...(clock !== undefined && { clock }),
      });
      return summary(unwrap(outcome).version);
    },

    async version(flow: FlowRow, id: string): Promise<z.infer<typeof versionSchema>> {
      const { version } = unwrap(await roomOf(flow).version(id));
      const { document } = await documentAt(flow, id);
      return { ...summary(version), document };
    },

    async restore(member: Member, flow: FlowRow, versionId: string, key: string): Promise<CommitResult> {
      const { document } = await documentAt(flow, versionId);
      return unwrap(await roomOf(flow).restoreVersion({ actor: actorOf(member), versionId, document, key }));
    },

    async diff(
      flow: FlowRow,
      from: number | string,
      to: number | string | undefined,
    ): Promise<z.infer<typeof diffSchema>> {
      const [before, after] = await Promise.all([documentAt(flow, from), documentAt(flow, to)]);
      return {
        from: { clock: before.clock },
        to: { clock: after.clock },
        ...compareDocuments(before.document, after.document),
      };
    },

    async blame(flow: FlowRow): Promise<z.infer<typeof blameSchema>> {
      const { commits, ...blame } = unwrap(await roomOf(flow).blame());
      return { ...blame, commits: commits.map(({ at, ...author }) => ({ ...author, at: timeOf(at) })) };
    },
  };
}

function summary({ id, clock, kind, name, description, actor, at }: Version): VersionSummary {
  return {
    id,
    clock,
    kind,
    name: name ?? null,
    description: description ?? null,
    actor,
    createdAt: timeOf(at),
  };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
