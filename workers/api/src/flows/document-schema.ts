import { z } from '@hono/zod-openapi';
import type { FlowDocument, Op } from '@uxflow/flow';

export const documentSchema = z.custom<FlowDocument>((value) => typeof value === 'object' && value !== null)
  .openapi('FlowDocument', { type: 'object' });
export const opsSchema = z.array(
  z.custom<Op>((value) => typeof value === 'object' && value !== null).openapi('Op', { type: 'object' }),
);
