import { describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';

const workspace = await newWorkspace();
const as = workspace.key;

describe('errors', () => {
  it('are RFC 9457 problem documents that bear the id of the request', async () => {
    const { status, headers, body } = await call('GET /v1/nothing');
    expect(status).toBe(404);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: 'urn:uxflow:error:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: expect.any(String),
      requestId: headers.get('X-Request-Id'),
    });
  });

  it.each([
    ['an unknown route', 'GET /v1/nothing', {}, 404, 'not_found'],
    ['a wrong method', 'DELETE /v1/flows', { as }, 405, 'method_not_allowed'],
    ['no credential', 'GET /v1/flows', {}, 401, 'unauthenticated'],
    [
      'malformed JSON',
      'POST /v1/flows',
      { as, raw: '{"name":', headers: { 'Content-Type': 'application/json' } },
      400,
      'malformed_json',
    ],
    [
      'no body',
      'POST /v1/flows',
      { as, headers: { 'Content-Type': 'application/json' }, raw: '' },
      400,
      'malformed_json',
    ],
    [
      'another content type',
      'POST /v1/flows',
      { as, raw: 'name=x', headers: { 'Content-Type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    [
      'an unknown field',
      'POST /v1/flows',
      { as, body: { name: 'x', colour: 'red' } },
      422,
      'invalid_request',
    ],
    ['a missing field', 'POST /v1/flows', { as, body: {} }, 422, 'invalid_request'],
    ['a body that is a list', 'POST /v1/flows', { as, body: [] }, 422, 'invalid_request'],
    ['an over-long name', 'POST /v1/flows', { as, body: { name: 'x'.repeat(201) } }, 422, 'invalid_request'],
    ['a name of blanks', 'POST /v1/flows', { as, body: { name: '   ' } }, 422, 'invalid_request'],
    ['an unknown query parameter', 'GET /v1/flows?colour=red', { as }, 422, 'invalid_request'],
    ['a repeated query parameter', 'GET /v1/flows?limit=1&limit=2', { as }, 422, 'invalid_request'],
    ['a limit of 0', 'GET /v1/flows?limit=0', { as }, 422, 'invalid_request'],
    ['a limit of 101', 'GET /v1/flows?limit=101', { as }, 422, 'invalid_request'],
    ['a made-up cursor', 'GET /v1/flows?cursor=abc', { as }, 422, 'invalid_request'],
    ['an id of the wrong shape', 'GET /v1/flows/nonsense', { as }, 404, 'not_found'],
    ['an unknown id', 'GET /v1/flows/flw_01KA3Z0000000000000000000A', { as }, 404, 'not_found'],
    [
      'an Idempotency-Key with blanks',
      'POST /v1/flows',
      { as, body: { name: 'x' }, headers: { 'Idempotency-Key': 'a b' } },
      422,
      'invalid_request',
    ],
  ])('answer %s with the contract’s code', async (_what, route, options, status, code) => {
    const reply = await call(route, options);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('answer nesting without end as the mistake that it is', async () => {
    const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
    const { body: flow } = await call('POST /v1/flows', { as, body: { name: 'Deep' } });
    const value = `{"id":"a","type":"screen","title":"a","position":{"x":0,"y":0},"data":{"x":${deep('[', ']', 50_000)}}}`;
    const bodies: [string, string][] = [
      ['POST /v1/flows', deep('[', ']', 2_000_000)],
      ['POST /v1/flows', deep('{"name":', '}', 100_000).replace(':}', ':1}')],
      ['POST /v1/flows', `{"name":"x","document":${deep('[', ']', 1_000_000)}}`],
      ['POST /v1/flows', `{"name":"x","document":{"nodes":{"a":${value}}}}`],
      [`POST /v1/flows/${flow.id}/commits`, `{"ops":[{"op":"put","kind":"node","value":${value}}]}`],
      [`POST /v1/flows/${flow.id}/commits`, `{"ops":${deep('[', ']', 100_000)}}`],
    ];
    for (const [route, raw] of bodies) {
      const { status } = await call(route, { as, raw, headers: { 'Content-Type': 'application/json' } });
      expect([400, 422]).toContain(status);
    }
  });

  it('name each wrong field and how to mend it', async () => {
    const { body } = await call('POST /v1/flows', { as, body: { name: 7, tenantId: 'has blanks' } });
    expect(body.issues).toEqual([
      { path: 'name', message: expect.stringContaining('string') },
      { path: 'tenantId', message: expect.stringContaining('without spaces') },
    ]);
    expect(body.param).toBe('name');
  });

  it('name the field also where only its text is wrong', async () => {
    const { body: flow } = await call('POST /v1/flows', { as, body: { name: 'Named' } });
    const document = { format: 'uxflow/1', name: 'x', nodes: { a: 1 }, edges: {}, frames: {}, personas: {} };
    const cases: [string, Record<string, unknown>, string][] = [
      ['POST /v1/flows', { name: 'x', mermaid: 'hello' }, 'mermaid'],
      ['POST /v1/flows', { name: 'x', document }, 'document.nodes.a'],
      ['POST /v1/flows/import', { format: 'mermaid', source: 'flowchart TD\n A[' }, 'source'],
      ['POST /v1/flows/import', { format: 'json', source: '{}' }, 'source'],
      [`PATCH /v1/flows/${flow.id}`, { name: '\ud800' }, 'name'],
      [`POST /v1/flows/${flow.id}/commits`, { ops: [{ op: 'rename', name: 7 }] }, 'ops.0.name'],
    ];
    for (const [route, json, field] of cases) {
      const { status, body } = await call(route, { as, body: json });
      expect([status, body.param], route).toEqual([422, field]);
      expect(body.detail).toContain(field);
    }
  });

  it('refuse bytes that are not UTF-8 instead of storing replacement characters', async () => {
    const raw = new Uint8Array([
      ...new TextEncoder().encode('{"name":"'),
      0xff,
      ...new TextEncoder().encode('"}'),
    ]);
    const { status, body } = await call('POST /v1/flows', {
      as,
      raw,
      headers: { 'Content-Type': 'application/json' },
    });
    expect([status, body.code]).toEqual([400, 'malformed_json']);
  });

  it('name the unknown field by its path', async () => {
    const { body } = await call('POST /v1/flows', { as, body: { name: 'x', colour: 'red' } });
    expect(body.issues).toEqual([{ path: 'colour', message: expect.stringContaining('remove it') }]);
  });

  it('tell the methods that a path has', async () => {
    const { headers } = await call('DELETE /v1/flows', { as });
    expect(headers.get('Allow')).toBe('GET, POST');
  });

  it('say how to authenticate', async () => {
    expect((await call('GET /v1/flows')).headers.get('WWW-Authenticate')).toBe('Bearer');
  });
});

describe('the size of a body', () => {
  const json = { 'Content-Type': 'application/json' };

  it('is counted in bytes that arrive, whatever length is declared', async () => {
    const chunk = new TextEncoder().encode('€'.repeat(10_000));
    let sent = 0;
    const raw = new ReadableStream({
      pull(controller) {
        if (sent > 20_000_000) return controller.close();
        sent += chunk.byteLength;
        controller.enqueue(chunk);
      },
    });
    const { status, body } = await call('POST /v1/api-keys', { as, raw, headers: json });
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
    expect(sent).toBeLessThan(2_000_000);
  });

  it('may reach 256 KB, and 8 MB where a document is carried', async () => {
    const small = JSON.stringify({ name: 'x', mode: 'live', pad: 'x'.repeat(256 * 1024) });
    expect((await call('POST /v1/api-keys', { as, raw: small, headers: json })).status).toBe(413);
    expect((await call('POST /v1/flows', { as, raw: small, headers: json })).status).toBe(422);
    const large = JSON.stringify({ name: 'x', pad: 'x'.repeat(9 * 1024 * 1024) });
    expect((await call('POST /v1/flows', { as, raw: large, headers: json })).status).toBe(413);
  });
});

describe('responses', () => {
  it('bear security headers and are not cached', async () => {
    const { headers } = await call('GET /v1/flows', { as });
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('X-Request-Id')).toMatch(/^req_/);
  });

  it('tell the build', async () => {
    expect((await call('GET /healthz')).body).toEqual({ ok: true, build: 'dev' });
  });
});

describe('cross-origin requests', () => {
  const origin = 'https://app.example.com';

  it('are answered to the exact origins of the token alone', async () => {
    const { token } = await newToken(workspace, { origins: [origin] });
    const mine = await call('GET /v1/flows', { as: token, headers: { Origin: origin } });
    expect(mine.status).toBe(200);
    expect(mine.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(mine.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(mine.headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id');
    for (const other of [
      'https://evil.example',
      'http://app.example.com',
      'https://app.example.com.evil.example',
    ]) {
      const theirs = await call('GET /v1/flows', { as: token, headers: { Origin: other } });
      expect([theirs.status, theirs.body.code]).toEqual([403, 'origin_not_allowed']);
      expect(theirs.headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
  });

  it('are answered to any page when the token names no origins, but never to the origin null', async () => {
    const { token } = await newToken(workspace);
    const reply = await call('GET /v1/flows', { as: token, headers: { Origin: origin } });
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    const opaque = await call('GET /v1/flows', { as: token, headers: { Origin: 'null' } });
    expect(opaque.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('let a page read why its credential was refused', async () => {
    const reply = await call('GET /v1/flows', { as: 'a.b.c', headers: { Origin: origin } });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe(origin);
  });

  it('may be asked for in advance', async () => {
    const { status, headers } = await call('OPTIONS /v1/flows', {
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });
    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
    expect(headers.get('Access-Control-Allow-Methods')).toContain('PATCH');
  });
});
