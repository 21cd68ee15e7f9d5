import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { type Checks, STORAGE_CONTRACT } from '../../../packages/flow/test/storage-contract.ts';
import { durableStore } from '../src/platform/sql.ts';

const check: Checks = {
  equal: (actual, expected) => expect(actual).toEqual(expected),
  matches: (actual, expected) => expect(actual).toMatchObject(expected),
};

describe('storage contract: SQLite of a Durable Object', () => {
  it.each(STORAGE_CONTRACT)('$title', async ({ title, run }) => {
    const room = env.FLOW_ROOM.getByName(`contract/${title}`);
    await runInDurableObject(room, (_room, { storage }) => run(durableStore(storage), check));
  });
});
