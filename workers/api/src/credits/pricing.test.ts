import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemCost, price, priceOf, PRICES, quote, type ModelUsage, type QuoteInput } from './pricing.ts';

const models = Object.keys(PRICES);
const tokens = fc.nat({ max: 200_000 });
const usage = fc.record({
  model: fc.constantFrom(...models),
  inputTokens: tokens,
  cachedTokens: tokens,
  outputTokens: tokens,
});

describe('price table', () => {
  it('prices every model in whole micro-credits, cached never above fresh, and nothing at zero', () => {
    const whole = (amount: number) => Number.isSafeInteger(amount) && amount > 0;
    const wrong = Object.entries(PRICES).filter(
      ([, row]) => !Object.values(row).every(whole) || row.cachedPer1k > row.inputPer1k,
    );
    expect(wrong).toEqual([]);
  });

  it('prices any model behind the compatible endpoint alike and knows no other names', () => {
    expect(priceOf('openai-compatible/llama-4')).toEqual(PRICES['openai-compatible']);
    expect(priceOf('openai-compatible:llama-4')).toEqual(PRICES['openai-compatible']);
    expect(priceOf('gpt-9')).toBeNull();
    expect(priceOf('toString')).toBeNull();
  });

  it('names the field and the remedy when a model has no price', () => {
    expect(() => itemCost({ model: 'gpt-9', inputTokens: 1, cachedTokens: 0, outputTokens: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid_request', options: { param: 'model' } }),
    );
  });

  it('keeps a typical prompt on the local model between half a credit and two', () => {
    const typical = price(
      [{ model: 'local', inputTokens: 8_000, cachedTokens: 0, outputTokens: 2_000 }],
      Infinity,
    ).cost;
    expect(typical).toBe(900_000);
    const held = quote({
      model: 'local',
      promptTokens: 300,
      documentTokens: 500,
      overheadTokens: 1_200,
      maxSteps: 6,
      maxOutputTokens: 6_000,
      toolResultTokens: 500,
    });
    expect(held).toBeGreaterThan(typical);
    expect(held).toBeLessThan(10 * typical);
  });
});

describe('itemCost', () => {
  it('charges cached prompt tokens at the cached price and rounds up once', () => {
    expect(itemCost({ model: 'local', inputTokens: 1_000, cachedTokens: 400, outputTokens: 10 })).toBe(
      600 * 50 + 400 * 10 + 10 * 250,
    );
    expect(
      itemCost({ model: 'gemini-2.5-flash-lite', inputTokens: 0, cachedTokens: 0, outputTokens: 0 }),
    ).toBe(0);
    expect(
      itemCost({ model: 'gemini-3.5-flash-lite', inputTokens: 1, cachedTokens: 1, outputTokens: 0 }),
    ).toBe(6);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses %s tokens', (inputTokens) => {
    expect(() => itemCost({ model: 'local', inputTokens, cachedTokens: 0, outputTokens: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  it('is never cheaper when a usage is split in two', () => {
    fc.assert(
      fc.property(usage, usage, (a, b) => {
        const fits = (u: ModelUsage) => ({
          ...u,
          model: a.model,
          cachedTokens: Math.min(u.cachedTokens, u.inputTokens),
        });
        const [x, y] = [fits(a), fits(b)];
        const both = {
          model: a.model,
          inputTokens: x.inputTokens + y.inputTokens,
          cachedTokens: x.cachedTokens + y.cachedTokens,
          outputTokens: x.outputTokens + y.outputTokens,
        };
        expect(itemCost(x) + itemCost(y)).toBeGreaterThanOrEqual(itemCost(both));
      }),
    );
  });
});

describe('quote', () => {
  const caps: fc.Arbitrary<QuoteInput> = fc.record({
    model: fc.constantFrom(...models),
    promptTokens: tokens,
    documentTokens: tokens,
    overheadTokens: fc.nat({ max: 5_000 }),
    maxSteps: fc.integer({ min: 1, max: 20 }),
    maxOutputTokens: fc.nat({ max: 30_000 }),
    toolResultTokens: fc.nat({ max: 3_000 }),
  });

  it('is at least what any run within its caps costs, step by step', () => {
    fc.assert(
      fc.property(
        caps,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 20 }),
        (input, steps) => {
          let context = input.promptTokens + input.documentTokens + input.overheadTokens;
          let outputLeft = input.maxOutputTokens;
          const total = { model: input.model, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
          for (const [wrote, result, cached] of steps.slice(0, input.maxSteps)) {
            const output = wrote % (outputLeft + 1);
            total.inputTokens += context;
            total.cachedTokens += cached % (context + 1);
            total.outputTokens += output;
            outputLeft -= output;
            context += output + (result % (input.toolResultTokens + 1));
          }
          const { cost } = price([total], Infinity);
          expect(quote(input)).toBeGreaterThanOrEqual(cost);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never falls below the minimum of a run', () => {
    const nothing = {
      promptTokens: 0,
      documentTokens: 0,
      overheadTokens: 0,
      maxSteps: 0,
      maxOutputTokens: 0,
      toolResultTokens: 0,
    };
    for (const [model, row] of Object.entries(PRICES))
      expect(quote({ model, ...nothing })).toBe(row.minimumPerRun);
  });
});

describe('price', () => {
  it('itemises to the unit, within what was held, and at least the minimum unless nothing was used', () => {
    fc.assert(
      fc.property(
        fc.array(usage, { maxLength: 4 }),
        fc.integer({ min: 1, max: 2_000_000_000 }),
        (usages, held) => {
          const { items, cost } = price(usages, held);
          expect(items.reduce((sum, item) => sum + item.cost, 0)).toBe(cost);
          expect(items.every((item) => Number.isSafeInteger(item.cost) && item.cost >= 0)).toBe(true);
          expect(cost).toBeLessThanOrEqual(held);
          const raw = usages.reduce((sum, u) => sum + itemCost(u), 0);
          const minimum = Math.max(0, ...usages.map((u) => priceOf(u.model)?.minimumPerRun ?? 0));
          expect(cost).toBe(raw === 0 ? 0 : Math.min(held, Math.max(raw, minimum)));
        },
      ),
    );
  });
});
