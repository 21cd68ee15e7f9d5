import { z } from '@hono/zod-openapi';
import { LIMITS } from '@uxflow/flow';
import { idPattern } from '../platform/ids.ts';
import { pageOf } from '../platform/pagination.ts';
import { documentSchema, opsSchema } from './document-schema.ts';
import { actorSchema, clock, commitProposalSchema, flowParams, name, text, time } from './schemas.ts';

export const versionParams = flowParams.extend({
  versionId: z.string().regex(idPattern('ver')).openapi({ example: 'ver_01KA3…' }),
});

export const versionSummarySchema = z
  .object({
    id: z.string().openapi({ example: 'ver_01KA3…' }),
    clock: clock.openapi({ description: 'The clock whose document it holds.' }),
    kind: z.enum(['named', 'automatic']),
    name: z.string().nullable().openapi({ description: 'null for an automatic version.' }),
    description: z.string().nullable(),
    actor: actorSchema.openapi({
      description: 'Who named it; of an automatic version, who made its last edit.',
    }),
    createdAt: time.openapi({
      description: 'When it was named; of an automatic version, when its state was reached.',
    }),
  })
  .openapi('VersionSummary');

export const versionSchema = versionSummarySchema.extend({ document: documentSchema }).openapi('Version');

export const versionPage = pageOf(versionSummarySchema, 'VersionPage');

export const createVersionBody = z
  .strictObject({
    name,
    description: text(LIMITS.description).optional(),
    clock: clock.optional().openapi({ description: 'A retained clock; the current one when absent.' }),
  })
  .openapi('CreateVersion');

/** A clock in digits, or the id of a version. */
const state = z
  .string()
  .regex(
    new RegExp(`^\\d{1,15}$|${idPattern('ver').source}`),
    'must be a clock or the id of a version (ver_…)',
  )
  .transform((value) => (value.startsWith('ver_') ? value : Number(value)));

export const diffQuery = z.strictObject({
  from: state.openapi({ type: 'string', description: 'A clock, or the id of a version.', example: '12' }),
  to: state.optional().openapi({
    type: 'string',
    description: 'A clock, or the id of a version; the flow as it stands when absent.',
  }),
});

const value = z.unknown().openapi({ description: 'null where the field is absent.' });
const recordNames = {
  kind: z.enum(['node', 'edge', 'frame', 'persona']),
  id: z.string(),
  label: z.string().openapi({ description: 'Its title or name; of an edge, where it leads from and to.' }),
};
const entry = z
  .object({ ...recordNames, value: z.record(z.string(), z.unknown()) })
  .openapi('DiffEntry', { description: 'A record that only one side has.' });

export const diffSchema = z
  .object({
    from: z.object({ clock }),
    to: z.object({ clock }),
    name: z.object({ before: z.string(), after: z.string() }).optional().openapi({
      description: 'Absent when the name is the same.',
    }),
    added: z.array(entry),
    removed: z.array(entry),
    changed: z.array(
      z
        .object({
          ...recordNames,
          fields: z.array(z.object({ field: z.string(), before: value, after: value })),
        })
        .openapi('DiffChange'),
    ),
    ops: opsSchema.openapi({ description: 'The fewest ops that turn the one document into the other.' }),
  })
  .openapi('FlowDiff');

export const blameSchema = z
  .object({
    clock,
    name: clock.openapi({ description: 'Clock of the commit that last named the flow.' }),
    records: z.array(
      z
        .object({
          ...recordNames,
          made: clock.openapi({ description: 'Clock of the commit that made it.' }),
          fields: z
            .record(z.string(), z.int())
            .openapi({ description: 'Clock of the commit that last wrote each field.' }),
        })
        .openapi('RecordBlame'),
    ),
    commits: z
      .array(
        z
          .object({
            clock,
            commitId: z.string().optional(),
            actor: actorSchema,
            runId: z.string().optional(),
            at: time,
            proposal: commitProposalSchema.optional(),
          })
          .openapi('CommitAuthor'),
      )
      .openapi({ description: 'Who wrote the commits named above, by clock.' }),
  })
  .openapi('Blame');
