import type { FlowDocument } from '@uxflow/flow';
import { quote } from '../credits/pricing.ts';
import { estimateTokens, listFlow } from './context.ts';
import { DESIGNER_INSTRUCTIONS } from './instructions.ts';
import type { ModelEntry } from './models/registry.ts';
import { TOOL_DEFINITIONS } from './tools.ts';

/** Tokens of instructions and tool schemas, which are sent again with each step. */
const OVERHEAD_TOKENS = estimateTokens(DESIGNER_INSTRUCTIONS + JSON.stringify(TOOL_DEFINITIONS));

/**
 * Micro-credits to hold for a run: what it costs when it uses its model's planned steps in full. The loop stops before
 * a step that the hold could not pay for, so this is also the most that the run can cost.
 */
export function quoteRun(entry: ModelEntry, document: FlowDocument, prompt: string): number {
  const { planned, maxSteps } = entry.limits;
  const promptTokens = estimateTokens(prompt);
  const { steps = 0, outputTokens = 0 } = planned.perPromptToken ?? {};
  return quote({
    model: entry.id,
    promptTokens,
    documentTokens: estimateTokens(JSON.stringify(listFlow(document, prompt))),
    overheadTokens: OVERHEAD_TOKENS,
    maxSteps: Math.min(maxSteps, planned.steps + Math.ceil(promptTokens * steps)),
    maxOutputTokens: planned.outputTokens + Math.ceil(promptTokens * outputTokens),
    toolResultTokens: planned.resultTokens,
  });
}
