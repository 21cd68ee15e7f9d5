import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import { parseClientMessage } from '../../schema/parse.ts';
import { PING, type ClientMessage } from '../messages.ts';
import { fits } from '../text.ts';
import { refusalOf, refuse, type Refusal } from './outcome.ts';

/** The question of the heartbeat, which is no JSON. */
export interface Ping {
  type: 'ping';
}

/** A message of a client, or why it is none; with the key that it bears, so that its sender knows which one. */
export type Frame = { ok: true; message: ClientMessage | Ping } | (Refusal & { key?: string });

/** Reads one WebSocket message. Never throws. */
export function readFrame(text: string): Frame {
  if (text === PING) return { ok: true, message: { type: 'ping' } };
  if (!fits(text, LIMITS.commitBytes)) {
    return refuse(
      'limit_exceeded',
      `A message holds at most ${LIMITS.commitBytes} bytes: send several commits`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('invalid_request', 'The message is not JSON');
  }
  try {
    return { ok: true, message: parseClientMessage(value) };
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    const key = typeof value === 'object' && value !== null && 'key' in value ? value.key : undefined;
    return { ...refusalOf(error), ...(typeof key === 'string' && { key: key.slice(0, 100) }) };
  }
}
