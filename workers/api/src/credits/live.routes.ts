import { memberOf } from '../identity/principal.ts';
import { workspaceAccountStub } from '../platform/objects.ts';
import { requireUpgrade, UPGRADE } from '../platform/live-upgrade.ts';
import { defineRoute } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { creditsViewer, encodeViewer, VIEWER_HEADER } from './live-viewer.ts';

/** The live WebSocket of a workspace's credits. */
export const liveCreditsRoutes = createRouter();

const watchCredits = defineRoute({
  method: 'get',
  path: '/v1/credits/live',
  operationId: 'watchCredits',
  tags: ['Credits'],
  summary: 'Watch the balance',
  description:
    'A WebSocket that tells `{type: "credits", credits}` at once and after every change, where `credits` is what ' +
    `\`GET /v1/credits\` answers to the same credential. ${UPGRADE}`,
  access: ['key', 'client'],
  errors: ['invalid_request'],
  responses: { 101: { description: 'The socket is open.' } },
});

liveCreditsRoutes.openapi(watchCredits, async (c) => {
  requireUpgrade(c);
  const principal = memberOf(c.var.principal);
  const viewer = encodeViewer(creditsViewer(principal));
  return workspaceAccountStub(c.env, principal.workspaceId).fetch('https://account/live', {
    headers: { Upgrade: 'websocket', [VIEWER_HEADER]: viewer },
  });
});
