import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './env.ts';

type Document = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>;

/** Registers what routes refer to by name: the security schemes and the Idempotency-Key parameter. */
export function registerComponents({ openAPIRegistry }: OpenAPIHono<AppEnv>): void {
  openAPIRegistry.registerComponent('securitySchemes', 'secretKey', {
    type: 'http',
    scheme: 'bearer',
    description:
      '`uxf_sk_live_…` or `uxf_sk_test_…`. For servers only: refused with 403 when the request bears an Origin.',
  });
  openAPIRegistry.registerComponent('securitySchemes', 'clientToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Minted by your server for one end user (`POST /v1/client-tokens`); lives at most 15 minutes.',
  });
  openAPIRegistry.registerComponent('securitySchemes', 'operatorToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'For whoever runs this backend.',
  });
  openAPIRegistry.registerComponent('parameters', 'IdempotencyKey', {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Any unique text. The same call again with the same key has its effect once; kept at least 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 180 },
  });
}

/** The OpenAPI 3.1 description of every route mounted on `app`. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): Document {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'UX Flow Engine',
      version: '1',
      description: [
        'Flows, live editing, AI agents and credits for embedding in your product.',
        'Every amount of credits is integer micro-credits (1 credit = 1,000,000). Times are ISO 8601 in UTC.',
        'Errors are RFC 9457 problem documents with a stable `code`. Every response bears `X-Request-Id`.',
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
  });
  return {
    ...document,
    paths: sorted(document.paths ?? {}),
    components: sortedGroups(document.components ?? {}),
  };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sortedGroups(components: NonNullable<Document['components']>): NonNullable<Document['components']> {
  return Object.fromEntries(Object.entries(components).map(([group, members]) => [group, sorted(members)]));
}
