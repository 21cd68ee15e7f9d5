import { createGoogle } from '@ai-sdk/google';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { CallSettings } from '../loop/ports.ts';
import { ApiError } from '../../platform/errors.ts';

/** What bounds one run of a model. Times in milliseconds. */
export interface ModelLimits {
  /** Calls of the model in one run. */
  maxSteps: number;
  /** From start to end of a run, retries and waits included. */
  deadlineMs: number;
  /** A model that sends nothing for this long hangs. */
  idleMs: number;
  /** Output tokens of one call. */
  maxOutputTokens: number;
  /** Pause between two edits, so that people see them land one after another. */
  paceMs: number;
  /** What a thorough run uses; the hold is sized for it. Tokens of results are those that one step adds. */
  planned: {
    steps: number;
    outputTokens: number;
    resultTokens: number;
    /** What each token of the prompt adds, for a model that carries out every sentence instead of summing up. */
    perPromptToken?: { steps: number; outputTokens: number };
  };
}

export interface ModelEntry {
  id: string;
  provider: 'local' | 'google' | 'openai-compatible';
  /** For people. */
  label: string;
  /** True for a model that follows rules instead of understanding language; the interface says so. */
  ruleBased: boolean;
  limits: ModelLimits;
  settings: CallSettings;
  create(): LanguageModelV4;
}

/** The part of the configuration that decides which models there are. */
export interface ModelConfig {
  googleApiKey?: string | undefined;
  googleBaseUrl?: string | undefined;
  openaiCompatible?: { baseUrl: string; apiKey?: string | undefined; model: string } | undefined;
  /** Makes the rule-based model. */
  createLocal?: (() => LanguageModelV4) | undefined;
  /** Pause between edits of the rule-based model, instead of its usual one. */
  localPaceMs?: number | undefined;
  /** Silence after which a hosted model counts as hanging, instead of the usual one. Milliseconds. */
  idleMs?: number | undefined;
}

export interface ModelRegistry {
  entries: ModelEntry[];
  defaultId: string;
  /**
   * The entry of `id`, the default one without an id.
   * @throws ApiError `invalid_request` for an unknown id, `model_unavailable` for a known one that is not configured.
   */
  find(id?: string): ModelEntry;
}

/** Gemini models that the product offers, best default first. Their prices stand in `credits/pricing.ts`. */
export const GEMINI_MODELS = ['gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.5-pro'] as const;

const HOSTED: ModelLimits = {
  maxSteps: 24,
  deadlineMs: 240_000,
  idleMs: 45_000,
  maxOutputTokens: 16_384,
  paceMs: 60,
  planned: { steps: 6, outputTokens: 8_000, resultTokens: 1_000 },
};
const LOCAL: ModelLimits = {
  maxSteps: 64,
  deadlineMs: 120_000,
  idleMs: 15_000,
  maxOutputTokens: 65_536,
  paceMs: 60,
  // Measured: a sentence of 10 tokens becomes two or three calls of 35 tokens each, and 24 calls are one step.
  planned: {
    steps: 6,
    outputTokens: 4_000,
    resultTokens: 1_000,
    perPromptToken: { steps: 1 / 80, outputTokens: 10 },
  },
};

export function modelRegistry(config: ModelConfig): ModelRegistry {
  const entries: ModelEntry[] = [];
  const { googleApiKey, googleBaseUrl, openaiCompatible } = config;
  const hosted: ModelLimits = { ...HOSTED, idleMs: config.idleMs ?? HOSTED.idleMs };
  if (googleApiKey) {
    const google = createGoogle({ apiKey: googleApiKey, ...(googleBaseUrl && { baseURL: googleBaseUrl }) });
    for (const id of GEMINI_MODELS) {
      entries.push({
        id,
        provider: 'google',
        label: geminiLabel(id),
        ruleBased: false,
        limits: hosted,
        // Drawing needs little thought, and thoughts are paid for.
        settings: { reasoning: 'low' },
        create: () => google(id),
      });
    }
  }
  if (openaiCompatible) {
    const { baseUrl, apiKey, model } = openaiCompatible;
    const provider = createOpenAICompatible({
      name: 'openai-compatible',
      baseURL: baseUrl,
      includeUsage: true,
      ...(apiKey && { apiKey }),
    });
    entries.push({
      id: 'openai-compatible',
      provider: 'openai-compatible',
      label: model,
      ruleBased: false,
      limits: hosted,
      settings: {},
      create: () => provider.chatModel(model),
    });
  }
  if (config.createLocal) {
    entries.push({
      id: 'local',
      provider: 'local',
      label: 'Local (rule-based)',
      ruleBased: true,
      limits: { ...LOCAL, paceMs: config.localPaceMs ?? LOCAL.paceMs },
      settings: {},
      create: config.createLocal,
    });
  }
  const defaultId = googleApiKey ? GEMINI_MODELS[0] : 'local';
  return { entries, defaultId, find: (id = defaultId) => findModel(entries, id) };
}

function findModel(entries: ModelEntry[], id: string): ModelEntry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry) return entry;
  const known = id === 'openai-compatible' || id === 'local' || GEMINI_MODELS.some((model) => model === id);
  const choose = `Choose one of: ${entries.map((candidate) => candidate.id).join(', ')}.`;
  if (known)
    throw new ApiError('model_unavailable', `The model "${id}" is not configured on this server. ${choose}`, {
      param: 'model',
      retryAfter: 60,
    });
  throw new ApiError('invalid_request', `There is no model "${id.slice(0, 64)}". ${choose}`, {
    param: 'model',
  });
}

function geminiLabel(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
