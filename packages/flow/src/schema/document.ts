import * as z from 'zod/mini';
import type { FlowDocument } from '../document/types.ts';
import { edgeSchema, frameSchema, nodeSchema, personaSchema } from './records.ts';
import { idSchema, titleText } from './values.ts';

/**
 * The shape of a whole document. Whether its records stand under their ids and point at each other rightly is
 * checked by `parseDocument`, because JSON Schema cannot say it.
 */
export const documentSchema: z.ZodMiniType<FlowDocument> = z.strictObject({
  format: z.literal('uxflow/1'),
  name: titleText,
  nodes: z.record(idSchema, nodeSchema),
  edges: z.record(idSchema, edgeSchema),
  frames: z.record(idSchema, frameSchema),
  personas: z.record(idSchema, personaSchema),
});
