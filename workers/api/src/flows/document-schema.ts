import { z } from '@hono/zod-openapi';
import type { FlowDocument, Op } from '@uxflow/flow';
import { documentSchema as documentMini, opSchema as opMini } from '@uxflow/flow/schema';

/**
 * The one bridge from the flow package's `zod/mini` schemas to OpenAPI, which reads only classic ones. A route checks
 * no more than "an object": the room's log parses documents and ops in full before they land, whichever door they
 * came through, and 8 MB are not parsed twice. `type` is the name of the component.
 */
function described<T>(type: string, mini: z.core.$ZodType<T>): z.ZodType<T> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(mini, { io: 'input', unrepresentable: 'any' });
  return z
    .any()
    .superRefine((value: unknown, context) => {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (!isObject) context.addIssue({ code: 'custom', message: `must be a ${type} object` });
    })
    .openapi(type, schema as object);
}

export const documentSchema = described<FlowDocument>('FlowDocument', documentMini);
export const opSchema = described<Op>('Op', opMini);
export const opsSchema = z.array(opSchema);
