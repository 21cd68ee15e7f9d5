import { emptyDocument, type FlowDocument } from '@uxflow/flow';
import { runDesigner } from '../../../loop/designer.ts';
import { MemoryDocument, MemoryJournal } from '../../../loop/memory.ts';
import type { RunOutcome } from '../../../loop/ports.ts';
import { systemClock } from '../../../loop/ports.ts';
import { createLocalModel } from '../index.ts';

export interface Edited {
  outcome: RunOutcome;
  document: FlowDocument;
  reply: string;
  unused: string[];
}

/** Nodes as "id: type title", edges as "a>b" or "a>b label". */
export function sketch(nodes: readonly string[], edges: readonly string[], name = 'Sign-in'): FlowDocument {
  const document = emptyDocument(name);
  for (const [at, line] of nodes.entries()) {
    const [, id = '', type = '', title = ''] = /^(\S+): (\S+) (.+)$/.exec(line) ?? [];
    document.nodes[id] = { id, type: type as 'screen', title, position: { x: 0, y: at * 150 } };
  }
  for (const line of edges) {
    const [, source = '', target = '', label] = /^(\S+)>(\S+)(?: (.+))?$/.exec(line) ?? [];
    let id = `${source}-${target}`;
    while (Object.hasOwn(document.edges, id)) id += 'x';
    document.edges[id] = { id, source, target, trigger: 'auto', ...(label !== undefined && { label }) };
  }
  return document;
}

/** The flow that most rules are shown on. */
export const signIn = (): FlowDocument =>
  sketch(
    [
      'start: start Start',
      'mail: action Enter e-mail',
      'code: action Enter code',
      'right: decision Is the code right?',
      'error: system Show error',
      'home: screen Dashboard',
      'end: end End',
    ],
    ['start>mail', 'mail>code', 'code>right', 'right>home yes', 'right>error no', 'error>code', 'home>end'],
  );

/** Runs the request through the real loop, with the model as it is shipped. */
export async function edit(request: string, document: FlowDocument = signIn()): Promise<Edited> {
  const flow = new MemoryDocument(document);
  const outcome = await runDesigner({
    runId: 'run_edit',
    prompt: request,
    model: createLocalModel(),
    modelId: 'local',
    limits: {
      maxSteps: 60,
      maxOutputTokens: 100_000,
      deadlineMs: 60_000,
      idleMs: 10_000,
      paceMs: 0,
      planned: { steps: 4, outputTokens: 4_000, resultTokens: 1_000 },
    },
    deadline: Date.now() + 60_000,
    document: flow,
    journal: new MemoryJournal(),
    clock: systemClock,
    signal: new AbortController().signal,
    onPart: () => undefined,
  });
  return { outcome, document: flow.document, reply: outcome.reply ?? '', unused: outcome.unused ?? [] };
}

/** Edges by titles, "A > B" or "A > B (label)", sorted. */
export function ways(document: FlowDocument): string[] {
  const title = (id: string) => document.nodes[id]?.title ?? `?${id}`;
  return Object.values(document.edges)
    .map(
      ({ source, target, label }) =>
        `${title(source)} > ${title(target)}${label === undefined ? '' : ` (${label})`}`,
    )
    .sort();
}
export const titles = (document: FlowDocument): string[] =>
  Object.values(document.nodes).map(({ title }) => title);
