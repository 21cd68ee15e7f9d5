import { LIMITS } from '@uxflow/flow';
import type { FlowListing } from '../../../tools.ts';
import { planMermaid } from '../mermaid.ts';
import { isEmpty, type Plan, planDrawing } from '../plan.ts';
import { detectLanguage } from '../text/language.ts';
import { tokenize } from '../text/tokens.ts';
import { planAppending } from './append.ts';
import { type EditPlan, planEdits } from './index.ts';
import { phrases } from './phrases.ts';
import { isUnclear, isUnfit } from './unfit.ts';

/** A plan in which nothing is done. */
function answer(summary: string, unused: string[]): EditPlan {
  return { intro: '', calls: [], summary, unused, lint: false, fix: false };
}

const drawing = (plan: Plan): EditPlan => ({ ...plan, fix: false });

/** What to do about any request, decided from it and the flow alone: edits by name, a drawing, or a plain refusal. */
export function planRequest(flow: FlowListing, request: string): EditPlan {
  const chart = planMermaid(flow, request);
  if (chart) return drawing(chart);
  const say = phrases(detectLanguage(tokenize(request)));
  if (isEmpty(flow)) {
    const edits = planEdits(flow, request);
    if (edits?.certain === true) {
      return edits.calls.length > 0 || (edits.fix && flow.nodes.length > 0)
        ? edits
        : answer(phrases(edits.language).nothingYet, edits.unused);
    }
    return isUnfit(request)
      ? answer(say.refusal, [request.slice(0, LIMITS.description)])
      : drawing(planDrawing(flow, request));
  }
  const edits = planEdits(flow, request);
  if (edits) return edits;
  return isUnfit(request) || isUnclear(request)
    ? answer(say.refusal, [request.slice(0, LIMITS.description)])
    : drawing(planAppending(flow, request));
}
