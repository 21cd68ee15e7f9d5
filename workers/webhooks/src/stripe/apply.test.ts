import { describe, expect, it } from 'vitest';
import { applyStripeEvents } from './apply.ts';

type Applied = Awaited<ReturnType<Parameters<typeof applyStripeEvents>[1]['applyStripeEvent']>>;

/** What becomes of messages about these events: asked of the API, and when each is tried again. */
async function applied(answers: Record<string, Applied | Error>) {
  const asked: string[] = [];
  const retries: Record<string, number | undefined> = {};
  const messages = Object.keys(answers).map((stripeEventId) => ({
    body: { stripeEventId },
    retry: (options?: QueueRetryOptions) => {
      retries[stripeEventId] = options?.delaySeconds;
    },
  }));
  await applyStripeEvents(messages, {
    applyStripeEvent: (id) => {
      asked.push(id);
      const answer = answers[id];
      return answer === undefined || answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(answer);
    },
  });
  return { asked, retries };
}

describe('a kept event of Stripe', () => {
  it('is done with once it is applied, given up or unknown', async () => {
    const { asked, retries } = await applied({
      evt_1: { state: 'done' },
      evt_2: { state: 'dead', error: 'no such customer' },
      evt_3: { state: 'unknown' },
    });
    expect([asked, retries]).toEqual([['evt_1', 'evt_2', 'evt_3'], {}]);
  });

  it('is tried again when the API says, alone: the others of its batch go on', async () => {
    const { asked, retries } = await applied({
      evt_1: { state: 'retry', afterSeconds: 2.5, error: 'busy' },
      evt_2: new Error('the API does not answer'),
      evt_3: { state: 'retry', afterSeconds: 1e9, error: 'later' },
      evt_4: { state: 'done' },
    });
    expect(asked).toHaveLength(4);
    expect(retries).toEqual({ evt_1: 3, evt_2: 30, evt_3: 43_200 });
  });
});
