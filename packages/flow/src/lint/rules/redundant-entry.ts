import type { FlowEdge, FlowNode } from '../../document/types.ts';
import type { GraphIndex } from '../graph-index.ts';
import { finding, quote, quoteText, type Finding, type LintRule } from '../rule.ts';
import { roleOf } from '../screens.ts';
import { SOURCES } from '../sources.ts';
import { mayBeAskedAgain } from '../words.ts';

/** A step through which more pairs of screens go than this is a hub, not a sequence of forms. */
const HUB = 16;

export const redundantEntry: LintRule = {
  severity: 'info',
  title: 'Asked for the same thing twice',
  rationale: 'Typing again what one has just typed is tiring for all and a barrier for some.',
  source: SOURCES.redundantEntry,
  check(graph) {
    const asked = new Map<string, Map<string, string>>();
    for (const node of graph.steps) {
      const fields = node.type === 'screen' ? fieldsOf(node) : undefined;
      if (fields && fields.size > 0) asked.set(node.id, fields);
    }
    const told = new Set<string>();
    const findings: Finding[] = [];
    for (const [id, fields] of asked) {
      forEachNextScreen(graph, id, (nextId) => {
        const same = nextId === id ? [] : inBoth(fields, asked.get(nextId));
        const [first, next] = [graph.step(id), graph.step(nextId)];
        if (same.length === 0 || !first || !next) return;
        if (told.has(`${nextId} ${id}`) || told.has(`${id} ${nextId}`)) return;
        told.add(`${id} ${nextId}`);
        const names = same.slice(0, 3).map(quoteText).join(', ');
        findings.push(
          finding(`${quote(next)} asks for ${names} again, right after ${quote(first)}: fill it in.`, [
            id,
            nextId,
          ]),
        );
      });
    }
    return findings;
  },
};

const NONE: readonly string[] = [];

/** The labels, as the second screen has them, of what both screens ask for. */
function inBoth(fields: ReadonlyMap<string, string>, again?: ReadonlyMap<string, string>): readonly string[] {
  if (!again) return NONE;
  let same: string[] | undefined;
  for (const [key, label] of again) if (fields.has(key)) (same ??= []).push(label);
  return same ?? NONE;
}

/** What people type on a screen, lower-case key to label. */
function fieldsOf({ screen }: FlowNode): Map<string, string> | undefined {
  let fields: Map<string, string> | undefined;
  for (const field of screen?.elements ?? []) {
    if (roleOf(field) !== 'field') continue;
    const label = field.label.trim();
    if (label !== '' && !mayBeAskedAgain(label)) (fields ??= new Map()).set(label.toLowerCase(), label);
  }
  return fields;
}

/** The screens that follow a screen, directly or over one step in between; some may come twice. */
function forEachNextScreen(graph: GraphIndex, id: string, visit: (screenId: string) => void): void {
  for (const edge of graph.outgoing(id)) {
    if (!leadsOn(edge)) continue;
    const { target } = edge;
    if (graph.step(target)?.type === 'screen') visit(target);
    else if (graph.incoming(target).length * graph.outgoing(target).length <= HUB) {
      for (const next of graph.outgoing(target)) {
        if (leadsOn(next) && graph.step(next.target)?.type === 'screen') visit(next.target);
      }
    }
  }
}

function leadsOn({ trigger }: FlowEdge): boolean {
  return trigger !== 'back' && trigger !== 'error';
}
