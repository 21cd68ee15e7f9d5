import { type FlowDocument, FlowError, type FlowNode } from '@uxflow/flow';
import { fromMermaid } from '@uxflow/flow/formats/mermaid';
import type { FlowListing } from '../../tools.ts';
import { anchorsOf, type Drawable, drawing } from './draw.ts';
import { isEmpty, type Plan } from './plan.ts';
import { say } from './say.ts';
import { detectLanguage } from './text/language.ts';
import { tokenize } from './text/tokens.ts';

/** Fenced as in Markdown, or from a line that opens a chart to the end of the text. */
const FENCED = /```[ \t]*mermaid[ \t]*\n(?<chart>[\s\S]*?)(?:```|$)/i;
const BARE = /^[ \t]*(?:flowchart|graph)[ \t]+(?:TB|TD|BT|LR|RL)\b[\s\S]*$/m;

/** A request that carries a Mermaid flowchart: the chart is drawn as it is, words around it are not used. Null for others. */
export function planMermaid(flow: FlowListing, request: string): Plan | null {
  const found = FENCED.exec(request) ?? BARE.exec(request);
  if (!found) return null;
  const around = [request.slice(0, found.index), request.slice(found.index + found[0].length)];
  const unused = around.map((text) => text.trim()).filter((text) => text !== '');
  const words = say(detectLanguage(tokenize(unused.join(' '))));
  try {
    const { document, warnings } = fromMermaid(found.groups?.['chart'] ?? found[0]);
    const empty = isEmpty(flow);
    const chart = drawable(document, empty);
    const decisions = chart.nodes.filter(({ type }) => type === 'decision').length;
    const count = Object.keys(document.nodes).length - decisions;
    return {
      intro: words.read(count, decisions),
      calls: drawing(chart, flow, empty ? anchorsOf(flow) : {}),
      summary: words.copied(count, decisions),
      unused: [
        ...unused,
        ...warnings.map(({ line, message }) => (line ? `line ${line}: ${message}` : message)),
      ],
      lint: true,
    };
  } catch (cause) {
    if (!(cause instanceof FlowError)) throw cause;
    const [issue] = cause.issues;
    const why = words.unreadable(issue ? `${issue.path}: ${issue.message}` : cause.message);
    return { intro: '', calls: [], summary: why, unused: [], lint: false };
  }
}

/** The chart's nodes, start first and end last. A whole flow (`complete`) gets a start and an end where it has none. */
function drawable(document: FlowDocument, complete: boolean): Drawable {
  const all = Object.values(document.nodes);
  const start = all.find(({ type }) => type === 'start');
  const end = all.findLast(({ type }) => type === 'end');
  const order = [start, ...all.filter((node) => node !== start && node !== end), end].filter(
    (node): node is FlowNode => node !== undefined,
  );
  const number = new Map(order.map(({ id }, at) => [id, at + 1]));
  const nodes: Drawable['nodes'][number][] = order.map(({ id, type, title, frameId }) => ({
    id: number.get(id) ?? 0,
    type,
    title,
    ...(frameId !== undefined && { frame: document.frames[frameId]?.title ?? frameId }),
  }));
  const edges: Drawable['edges'][number][] = Object.values(document.edges).map(
    ({ source, target, label, trigger }) => ({
      from: number.get(source) ?? 0,
      to: number.get(target) ?? 0,
      trigger,
      ...(label !== undefined && { label }),
    }),
  );
  if (!complete || nodes.length === 0) return { nodes, edges };
  const steps = nodes.filter(({ type }) => type !== 'note');
  if (!start) {
    const entered = new Set(edges.map(({ to }) => to));
    const roots = steps.filter(({ id }) => !entered.has(id));
    nodes.unshift({ id: 0, type: 'start', title: 'Start' });
    for (const { id } of roots.length > 0 ? roots : steps.slice(0, 1)) edges.push({ from: 0, to: id });
  }
  if (!end) {
    const left = new Set(edges.map(({ from }) => from));
    const id = order.length + 1;
    nodes.push({ id, type: 'end', title: 'End' });
    for (const step of steps) if (!left.has(step.id)) edges.push({ from: step.id, to: id });
  }
  return { nodes, edges };
}
