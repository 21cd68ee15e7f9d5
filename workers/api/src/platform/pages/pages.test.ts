import { expect, it } from 'vitest';
import { call } from '../../../test/client.ts';

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        description: string;
        responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
      }
    >
  >;
}
const document = JSON.parse((await call('GET /openapi.json')).text) as OpenApi;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

it('the OpenAPI document is version 3.1 and refers only to what it defines', () => {
  expect(document.openapi).toBe('3.1.0');
  const text = JSON.stringify(document);
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = path
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
    expect(target, path).toBeDefined();
  }
});

it('every operation says who may call it, and each of its errors is the one Problem', () => {
  for (const { path, description, responses } of operations) {
    expect(description, path).toMatch(/May be called with: |Public\./);
    for (const [status, { content }] of Object.entries(responses)) {
      if (Number(status) < 400) continue;
      expect(content, `${path} ${status}`).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
    }
  }
});

it('the reference shows every operation and loads nothing from elsewhere', async () => {
  const { status, headers, text } = await call('GET /docs');
  expect(status).toBe(200);
  for (const { operationId } of operations) expect(text).toContain(`id="${operationId}"`);
  expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(text).not.toMatch(/<script|src=|@import|url\(/);
  for (const [, href = ''] of text.matchAll(/href="([^"]+)"/g)) {
    if (href.startsWith('#')) expect(text).toContain(`id="${href.slice(1)}"`);
    else expect(href).toMatch(/^(\/|data:,)/);
  }
});

it('the landing page says what this is and leads on', async () => {
  const { status, headers, text } = await call('GET /');
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=UTF-8']);
  for (const href of ['/docs', '/openapi.json', '/healthz']) {
    expect(text).toContain(`href="${href}"`);
    expect((await call(`GET ${href}`)).status).toBe(200);
  }
});
