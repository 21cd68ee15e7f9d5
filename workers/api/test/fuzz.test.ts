import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { run } from '../../../packages/flow/test/fuzz-run.ts';
import { durableStore } from '../src/platform/sql.ts';

const SEEDS = 25;
const STEPS = 250;

it(`clients, an agent and a room on a bad network end with one document on a Durable Object too (${SEEDS} seeds) [X1, L5]`, async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const room = env.FLOW_ROOM.getByName(`fuzz/${seed}`);
    await runInDurableObject(room, (_room, { storage }) => {
      expect({ seed, problems: run(seed, STEPS, durableStore(storage)) }).toEqual({ seed, problems: [] });
    });
  }
}, 60_000);
