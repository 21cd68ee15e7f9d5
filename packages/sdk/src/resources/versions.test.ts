import { expect, test } from 'vitest';
import { json, problem, serve } from '../../test/server.ts';
import { UXFlow } from '../client.ts';

const sdk = (baseUrl: string): UXFlow => new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl });
const version = { id: 'ver_1', clock: 3, kind: 'named', name: 'One' };

test('versions are named, listed, read and restored under their flow, ids escaped', async () => {
  await using server = await serve(
    json(version, 201),
    json({ data: [version], nextCursor: 'next' }),
    json({ data: [], nextCursor: null }),
    json({ ...version, document: {} }),
    json({ clock: 4 }),
  );
  const { versions } = sdk(server.url).flows;
  expect(await versions.create('flw_1', { name: 'One', clock: 3 })).toEqual(version);
  const listed: unknown[] = [];
  for await (const each of versions.list('flw_1', { limit: 1 })) listed.push(each);
  expect(listed).toEqual([version]);
  await versions.get('flw_1', '../x');
  await versions.restore('flw_1', 'ver_1', { idempotencyKey: 'k' });
  const path = '/v1/flows/flw_1/versions';
  expect(server.seen.map((seen) => `${seen.method} ${seen.path}?${seen.query}`)).toEqual([
    `POST ${path}?`,
    `GET ${path}?limit=1`,
    `GET ${path}?limit=1&cursor=next`,
    `GET ${path}/..%2Fx?`,
    `POST ${path}/ver_1/restore?`,
  ]);
  expect(server.seen[0]?.body).toEqual({ name: 'One', clock: 3 });
  expect(server.seen[4]?.headers['idempotency-key']).toBe('k');
});

test('a difference is asked for by clocks or versions; one too long ago says how far back one can go', async () => {
  await using server = await serve(
    json({ added: [] }),
    problem(404, 'not_retained', { oldestClock: 12 }),
    json({ commits: [] }),
  );
  const { flows } = sdk(server.url);
  await flows.diff('flw_1', { from: 'ver_1' });
  const refused = flows.diff('flw_1', { from: 3, to: 4 });
  await expect(refused).rejects.toMatchObject({ code: 'not_retained', oldestClock: 12 });
  expect(await flows.blame('flw_1')).toEqual({ commits: [] });
  expect(server.seen.map((seen) => `${seen.path}?${seen.query}`)).toEqual([
    '/v1/flows/flw_1/diff?from=ver_1',
    '/v1/flows/flw_1/diff?from=3&to=4',
    '/v1/flows/flw_1/blame?',
  ]);
});
