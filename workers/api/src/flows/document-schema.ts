import { z } from '@hono/zod-openapi';
import { type FlowDocument, LIMITS, type Op } from '@uxflow/flow';
import { documentSchema as documentMini, opSchema as opMini } from '@uxflow/flow/schema';

/** The deepest value stands in `data` of a record in a collection of the document. */
const MAX_DEPTH = LIMITS.dataDepth + 8;

/**
 * The one bridge from the flow package's `zod/mini` schemas to OpenAPI, which reads only classic ones. A route checks
 * no more than "an object, not nested without end" (which RPC could not carry): the room's log parses documents and
 * ops in full before they land, whichever door they came through, and 8 MB are not parsed twice. `type` is the name of
 * the component.
 */
function described<T>(type: string, mini: z.core.$ZodType<T>): z.ZodType<T> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(mini, { io: 'input', unrepresentable: 'any' });
  return z
    .any()
    .superRefine((value: unknown, context) => {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (!isObject) context.addIssue({ code: 'custom', message: `must be a ${type} object` });
      else if (isDeeperThan(value, MAX_DEPTH)) {
        context.addIssue({ code: 'custom', message: `is nested more than ${MAX_DEPTH} levels deep` });
      }
    })
    .openapi(type, schema as object);
}

/** Whether a JSON value nests more than `depth` levels; goes level by level, so no input overflows the stack. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

export const documentSchema = described<FlowDocument>('FlowDocument', documentMini);
export const opSchema = described<Op>('Op', opMini);
export const opsSchema = z.array(opSchema);
