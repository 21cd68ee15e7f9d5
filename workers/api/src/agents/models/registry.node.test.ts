import { describe, expect, it } from 'vitest';
import { priceOf } from '../../credits/pricing.ts';
import { ApiError } from '../../platform/errors.ts';
import { scriptedModel } from '../loop/scripted.fixture.ts';
import { GEMINI_MODELS, modelRegistry } from './registry.ts';

const createLocal = () => scriptedModel([]);
const all = {
  createLocal,
  googleApiKey: 'k',
  openaiCompatible: { baseUrl: 'http://127.0.0.1:1/v1', model: 'qwen' },
};

function refusal(find: () => unknown): [string, number] | null {
  try {
    find();
    return null;
  } catch (error) {
    return error instanceof ApiError ? [error.code, error.status] : null;
  }
}

describe('model registry', () => {
  it('takes Gemini by default when there is a key, else the rule-based model', () => {
    expect(modelRegistry(all).defaultId).toBe(GEMINI_MODELS[0]);
    expect(modelRegistry({ createLocal }).find()).toMatchObject({ id: 'local', ruleBased: true });
  });

  it('tells an unknown model from one that is not configured', () => {
    const { find } = modelRegistry({ createLocal });
    expect(refusal(() => find('gpt-0'))).toEqual(['invalid_request', 422]);
    expect(refusal(() => find('gemini-2.5-flash'))).toEqual(['model_unavailable', 503]);
    expect(refusal(() => find('openai-compatible'))).toEqual(['model_unavailable', 503]);
  });

  it('lets the patience with silent hosted models be set', () => {
    expect(modelRegistry({ ...all, idleMs: 2_000 }).entries.map(({ limits }) => limits.idleMs)).toEqual([
      2_000, 2_000, 2_000, 2_000, 15_000,
    ]);
    expect(modelRegistry(all).find().limits.idleMs).toBe(45_000);
  });

  it('offers nothing that has no price', () => {
    const { entries } = modelRegistry(all);
    expect(entries).toHaveLength(GEMINI_MODELS.length + 2);
    for (const { id, create } of entries) {
      expect(priceOf(id), id).not.toBeNull();
      expect(create().specificationVersion).toBe('v4');
    }
  });
});
