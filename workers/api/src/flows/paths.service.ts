import type { z } from 'zod';
import type { FlowDocument } from '@uxflow/flow';
import { complexity, coveragePaths, enumeratePaths, shortestPath, type FlowPath } from '@uxflow/flow/paths';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { flowRoom } from '../platform/objects.ts';
import type { pathsQuery } from './paths.schemas.ts';
import type { FlowRow } from './store.ts';

type Query = z.output<typeof pathsQuery>;

interface Found {
  paths: FlowPath[];
  complete: boolean;
  uncovered: string[];
}

/**
 * Computed on a snapshot, here in the Worker and never inside the room.
 * @throws FlowError `unknown_record` when `from` or `to` names what is no step of the flow
 */
export async function pathsOf(env: Env, flow: FlowRow, query: Query) {
  const { clock, document } = unwrap(await flowRoom(env, flow.workspaceId, flow.id).snapshot());
  return { clock, ...find(document, query), complexity: complexity(document) };
}

function find(document: FlowDocument, { kind, from, to, loops, limit }: Query): Found {
  const ends = { ...(from && { from }), ...(to && { to }) };
  if (kind === 'shortest') {
    const path = shortestPath(document, ends);
    return { paths: path ? [path] : [], complete: true, uncovered: [] };
  }
  if (kind === 'all') return { ...enumeratePaths(document, { ...ends, loops, limit }), uncovered: [] };
  return coveragePaths(document, { ...ends, limit });
}
