import { emptyDocument, type FlowDocument } from '@uxflow/flow';
import { runDesigner } from './loop/designer.ts';
import { MemoryDocument, MemoryJournal } from './loop/memory.ts';
import { systemClock } from './loop/ports.ts';
import { createLocalModel } from './models/local/index.ts';
import { type ModelConfig, type ModelEntry, modelRegistry } from './models/registry.ts';

/** What `npm run eval` and its tests need: the real loop, with a flow in memory instead of a room. */
export interface Drawing {
  status: 'succeeded' | 'failed' | 'cancelled';
  document: FlowDocument;
  reply?: string | undefined;
  /** For people; set when the run failed. */
  reason?: string | undefined;
}

export type { ModelEntry } from './models/registry.ts';

/** The models that an environment offers; the rule-based one is always there. */
export function evaluationModel(
  id: string,
  config: Omit<ModelConfig, 'createLocal' | 'localPaceMs'> = {},
): ModelEntry {
  return modelRegistry({ ...config, createLocal: () => createLocalModel(), localPaceMs: 0 }).find(id);
}

/** Runs `designer` on an empty flow, or on `document`. */
export async function drawFlow(
  entry: ModelEntry,
  prompt: string,
  document: FlowDocument = emptyDocument('Untitled'),
): Promise<Drawing> {
  const flow = new MemoryDocument(document);
  const outcome = await runDesigner({
    runId: 'run_eval',
    prompt,
    model: entry.create(),
    modelId: entry.id,
    limits: { ...entry.limits, paceMs: 0 },
    deadline: systemClock.now() + entry.limits.deadlineMs,
    document: flow,
    journal: new MemoryJournal(),
    clock: systemClock,
    signal: new AbortController().signal,
    onPart: () => undefined,
  });
  return {
    status: outcome.status,
    document: flow.document,
    reply: outcome.reply,
    reason: outcome.error?.detail,
  };
}
