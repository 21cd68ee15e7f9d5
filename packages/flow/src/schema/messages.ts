import * as z from 'zod/mini';
import { LIMITS } from '../document/limits.ts';
import type { Op } from '../document/types.ts';
import type { ClientMessage } from '../sync/messages.ts';
import { countSchema, idSchema, pointSchema, text } from './values.ts';

/** Records that one selection shown to others may name. */
const SELECTION = 100;

const clientId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'Give 1 to 64 letters, digits, _ or -' }));
const key = z.string().check(
  z.regex(/^[A-Za-z0-9_-]{1,64}:[1-9]\d{0,14}$/, {
    error: 'Give clientId:seq, seq counting upwards from 1',
  }),
);

/**
 * Ops are only known to be a list here. The log checks them at the commit, where a refusal is kept under the
 * commit's key and answered the same when the client asks again.
 */
const uncheckedOps = z.array(z.unknown()) as unknown as z.ZodMiniType<Op[]>;

/** What a client may say over the WebSocket. The ops of a commit are left for `FlowLog.commit` to check. */
export const clientMessageSchema: z.ZodMiniType<ClientMessage> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    clientId,
    clock: z.exactOptional(countSchema),
    packed: z.exactOptional(z.literal(true)),
  }),
  z.strictObject({ type: z.literal('auth'), token: text(8_192) }),
  z.strictObject({
    type: z.literal('commit'),
    key,
    baseClock: countSchema,
    ops: uncheckedOps,
    message: z.exactOptional(text(LIMITS.title)),
    after: z.exactOptional(countSchema),
  }),
  z.strictObject({ type: z.literal('undo'), key, after: z.exactOptional(countSchema) }),
  z.strictObject({ type: z.literal('redo'), key, after: z.exactOptional(countSchema) }),
  z.strictObject({
    type: z.literal('presence'),
    cursor: z.exactOptional(pointSchema),
    selection: z.exactOptional(
      z.array(idSchema).check(z.maxLength(SELECTION, { error: `At most ${SELECTION} ids` })),
    ),
    viewport: z.exactOptional(z.strictObject({ x: z.number(), y: z.number(), zoom: z.number() })),
    typing: z.exactOptional(z.boolean()),
  }),
  z.strictObject({ type: z.literal('ack'), clock: countSchema }),
]);
