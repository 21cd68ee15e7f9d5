import { expect, test } from 'vitest';
import { personOf } from './person.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (head: unknown, body: unknown): string => `${part(head)}.${part(body)}.signature`;

test('a client token says whose it is', () => {
  expect(personOf(token({ kid: 'wsp_1.k3y' }, { user: { id: 'mia', name: 'Mia ümlaut 確' } }))).toEqual({
    workspaceId: 'wsp_1',
    userId: 'mia',
  });
});

test.each([
  'uxf_sk_test_1',
  'ada',
  '',
  'a.b.c',
  token({}, { user: { id: 'mia' } }),
  token({ kid: '' }, { user: { id: 'mia' } }),
  token({ kid: 'wsp_1.k' }, {}),
  token({ kid: 'wsp_1.k' }, { user: null }),
  token({ kid: 'wsp_1.k' }, { user: { id: 7 } }),
  token(null, null),
])('any other credential is nobody’s, so nothing is kept for it: %s', (credential) => {
  expect(personOf(credential)).toBeNull();
});
