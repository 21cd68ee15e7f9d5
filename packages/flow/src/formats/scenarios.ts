import type { EdgeTrigger, FlowDocument, FlowEdge, FlowNode } from '../document/types.ts';
import { edgeText } from '../layout/edge-text.ts';
import { coveragePaths } from '../paths/coverage.ts';
import { clip } from '../document/clip.ts';
import { oneLine } from './plain-text.ts';

/** One transition that a scenario takes. */
export interface Move {
  edge: FlowEdge;
  from: FlowNode;
  to: FlowNode;
}

/** One path through the flow, to be tested by taking it. */
export interface Scenario {
  /** One line: its number, where it begins and ends, and the words on its way. */
  name: string;
  first: FlowNode;
  moves: Move[];
}

export interface Scenarios {
  scenarios: Scenario[];
  /** Transitions on no scenario: no start leads to them, they lead to no end, or there are too many. */
  uncovered: Move[];
}

/** Transitions of all scenarios together, so that a text of them stays within some megabytes. */
const MAX_MOVES = 20_000;
const MAX_NAME = 160;

/** The paths that a test suite must take to go every transition at least once, from the coverage set of the flow. */
export function scenariosOf(document: FlowDocument): Scenarios {
  const moveOf = (id: string): Move[] => {
    const edge = document.edges[id];
    const from = edge && document.nodes[edge.source];
    const to = edge && document.nodes[edge.target];
    return edge && from && to ? [{ edge, from, to }] : [];
  };
  const { paths, uncovered } = coveragePaths(document);
  const scenarios: Scenario[] = [];
  const taken = new Set<string>();
  let total = 0;
  for (const { nodeIds, edgeIds } of paths) {
    total += edgeIds.length;
    const first = document.nodes[nodeIds[0] ?? ''];
    if (!first || total > MAX_MOVES) continue;
    const moves = edgeIds.flatMap(moveOf);
    scenarios.push({ name: nameOf(scenarios.length + 1, first, moves), first, moves });
    for (const id of edgeIds) taken.add(id);
  }
  const left = paths.flatMap(({ edgeIds }) => edgeIds.filter((id) => !taken.has(id)));
  return { scenarios, uncovered: [...new Set([...uncovered, ...left])].flatMap(moveOf) };
}

function nameOf(number: number, first: FlowNode, moves: readonly Move[]): string {
  const words = moves.map(({ edge }) => oneLine(edgeText(edge))).filter((text) => text !== '');
  const way = words.length === 0 ? '' : `: ${words.join(', ')}`;
  const name = `${number}. ${titleOf(first)} → ${titleOf(moves.at(-1)?.to ?? first)}${way}`;
  const short = clip(name, MAX_NAME);
  return oneLine(short === name ? name : `${short}…`);
}

/** The title in one line; the type where it has none. */
export function titleOf(node: FlowNode): string {
  return oneLine(node.title) || node.type;
}

/** What somebody clicks, answers or waits for: the element that is used, else the words on the transition. */
export function wordsOf({ edge, from }: Move): string {
  const element = from.screen?.elements.find(({ id }) => id === edge.elementId);
  return oneLine(element?.label ?? '') || oneLine(edgeText(edge));
}

/** Whether somebody does it; all else happens by itself. */
export function isDoneByPerson(trigger: EdgeTrigger): boolean {
  return trigger === 'click' || trigger === 'submit' || trigger === 'back';
}
