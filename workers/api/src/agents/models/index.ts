import { type Config, config } from '../../platform/config.ts';
import type { Env } from '../../platform/env.ts';
import { createLocalModel } from './local/index.ts';
import { type ModelConfig, type ModelRegistry, modelRegistry } from './registry.ts';

const registries = new WeakMap<Config, ModelRegistry>();

/** The models that this deployment's configuration offers. */
export function models(env: Env): ModelRegistry {
  const settings = config(env);
  let registry = registries.get(settings);
  if (!registry) {
    registry = modelRegistry(modelConfig(settings));
    registries.set(settings, registry);
  }
  return registry;
}

function modelConfig(settings: Config): ModelConfig {
  const { OPENAI_COMPATIBLE_BASE_URL: baseUrl, OPENAI_COMPATIBLE_MODEL: model } = settings;
  return {
    googleApiKey: settings.GOOGLE_API_KEY,
    googleBaseUrl: settings.GOOGLE_BASE_URL,
    openaiCompatible:
      baseUrl !== undefined && model !== undefined
        ? { baseUrl, model, apiKey: settings.OPENAI_COMPATIBLE_API_KEY }
        : undefined,
    createLocal: () => createLocalModel(),
    localPaceMs: settings.LOCAL_MODEL_PACE_MS,
    idleMs: settings.AGENT_IDLE_MS,
  };
}
