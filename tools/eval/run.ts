import { drawFlow, type ModelEntry } from '@uxflow/api/evaluate';
import { FlowError } from '@uxflow/flow';
import { lint } from '@uxflow/flow/lint';
import { parseDocument } from '@uxflow/flow/schema';
import type { EvalItem } from './load.ts';
import { type FlowScore, scoreFlow, totals, type Totals } from './score.ts';

export type ItemResult = Omit<FlowScore, 'matches'> & {
  id: string;
  /** The document parses and has no lint errors. */
  valid: boolean;
  note?: string;
};
export type SetTotals = Totals & { validity: number };

/** Draws one prompt through the real loop and compares the flow with the labelled one. */
export async function evaluateItem(model: ModelEntry, item: EvalItem): Promise<ItemResult> {
  const drawing = await drawFlow(model, item.text);
  const { nodeF1, edgeF1, labelAccuracy, typeAccuracy } = scoreFlow(item.expected, drawing.document);
  const problems =
    drawing.status === 'succeeded' ? problemsOf(drawing.document) : [drawing.reason ?? drawing.status];
  return {
    id: item.id,
    nodeF1,
    edgeF1,
    labelAccuracy,
    typeAccuracy,
    valid: problems.length === 0,
    ...(problems[0] !== undefined && { note: problems[0] }),
  };
}

function problemsOf(document: unknown): string[] {
  try {
    return lint(parseDocument(document))
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);
  } catch (error) {
    if (error instanceof FlowError) return [error.message];
    throw error;
  }
}

export function setTotals(results: readonly ItemResult[]): SetTotals {
  const valid = results.filter((result) => result.valid).length;
  return { ...totals(results), validity: results.length === 0 ? 0 : valid / results.length };
}
