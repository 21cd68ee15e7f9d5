import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { seal, unseal } from './encryption.ts';
import type { Env } from './env.ts';

const place = { workspaceId: 'ws_1', table: 'webhook_endpoint', column: 'secret', row: 'whk_1' };
const withKeys = (keys: string): Env => ({ ...env, ENCRYPTION_KEYS: keys });
const KEYS = ['a', 'b'].map((letter) => letter.repeat(40));

it('a sealed text opens where it was sealed, and looks different each time', async () => {
  const sealed = await seal(env, place, 'whsec_äöü');
  expect(sealed).not.toContain('whsec');
  expect(await seal(env, place, 'whsec_äöü')).not.toBe(sealed);
  expect(await unseal(env, place, sealed)).toBe('whsec_äöü');
});

it.each([
  ['workspace', { workspaceId: 'ws_2' }],
  ['table', { table: 'other' }],
  ['column', { column: 'previous_secret' }],
  ['row', { row: 'whk_2' }],
])('nothing opens in another %s', async (_, moved) => {
  const sealed = await seal(env, place, 'secret');
  await expect(unseal(env, { ...place, ...moved }, sealed)).rejects.toThrow(/Decryption failed/);
});

it('one changed character is noticed', async () => {
  const sealed = await seal(env, place, 'secret');
  const at = sealed.length - 6;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  await expect(unseal(env, place, changed)).rejects.toThrow(/Decryption failed/);
});

it('keys rotate: the newest seals, older ones still open, one that is gone is named', async () => {
  const old = await seal(withKeys(KEYS[0] ?? ''), place, 'secret');
  const both = withKeys(`${KEYS[1]},${KEYS[0]}`);
  expect(await unseal(both, place, old)).toBe('secret');
  expect(await unseal(withKeys(KEYS[1] ?? ''), place, await seal(both, place, 'secret'))).toBe('secret');
  await expect(unseal(withKeys(KEYS[1] ?? ''), place, old)).rejects.toThrow(
    /^The encryption key [0-9a-f]{12} is not among ENCRYPTION_KEYS$/,
  );
});
