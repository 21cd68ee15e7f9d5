import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, inject, it } from 'vitest';
import { run } from '../../../packages/flow/test/fuzz-run.ts';
import { durableStore } from '../src/platform/sql.ts';

const { ops, seeds } = inject('fuzz');

it(
  `clients, an agent and a room on a bad network end on a Durable Object as in memory, to the last commit (${seeds.length} seeds) [X1, L5]`,
  async () => {
    for (const { seed, expected } of seeds) {
      const room = env.FLOW_ROOM.getByName(`fuzz/${seed}`);
      await runInDurableObject(room, (_room, { storage }) => {
        expect({ seed, ...run(seed, ops, durableStore(storage)) }).toEqual({
          seed,
          ...expected,
          problems: [],
        });
      });
    }
  },
  60_000 + seeds.length * 2_000,
);
