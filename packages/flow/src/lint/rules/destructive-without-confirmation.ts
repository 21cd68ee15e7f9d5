import type { FlowEdge, FlowNode } from '../../document/types.ts';
import { askFirst } from '../fixes.ts';
import { once, type GraphIndex } from '../graph-index.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { destroysInGerman, soundsDestructive, soundsLikeConfirming, soundsLikeUndo } from '../words.ts';

export const destructiveWithoutConfirmation: LintRule = {
  severity: 'warning',
  title: 'Destructive step without a question',
  rationale: 'A slip of the finger costs people their data or their contract, and nothing brings it back.',
  source: SOURCES.confirmationDialogs,
  check(graph) {
    // What can be taken back needs no question.
    if (graph.steps.some(({ title }) => soundsLikeUndo(title))) return [];
    const asksNext = once((id) =>
      graph.exits(id).some(({ target }) => {
        const step = graph.step(target);
        return step?.type === 'decision' || soundsLikeConfirming(step?.title ?? '');
      }),
    );
    return graph.edges.flatMap((edge) => {
      const source = graph.step(edge.source);
      const target = graph.step(edge.target);
      if (!source || !target || !destroys(graph, edge, source, target)) return [];
      if (target.type === 'action' && asksNext(target.id)) return [];
      const words = [edge.label, target.title].join(' ');
      const fix = askFirst(
        graph,
        edge,
        destroysInGerman(words)
          ? { title: 'Wirklich fortfahren?', yes: 'Ja', no: 'Nein' }
          : { title: 'Are you sure?', yes: 'Yes', no: 'No' },
      );
      return [
        finding(
          `From ${quote(source)} one click leads to ${quote(target)}: ask first, or let people undo it.`,
          [source.id, target.id],
          [edge.id],
          fix,
        ),
      ];
    });
  },
};

function destroys(graph: GraphIndex, edge: FlowEdge, source: FlowNode, target: FlowNode): boolean {
  if (source.type !== 'screen' || (edge.trigger !== 'click' && edge.trigger !== 'submit')) return false;
  if (target.type !== 'action' && target.type !== 'system' && target.type !== 'end') return false;
  const label = edge.label ?? '';
  // An end named “Delete account” is where people get to, it does not delete anything.
  const named = target.type !== 'end' && soundsDestructive(target.title);
  if (!named && !soundsDestructive(label)) return false;
  if ([source.title, target.title, label].some(soundsLikeConfirming)) return false;
  // A screen about nothing else, with another way to go, is the question itself.
  return !(soundsDestructive(source.title) && graph.exits(source.id).length > 1);
}
