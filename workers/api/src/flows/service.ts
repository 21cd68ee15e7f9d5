import type { z } from 'zod';
import { type FlowDocument, FlowError } from '@uxflow/flow';
import { fromMermaid } from '@uxflow/flow/formats/mermaid';
import { actorOf, type ClientPrincipal, type KeyPrincipal } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { ApiError, faultIn, type Refusal, unwrap } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { flowRoom } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import { historyService } from './history.service.ts';
import type { flowSchema, flowSummarySchema } from './schemas.ts';
import { type FlowRow, type FlowScope, flowStore, type ListInput } from './store.ts';

export type Member = KeyPrincipal | ClientPrincipal;
type Flow = z.infer<typeof flowSchema>;
type FlowSummary = z.infer<typeof flowSummarySchema>;

interface NewFlow {
  name: string;
  tenantId?: string | undefined;
  document?: FlowDocument | undefined;
  mermaid?: string | undefined;
}

/** Flows as a collection. What happens inside one flow is `editService`. */
export function flowService(env: Env) {
  const store = flowStore(env);
  const roomOf = (row: FlowRow) => flowRoom(env, row.workspaceId, row.id);

  async function read(row: FlowRow): Promise<Flow> {
    const { clock, document, updatedAt = row.updatedAt } = unwrap(await roomOf(row).snapshot());
    return { ...flowSummary({ ...row, name: document.name, clock, updatedAt }), document };
  }

  return {
    /**
     * Creates a flow. With the same `id` again it finds what the first attempt made.
     * @throws ApiError for a document that the schema or the limits refuse.
     */
    async create(member: Member, id: string, input: NewFlow): Promise<Flow> {
      const tenantId = tenantForNew(member, input.tenantId);
      const { workspaceId } = member;
      const { name, mermaid } = input;
      const document = mermaid === undefined ? input.document : drawn('mermaid', mermaid).document;
      const outcome = await flowRoom(env, workspaceId, id).create({
        workspaceId,
        flowId: id,
        tenantId,
        name,
        actor: actorOf(member),
        ...(document && { document }),
      });
      const { clock, document: created } = unwrap(outcome.ok ? outcome : ofDocument(outcome));
      const now = Date.now();
      const row = await store.insert({
        id,
        workspaceId,
        tenantId,
        name,
        clock,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      });
      return { ...flowSummary({ ...row, name, clock, updatedAt: row.createdAt }), document: created };
    },

    async list(member: Member, input: Omit<ListInput, 'scope'>) {
      const inside = member.kind === 'client' ? member.tenantId : undefined;
      if (inside !== undefined && input.tenantId !== undefined && input.tenantId !== inside) {
        return { data: [], nextCursor: null };
      }
      const tenantId = inside ?? input.tenantId;
      const rows = await store.list(member.workspaceId, {
        ...input,
        scope: scopeOf(member),
        ...(tenantId !== undefined && { tenantId }),
        limit: input.limit + 1,
      });
      return toPage(rows, input.limit, (row) => [row.id], flowSummary);
    },

    async get(row: FlowRow, at: number | undefined): Promise<Flow> {
      if (at === undefined) return read(row);
      const { clock, document } = await historyService(env).documentAt(row, at);
      return { ...flowSummary(row), name: document.name, clock, document };
    },

    async rename(member: Member, row: FlowRow, name: string): Promise<Flow> {
      unwrap(
        await roomOf(row).commit({
          actor: actorOf(member),
          ops: [{ op: 'rename', name }],
          key: newId('req'),
        }),
      );
      const renamed = (await store.find(row.workspaceId, row.id)) ?? row;
      return read(renamed);
    },

    /** The room first: when only half of it happens, the flow is still there to be deleted again. */
    async delete(row: FlowRow): Promise<void> {
      await roomOf(row).close('flow_deleted');
      await store.markDeleted(row.workspaceId, row.id, Date.now());
    },

    async restore(row: FlowRow): Promise<Flow> {
      await store.unmarkDeleted(row.workspaceId, row.id);
      await roomOf(row).open();
      return read(row);
    },
  };
}

/** A flow as the API lists it. */
export function flowSummary(row: FlowRow): FlowSummary {
  const { id, name, tenantId, clock, createdAt, updatedAt } = row;
  return {
    id,
    name,
    tenantId,
    clock,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

/** The tenant of a flow that `member` creates; a client token may create where it may edit everything. */
function tenantForNew(member: Member, wanted: string | undefined): string | null {
  if (member.kind === 'key') return wanted ?? null;
  const tenantId = member.tenantId ?? wanted;
  if (member.tenantId !== undefined && wanted !== undefined && wanted !== member.tenantId) {
    throw new ApiError('forbidden', 'This client token creates flows of its own tenant only.', {
      param: 'tenantId',
    });
  }
  const mayEdit =
    member.flows['*'] === 'edit' || (tenantId !== undefined && member.flows[`tenant:${tenantId}`] === 'edit');
  if (!mayEdit) {
    throw new ApiError(
      'forbidden',
      'Creating flows needs "edit" on "*" or on "tenant:<id>" in the client token.',
    );
  }
  return tenantId ?? null;
}

/** @throws ApiError that names the request's field, and the line in it, when `source` is no Mermaid flowchart or state diagram. */
function drawn(field: string, source: string): ReturnType<typeof fromMermaid> {
  try {
    return fromMermaid(source);
  } catch (error) {
    throw error instanceof FlowError ? faultIn(field, error) : error;
  }
}

/** Which flows a list shows to `member`; any permission is at least `view`. */
function scopeOf(member: Member): FlowScope {
  if (member.kind === 'key' || member.flows['*'] !== undefined) return { all: true };
  const scopes = Object.keys(member.flows);
  return {
    all: false,
    flowIds: scopes.filter((scope) => scope.startsWith('flw_')),
    tenantIds: scopes
      .filter((scope) => scope.startsWith('tenant:'))
      .map((scope) => scope.slice('tenant:'.length)),
  };
}

/** A refusal of a document: its paths begin at the request's field, but its name was given beside it. */
function ofDocument(refusal: Refusal): Refusal {
  const at = (path: string): string =>
    path === 'name' ? path : ['document', path].filter(Boolean).join('.');
  const issues = refusal.issues?.map(({ path, message }) => ({ path: at(path), message }));
  const [first] = issues ?? [];
  return first && issues ? { ...refusal, detail: `${first.path}: ${first.message}`, issues } : refusal;
}
