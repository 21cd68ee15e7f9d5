import type { FlowListing } from '../../../tools.ts';
import type { Language } from '../text/language.ts';
import { Draft } from './draft.ts';
import type { DraftEdge } from './graph.ts';
import { phrases } from './phrases.ts';

/** An issue as `lint_flow` reports it. */
export interface Issue {
  rule: string;
  severity: string;
  message: string;
  nodes: readonly string[];
  edges: readonly string[];
}

const BAD =
  /(?<![\p{L}])(?:error|errors|fail\p{L}*|wrong|invalid|retry|again|denied|declined|rejected|block\p{L}*|expired|missing|fehler\p{L}*|falsch\p{L}*|ungültig\p{L}*|erneut|abgelehnt|gesperrt\p{L}*|abgelaufen|fehlgeschlagen)(?![\p{L}])/iu;

/** Whether a branch looks like the one that is taken when the answer is no. */
function isNo(draft: Draft, edge: DraftEdge): boolean {
  return (
    edge.trigger === 'error' ||
    edge.trigger === 'back' ||
    edge.trigger === 'timeout' ||
    BAD.test(draft.node(edge.target)?.title ?? '') ||
    draft.leads(edge.target, edge.source)
  );
}

function labelBranches(draft: Draft, node: string, language: Language): void {
  const [yes, no] = language === 'de' ? ['ja', 'nein'] : ['yes', 'no'];
  const branches = draft.edges.filter(({ source }) => source === node);
  const bare = branches.filter(({ label }) => label === undefined || label.trim() === '');
  const taken = new Set(branches.map(({ label }) => label?.trim().toLowerCase()));
  if (
    branches.length === 2 &&
    [...taken].every((label) => label === undefined || label === '' || label === yes || label === no)
  ) {
    const [first, second] = branches.toSorted((a, b) => Number(isNo(draft, a)) - Number(isNo(draft, b)));
    for (const edge of bare)
      draft.label(edge, taken.has(yes) ? no : taken.has(no) ? yes : edge === first ? yes : no);
    if (first && second) return;
  }
  // Where the answers are not yes and no, a branch is called by where it leads.
  for (const edge of bare) {
    const title = draft.node(edge.target)?.title ?? '';
    if (title !== '' && !taken.has(title.toLowerCase()) && edge.label === undefined) {
      draft.label(edge, title);
      taken.add(title.toLowerCase());
    }
  }
}

function theEnd(draft: Draft, language: Language): string {
  const ends = draft.nodes.filter(({ type }) => type === 'end');
  return ends[0]?.id ?? draft.addNode('end', language === 'de' ? 'Ende' : 'End');
}

function mendOne(draft: Draft, issue: Issue, language: Language): void {
  const [id = ''] = issue.nodes;
  const node = draft.node(id);
  const edges = issue.edges
    .map((edge) => draft.edges.find((other) => other.id === edge))
    .filter((edge) => edge !== undefined);
  switch (issue.rule) {
    case 'missing-start': {
      if (draft.nodes.some(({ type }) => type === 'start')) return;
      const steps = draft.nodes.filter(({ type }) => type !== 'note' && type !== 'end');
      const entry = steps.find((step) => draft.into(step.id).length === 0) ?? steps[0];
      const start = draft.addNode('start', 'Start');
      if (entry) draft.connect(start, entry.id);
      return;
    }
    case 'dead-end': {
      if (!node || node.type === 'decision' || draft.outOf(id).length > 0) return;
      if (node.type === 'start') {
        const entry = draft.nodes.find(
          (step) =>
            step.id !== id && step.type !== 'note' && step.type !== 'end' && draft.into(step.id).length === 0,
        );
        if (entry) draft.connect(id, entry.id);
        return;
      }
      draft.connect(id, theEnd(draft, language));
      return;
    }
    case 'unlabelled-branch': {
      for (const source of new Set(edges.map((edge) => edge.source))) labelBranches(draft, source, language);
      return;
    }
    case 'duplicate-edge':
      for (const edge of edges.slice(1)) draft.disconnect(edge);
      return;
    case 'self-loop':
      if (node?.type !== 'decision') for (const edge of edges) draft.disconnect(edge);
      return;
    case 'submit-without-error-path': {
      const sources = [...new Set(draft.into(id).map(({ source }) => source))];
      const [screen] = sources;
      if (
        node?.type !== 'action' ||
        sources.length !== 1 ||
        screen === undefined ||
        draft.node(screen)?.type !== 'screen'
      )
        return;
      draft.connect(id, screen, language === 'de' ? 'Fehler' : 'Error', 'error');
    }
  }
}

/** Repairs what the lint check reports and what can be repaired without guessing; the rest is left to people. */
export function planMending(flow: FlowListing, issues: readonly Issue[], language: Language): Draft {
  const draft = new Draft(flow);
  // A missing start comes first: what can be reached depends on it.
  const order = [
    'missing-start',
    'duplicate-edge',
    'self-loop',
    'dead-end',
    'unlabelled-branch',
    'submit-without-error-path',
  ];
  for (const rule of order)
    for (const issue of issues) if (issue.rule === rule) mendOne(draft, issue, language);
  return draft;
}

/** What was mended and what is left, behind the summary of the edits before. */
export function mendingSummary(
  before: string,
  edits: number,
  left: readonly string[],
  language: Language,
): string {
  const say = phrases(language);
  return `${before} ${edits > 0 ? say.fixed(edits) : say.nothingToFix}${left.length > 0 ? say.remaining(left) : ''}`
    .trim()
    .slice(0, 3_900);
}
