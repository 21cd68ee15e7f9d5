import * as z from 'zod/mini';
import type { Op } from '../document/types.ts';
import { changeSchemas, edgeSchema, frameSchema, nodeSchema, personaSchema } from './records.ts';
import { idSchema, titleText } from './values.ts';

const kindSchema = z.enum(['node', 'edge', 'frame', 'persona']);
const put = z.literal('put');
const patch = z.literal('patch');

/** One edit. */
export const opSchema: z.ZodMiniType<Op> = z.discriminatedUnion('op', [
  z.discriminatedUnion('kind', [
    z.strictObject({ op: put, kind: z.literal('node'), value: nodeSchema }),
    z.strictObject({ op: put, kind: z.literal('edge'), value: edgeSchema }),
    z.strictObject({ op: put, kind: z.literal('frame'), value: frameSchema }),
    z.strictObject({ op: put, kind: z.literal('persona'), value: personaSchema }),
  ]),
  z.discriminatedUnion('kind', [
    z.strictObject({ op: patch, kind: z.literal('node'), id: idSchema, set: changeSchemas.node }),
    z.strictObject({ op: patch, kind: z.literal('edge'), id: idSchema, set: changeSchemas.edge }),
    z.strictObject({ op: patch, kind: z.literal('frame'), id: idSchema, set: changeSchemas.frame }),
    z.strictObject({ op: patch, kind: z.literal('persona'), id: idSchema, set: changeSchemas.persona }),
  ]),
  z.strictObject({ op: z.literal('remove'), kind: kindSchema, id: idSchema }),
  z.strictObject({ op: z.literal('rename'), name: titleText }),
]);

export const opsSchema: z.ZodMiniType<Op[]> = z.array(opSchema);
