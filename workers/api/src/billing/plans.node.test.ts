import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PLAN_IDS, planOf } from './plans.ts';

it('the limits of wrangler.jsonc are those of the plans', () => {
  const text = readFileSync(new URL('../../wrangler.jsonc', import.meta.url), 'utf8');
  const limits = [...text.matchAll(/"name": "RATE_(\w+)".*?"limit": (\d+), "period": (\d+)/gu)].map(
    ([, name = '', limit, period]) => [name.toLowerCase(), Number(limit), Number(period)],
  );
  expect(limits).toEqual(PLAN_IDS.map((id) => [id, planOf(id).requestsPerMinute, 60]));
});
