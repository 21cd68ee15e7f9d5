import type { z } from 'zod';
import { layout } from '@uxflow/flow/layout';
import { lint } from '@uxflow/flow/lint';
import { actorOf } from '../identity/principal.ts';
import { lintConfigService } from '../lint/service.ts';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { flowRoom } from '../platform/objects.ts';
import { exportDocument, type ExportedFile, type ExportFormat } from './export.ts';
import { importDocument } from './import.ts';
import type { importBody, layoutBody } from './schemas.ts';
import { flowService, type Member } from './service.ts';
import type { FlowRow } from './store.ts';

/** Heavy work on a snapshot, here in the Worker and never inside the room; what it changes is then committed. */
export function toolService(env: Env) {
  const snapshotOf = async (flow: FlowRow) =>
    unwrap(await flowRoom(env, flow.workspaceId, flow.id).snapshot());

  return {
    async lint(flow: FlowRow) {
      const { clock, document } = await snapshotOf(flow);
      const config = await lintConfigService(env).configOf(flow.workspaceId);
      return { clock, issues: lint(document, config) };
    },

    /**
     * Places the nodes in one commit. Run again it finds nothing left to move, so it needs no key of its own.
     * @throws FlowError `unknown_record` for a node id that is not there.
     */
    async layout(member: Member, flow: FlowRow, { direction, nodeIds }: z.output<typeof layoutBody>) {
      const { clock, document } = await snapshotOf(flow);
      const { ops } = layout(document, { direction, ...(nodeIds && { nodeIds }) });
      if (ops.length === 0) return { clock, commitId: '', applied: [], conflicts: [] };
      const { replayed: _first, ...result } = unwrap(
        await flowRoom(env, flow.workspaceId, flow.id).commit({
          actor: actorOf(member),
          ops,
          key: newId('req'),
          baseClock: clock,
          message: 'Layout',
          internal: true,
        }),
      );
      return result;
    },

    /** @throws FlowError `limit_exceeded` for a PNG of a flow too large to be drawn */
    async export(flow: FlowRow, format: ExportFormat): Promise<ExportedFile> {
      const { document } = await snapshotOf(flow);
      return exportDocument(document, format);
    },

    /** A flow from the text of a file, placed by layout where the format knows no positions. */
    async import(member: Member, id: string, input: z.output<typeof importBody>) {
      const { format, source, name, tenantId } = input;
      const { document, warnings } = importDocument(format, source);
      const flow = await flowService(env).create(member, id, {
        name: name ?? (document.name.trim() || 'Imported flow'),
        tenantId,
        document,
      });
      return { flow, warnings };
    },
  };
}
