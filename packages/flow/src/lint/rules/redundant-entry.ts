import type { FlowNode } from '../../document/types.ts';
import type { GraphIndex } from '../graph-index.ts';
import { finding, quote, quoteText, type LintRule } from '../rule.ts';
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
      const fields = fieldsOf(node);
      if (fields.size > 0) asked.set(node.id, fields);
    }
    const told = new Set<string>();
    return [...asked].flatMap(([id, fields]) => {
      const first = graph.step(id);
      return [...nextScreens(graph, id)].flatMap((nextId) => {
        const again = asked.get(nextId);
        const next = graph.step(nextId);
        if (!first || !next || !again || told.has(`${nextId} ${id}`) || told.has(`${id} ${nextId}`))
          return [];
        const same = [...again].filter(([key]) => fields.has(key)).map(([, label]) => label);
        if (same.length === 0) return [];
        told.add(`${id} ${nextId}`);
        return [
          finding(
            `${quote(next)} asks for ${same.slice(0, 3).map(quoteText).join(', ')} again, right after ${quote(first)}: fill it in.`,
            [id, nextId],
          ),
        ];
      });
    });
  },
};

/** What people type on a screen, lower-case key to label. */
function fieldsOf({ type, screen }: FlowNode): Map<string, string> {
  const fields =
    type === 'screen' ? (screen?.elements ?? []).filter((field) => roleOf(field) === 'field') : [];
  return new Map(
    fields
      .map(({ label }) => label.trim())
      .filter((label) => label !== '' && !mayBeAskedAgain(label))
      .map((label) => [label.toLowerCase(), label]),
  );
}

/** The screens that follow a screen, directly or over one step in between. */
function nextScreens(graph: GraphIndex, id: string): Set<string> {
  const screens = new Set<string>();
  const forward = (from: string) =>
    graph.exits(from).filter(({ trigger }) => trigger !== 'back' && trigger !== 'error');
  for (const { target } of forward(id)) {
    const step = graph.step(target);
    if (step?.type === 'screen') screens.add(target);
    else if (graph.incoming(target).length * graph.outgoing(target).length <= HUB) {
      for (const { target: next } of forward(target)) {
        if (next !== id && graph.step(next)?.type === 'screen') screens.add(next);
      }
    }
  }
  return screens;
}
