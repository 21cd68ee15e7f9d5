import type { FlowDocument, FlowNode, NodeType } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { ROOT, hierarchyOf } from '../../layout/hierarchy.ts';
import { TRIGGER_COMMENT, TYPE_CLASS } from './chart.ts';
import { inferTrigger } from './infer.ts';
import { type Names, namesOf } from './names.ts';
import { encodeText } from './text.ts';

const SHAPES: Readonly<Record<NodeType, readonly [open: string, close: string, style: string]>> = {
  start: ['([', '])', 'fill:#dcfce7,stroke:#16a34a,color:#14532d'],
  end: ['([', '])', 'fill:#1e293b,stroke:#1e293b,color:#ffffff'],
  screen: ['[', ']', 'fill:#eef2ff,stroke:#6366f1,color:#312e81'],
  action: ['(', ')', 'fill:#eff6ff,stroke:#3b82f6,color:#1e3a8a'],
  decision: ['{', '}', 'fill:#fffbeb,stroke:#d97706,color:#78350f'],
  system: ['{{', '}}', 'fill:#f1f5f9,stroke:#64748b,color:#1e293b'],
  subflow: ['[[', ']]', 'fill:#f5f3ff,stroke:#8b5cf6,color:#4c1d95'],
  note: ['>', ']', 'fill:#fef9c3,stroke:#ca8a04,color:#713f12'],
};

const LEGAL_ID = /^[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*$/;
/** Mermaid's lexer finds these at the beginning of ids as well. */
const KEYWORD =
  /^(?:end|graph|flowchart|subgraph|style|linkstyle|class|classdef|click|call|href|default|interpolate|direction|_self|_blank|_parent|_top)/i;
const MAX_INDENT = 40;

/**
 * The flow as a Mermaid flowchart that any Mermaid renders and `fromMermaid` reads back: ids where Mermaid allows
 * them, titles, types, transitions with labels and triggers, frames. Mermaid has fewer shapes than there are
 * types, so a class (`:::ux_screen`) says the type; renderers use it for colour only. Positions, descriptions,
 * screens and conditions beside a label have no place in Mermaid.
 */
export function toMermaid(document: FlowDocument): string {
  const names = namesOf(document, {
    allowed: (id) => LEGAL_ID.test(id) && !KEYWORD.test(id),
    node: 'node_',
    frame: 'frame_',
  });
  const types = new Set(Object.values(document.nodes).map(({ type }) => type));
  return [
    '---',
    `title: ${JSON.stringify(document.name)}`,
    '---',
    `flowchart ${directionOf(document)}`,
    ...bodyLines(document, names),
    ...edgeLines(document, names),
    ...[...types].map((type) => `  classDef ${TYPE_CLASS}${type} ${SHAPES[type][2]}`),
    '',
  ].join('\n');
}

function nodeLine(node: FlowNode, names: Names): string {
  const [open, close] = SHAPES[node.type];
  return `${names.node(node.id)}${open}"${encodeText(node.title)}"${close}:::${TYPE_CLASS}${node.type}`;
}

/** Subgraphs with what is in them, by a stack: frames may be nested deeply. */
function bodyLines(document: FlowDocument, names: Names): string[] {
  const { frames, parentOf, frameOf } = hierarchyOf(document);
  const nodesIn = groupBy(Object.values(document.nodes), ({ id }) => frameOf.get(id) ?? ROOT);
  const framesIn = groupBy(frames, ({ id }) => parentOf.get(id) ?? ROOT);
  const lines: string[] = [];
  const open: { left: typeof frames }[] = [];
  const indent = (): string => '  '.repeat(Math.min(MAX_INDENT, open.length));
  const enter = (container: string): void => {
    open.push({ left: [...(framesIn.get(container) ?? [])].reverse() });
    for (const node of nodesIn.get(container) ?? []) lines.push(indent() + nodeLine(node, names));
  };
  enter(ROOT);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const frame = top.left.pop();
    if (frame) {
      lines.push(`${indent()}subgraph ${names.frame(frame.id)}["${encodeText(frame.title)}"]`);
      enter(frame.id);
    } else {
      open.pop();
      if (open.length > 0) lines.push(`${indent()}end`);
    }
  }
  return lines;
}

function edgeLines(document: FlowDocument, names: Names): string[] {
  return Object.values(document.edges).flatMap((edge) => {
    const source = document.nodes[edge.source],
      target = document.nodes[edge.target];
    if (!source || !target) return [];
    const label = edgeText(edge);
    const link = label === '' ? '-->' : `-->|"${encodeText(label)}"|`;
    const line = `  ${names.node(source.id)} ${link} ${names.node(target.id)}`;
    return inferTrigger(label, source.type) === edge.trigger
      ? [line]
      : [`  ${TRIGGER_COMMENT} ${edge.trigger}`, line];
  });
}

/** To the right when most transitions run more sideways than downwards. */
function directionOf(document: FlowDocument): 'TB' | 'LR' {
  let sideways = 0,
    total = 0;
  for (const { source, target } of Object.values(document.edges)) {
    const from = document.nodes[source],
      to = document.nodes[target];
    if (!from || !to || from.type === 'note' || to.type === 'note') continue;
    total += 1;
    if (Math.abs(to.position.x - from.position.x) > Math.abs(to.position.y - from.position.y)) sideways += 1;
  }
  return sideways * 2 > total ? 'LR' : 'TB';
}

function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
