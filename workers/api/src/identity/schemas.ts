import { z } from '@hono/zod-openapi';
import { idPattern } from '../platform/ids.ts';
import { pageOf } from '../platform/pagination.ts';
import { MAX_TOKEN_TTL } from './client-token.ts';

const time = z.iso.datetime();

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    mode: z.enum(['live', 'test']),
    prefix: z
      .string()
      .openapi({ description: 'How the value begins; the rest is not kept.', example: 'uxf_sk_live_Ab3d' }),
    createdAt: time,
    lastUsedAt: time.nullable().openapi({ description: 'Kept to the minute.' }),
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
  })
  .openapi('ApiKey');

export const apiKeyPage = pageOf(apiKeySchema, 'ApiKeyPage');

export const newApiKeySchema = apiKeySchema
  .extend({ value: z.string().openapi({ description: 'The secret key. Shown this once.' }) })
  .openapi('NewApiKey');

const name = z.string().trim().min(1).max(100);

export const createKeyBody = z
  .strictObject({ name, mode: z.enum(['live', 'test']).default('live') })
  .openapi('CreateApiKey');

export const rotateKeyBody = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(30 * 86_400)
      .default(86_400)
      .openapi({ description: 'How long the old value still works beside the new one.' }),
  })
  .openapi('RotateApiKey');

export const keyParams = z.object({
  keyId: z.string().regex(idPattern('key')).openapi({ example: 'key_01KA3…' }),
});

const userId = z.string().min(1).max(128);
const flowScope = z
  .string()
  .regex(
    /^(?:\*|flw_[0-9A-HJKMNP-TV-Z]{26}|tenant:[\x21-\x7e]{1,128})$/,
    'must be a flow id, "tenant:<id>" or "*"',
  );

export const tenantId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces');

/** An exact web origin, as browsers send it. */
const origin = z
  .string()
  .max(255)
  .refine((value) => {
    try {
      return /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value;
    } catch {
      return false;
    }
  }, 'must be an origin such as https://app.example.com, without path or trailing slash');

export const mintTokenBody = z
  .strictObject({
    user: z.strictObject({
      id: userId,
      name: z.string().trim().min(1).max(100),
      avatarUrl: z
        .url({ protocol: /^https?$/ })
        .max(2_048)
        .optional(),
    }),
    tenantId: tenantId.optional().openapi({
      description: 'Your own customer. Lists, search, usage and budgets of this token stay inside it.',
    }),
    flows: z
      .record(flowScope, z.enum(['view', 'comment', 'edit']))
      .refine((scopes) => Object.keys(scopes).length <= 100, 'may name at most 100 scopes')
      .openapi({
        description: 'Flow id, `tenant:<id>` or `*` → permission.',
        example: { 'tenant:acme': 'edit' },
      }),
    agents: z
      .union([z.boolean(), z.array(z.string().min(1).max(64)).max(50)])
      .default(false)
      .openapi({ description: 'Which agents may be run: all, none, or these.' }),
    budget: z
      .strictObject({
        credits: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
        per: z.enum(['day', 'month']),
      })
      .optional()
      .openapi({ description: 'Micro-credits that this user may spend in a window, over all their tokens.' }),
    origins: z
      .array(origin)
      .min(1)
      .max(20)
      .optional()
      .openapi({ description: 'Pages that may use the token; any page when absent.' }),
    expiresInSeconds: z.int().min(30).max(MAX_TOKEN_TTL).default(MAX_TOKEN_TTL),
  })
  .openapi('CreateClientToken');

export const clientTokenSchema = z
  .object({
    token: z.string(),
    jti: z.string().openapi({ description: 'Names the token, to revoke it.' }),
    expiresAt: time,
  })
  .openapi('ClientToken');

export const revokeTokenBody = z
  .union([z.strictObject({ jti: z.string().min(1).max(64) }), z.strictObject({ userId })])
  .openapi('RevokeClientToken');

export const workspaceSchema = z
  .object({ id: z.string(), name: z.string(), createdAt: time })
  .openapi('Workspace');

export const workspacePage = pageOf(workspaceSchema, 'WorkspacePage');

export const createWorkspaceBody = z
  .strictObject({
    name,
    demo: z
      .boolean()
      .default(false)
      .openapi({ description: 'Its first key begins `uxf_sk_test_demo` and works only beside `npm start`.' }),
  })
  .openapi('CreateWorkspace');

export const newWorkspaceSchema = z
  .object({ workspace: workspaceSchema, key: newApiKeySchema })
  .openapi('NewWorkspace');

export const workspaceParams = z.object({ workspaceId: z.string().regex(idPattern('ws')) });

export const grantBody = z
  .strictObject({
    amount: z.int().min(1).max(1_000_000_000_000_000).openapi({ description: 'Micro-credits.' }),
    note: z.string().trim().min(1).max(500),
  })
  .openapi('GrantCredits');

export const grantSchema = z.object({ entryId: z.string(), available: z.int() }).openapi('CreditGrant');
