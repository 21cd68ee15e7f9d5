import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { itemCost, priceOf } from '../../credits/pricing.ts';
import { estimateTokens } from '../context.ts';
import { TOOL_DEFINITIONS } from '../tools.ts';
import type { RunState } from './journal.ts';
import type { Answer } from './model-call.ts';
import type { TokenUsage } from './ports.ts';

const TOOL_TOKENS = estimateTokens(JSON.stringify(TOOL_DEFINITIONS));

/** What an answer used, as the provider counts it; estimated where it does not. */
export function tokenUsage({ usage, parts }: Answer, prompt: LanguageModelV4Prompt): TokenUsage {
  const inputTokens = usage.inputTokens.total ?? estimateTokens(JSON.stringify(prompt)) + TOOL_TOKENS;
  return {
    inputTokens,
    cachedTokens: Math.min(usage.inputTokens.cacheRead ?? 0, inputTokens),
    outputTokens: usage.outputTokens.total ?? estimateTokens(JSON.stringify(parts)),
  };
}

/** Tokens that the next answer may have so that the run stays within `held` micro-credits, if nothing is cached. */
export function outputTokensWithin(held: number, modelId: string, state: RunState): number {
  const { usage, messages } = state;
  const next = {
    ...usage,
    model: modelId,
    inputTokens: usage.inputTokens + nextInputTokens(state, messages),
  };
  const left = held - itemCost(next);
  const outputPer1k = priceOf(modelId)?.outputPer1k ?? 0;
  if (outputPer1k === 0) return left >= 0 ? Number.MAX_SAFE_INTEGER : 0;
  return Math.max(0, Math.floor((left * 1000) / outputPer1k));
}

/** The next call sends what the last one sent and answered, and the results since. */
function nextInputTokens({ lastUsage }: RunState, messages: LanguageModelV4Prompt): number {
  if (!lastUsage) return estimateTokens(JSON.stringify(messages)) + TOOL_TOKENS;
  const last = messages.at(-1);
  const results = last?.role === 'tool' ? estimateTokens(JSON.stringify(last.content)) : 0;
  return lastUsage.inputTokens + lastUsage.outputTokens + results;
}
