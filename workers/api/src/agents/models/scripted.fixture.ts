import type { LanguageModelV4 } from '@ai-sdk/provider';
import { modelRegistry, type ModelRegistry } from './registry.ts';

/**
 * The registry of a test: `local` is the model given, without pauses; the Gemini models are the real ones, at an address
 * that only a stand-in of `fetch` answers.
 */
export function testRegistry(
  local: () => LanguageModelV4,
  limits: { idleMs?: number; deadlineMs?: number } = {},
): ModelRegistry {
  const registry = modelRegistry({
    googleApiKey: 'test-key',
    googleBaseUrl: 'https://gemini.test/v1beta',
    createLocal: local,
    localPaceMs: 0,
  });
  const entries = registry.entries.map((entry) => ({
    ...entry,
    limits: { ...entry.limits, paceMs: 0, ...limits },
  }));
  return {
    entries,
    defaultId: 'local',
    find: (id = 'local') => {
      registry.find(id);
      const entry = entries.find((candidate) => candidate.id === id);
      if (!entry) throw new Error(`no entry ${id}`);
      return entry;
    },
  };
}
