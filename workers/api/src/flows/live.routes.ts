import { memberOf } from '../identity/principal.ts';
import { ApiError } from '../platform/errors.ts';
import { requireUpgrade, UPGRADE } from '../platform/live-upgrade.ts';
import { flowRoomStub } from '../platform/objects.ts';
import { defineRoute } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { flowGuard } from './guard.ts';
import { encodeLive, LIVE_HEADER, liveIdentity } from './live-identity.ts';
import { flowParams } from './schemas.ts';

/** The live WebSocket of a flow. */
export const liveRoutes = createRouter();

const connectFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/live',
  operationId: 'connectFlow',
  tags: ['Live'],
  summary: 'Open the live WebSocket of a flow',
  description: UPGRADE,
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['invalid_request'],
  request: { params: flowParams },
  responses: { 101: { description: 'The socket is open.' } },
});

liveRoutes.openapi(connectFlow, async (c) => {
  requireUpgrade(c);
  const { id, workspaceId } = c.var.flow;
  const identity = liveIdentity(memberOf(c.var.principal), c.var.flow, c.req.header('Origin'));
  if (!identity) throw gone();
  const response = await flowRoomStub(c.env, workspaceId, id).fetch('https://room/live', {
    headers: { Upgrade: 'websocket', [LIVE_HEADER]: encodeLive(identity) },
  });
  if (response.status !== 101) throw gone();
  return response;
});

function gone(): ApiError {
  return new ApiError('not_found', 'There is no such flow.');
}
