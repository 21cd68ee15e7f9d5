import { expect, test } from 'vitest';
import { json, problem, serve } from '../../test/server.ts';
import { UXFlow } from '../client.ts';

const sdk = (baseUrl: string): UXFlow => new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl });
const proposal = { id: 'prp_1', status: 'open', title: 'Idea' };

test('proposals are listed, read, changed, accepted and rejected under their flow, ids escaped', async () => {
  await using server = await serve(
    json({ data: [proposal], nextCursor: null }),
    json({ ...proposal, ops: [] }),
    json(proposal),
    json({ clock: 2, proposal }),
    json(proposal),
  );
  const { proposals } = sdk(server.url).flows;
  const listed: unknown[] = [];
  for await (const each of proposals.list('flw_1', { status: 'open' })) listed.push(each);
  expect(listed).toEqual([proposal]);
  await proposals.get('flw_1', '../x');
  await proposals.update('flw_1', 'prp_1', { title: 'Ours' });
  const accepted = await proposals.accept('flw_1', 'prp_1', { opIds: ['op_1'] }, { idempotencyKey: 'k' });
  expect(accepted.proposal).toEqual(proposal);
  await proposals.reject('flw_1', 'prp_1');
  const path = '/v1/flows/flw_1/proposals';
  expect(server.seen.map((seen) => `${seen.method} ${seen.path}?${seen.query}`)).toEqual([
    `GET ${path}?status=open`,
    `GET ${path}/..%2Fx?`,
    `PATCH ${path}/prp_1?`,
    `POST ${path}/prp_1/accept?`,
    `POST ${path}/prp_1/reject?`,
  ]);
  expect(server.seen[3]).toMatchObject({ body: { opIds: ['op_1'] }, headers: { 'idempotency-key': 'k' } });
});

test('an acceptance that needs other ops says which', async () => {
  await using server = await serve(problem(422, 'proposal_incomplete', { missingOpIds: ['op_1'] }));
  const refused = sdk(server.url).flows.proposals.accept('flw_1', 'prp_1', { opIds: ['op_2'] });
  await expect(refused).rejects.toMatchObject({ code: 'proposal_incomplete', missingOpIds: ['op_1'] });
});
