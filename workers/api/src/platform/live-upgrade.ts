import { SUBPROTOCOL } from '@uxflow/flow/sync';
import type { Context } from 'hono';
import type { AppEnv } from './env.ts';
import { ApiError } from './errors.ts';

/** What a WebSocket route says about itself in the API's description. */
export const UPGRADE =
  `Offer the subprotocols \`${SUBPROTOCOL}\` and \`token.<credential>\`; only \`${SUBPROTOCOL}\` is echoed. ` +
  'Servers may send `Authorization` instead of the second.';

/** @throws ApiError `invalid_request` when this is no WebSocket that speaks our subprotocol. */
export function requireUpgrade(c: Context<AppEnv>): void {
  const offered = (c.req.header('Sec-WebSocket-Protocol') ?? '').split(',').map((name) => name.trim());
  if (c.req.header('Upgrade')?.toLowerCase() === 'websocket' && offered.includes(SUBPROTOCOL)) return;
  throw new ApiError('invalid_request', `Open this URL as a WebSocket with the subprotocol ${SUBPROTOCOL}.`);
}
