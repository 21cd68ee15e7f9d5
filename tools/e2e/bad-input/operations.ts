import type { Answer, Call, JsonObject } from '../black-box.ts';

/** The operations that `/openapi.json` documents. */
export interface Operation {
  operationId: string;
  method: string;
  path: string;
}

export async function documentedOperations(call: Call): Promise<Operation[]> {
  const { body }: Answer = await call({ path: '/openapi.json', as: null });
  return Object.entries(body['paths'] as JsonObject).flatMap(([path, methods]) =>
    Object.entries(methods as JsonObject).map(([method, operation]) => ({
      operationId: String((operation as JsonObject)['operationId']),
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** Bodies with which a POST or PATCH on somebody's object is a good request. */
export const BODIES: Record<string, JsonObject> = {
  acceptProposal: {},
  rejectProposal: {},
  editProposal: { title: 'Taken over' },
  createCommit: { ops: [{ op: 'rename', name: 'Taken over' }] },
  createVersion: { name: 'Taken over' },
  createRun: { agent: 'designer', prompt: 'The visitor pays.' },
  layoutFlow: {},
  rotateApiKey: { overlapSeconds: 60 },
  updateFlow: { name: 'Taken over' },
};
/** Those that need none. */
export const WITHOUT_BODY = ['cancelRun', 'redo', 'restoreFlow', 'restoreVersion', 'undo'];
