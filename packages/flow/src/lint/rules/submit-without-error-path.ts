import type { FlowEdge, FlowNode, Op } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { connect } from '../fixes.ts';
import type { GraphIndex } from '../graph-index.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { addState, hasState } from '../screens.ts';
import { SOURCES } from '../sources.ts';
import { soundsLikeError, soundsLikeSubmit } from '../words.ts';

/** Steps behind the form in which the check may stand: screen → send → validate → decision. */
const CHECK_WITHIN = 3;

export const submitWithoutErrorPath: LintRule = {
  severity: 'warning',
  title: 'Form without an error path',
  rationale:
    'Every form is filled in wrongly by someone; without a designed answer they see nothing, or lose what they typed.',
  source: SOURCES.errorIdentification,
  check(graph) {
    const answered = checkedSteps(graph);
    return graph.steps.flatMap((node) => {
      const submits = submitEdges(graph, node);
      if (submits.length === 0 || showsErrors(graph, node)) return [];
      if (submits.some(({ target }) => target !== node.id && answered.has(target))) return [];
      return [
        finding(
          `${quote(node)} sends a form, but nothing says what happens when it is refused: add an error path.`,
          [node.id],
          submits.map(({ id }) => id),
          errorPath(graph, node),
        ),
      ];
    });
  },
};

/**
 * Transitions by which the node sends a form: said so by the trigger of a screen, or else guessed from its title. Of an
 * action the trigger says little, because whatever people do ends in it: only its title tells whether it can be refused.
 */
function submitEdges(graph: GraphIndex, node: FlowNode): readonly FlowEdge[] {
  if (node.type !== 'screen' && node.type !== 'action') return [];
  const outgoing = graph.outgoing(node.id);
  const said = outgoing.filter(({ trigger }) => trigger === 'submit');
  if (said.length > 0 && node.type === 'screen') return said;
  if (!soundsLikeSubmit(node.title)) return [];
  return said.length > 0 ? said : outgoing.filter(({ trigger }) => trigger !== 'back');
}

/** The node itself answers a refusal: a designed error state, or a transition for it. */
function showsErrors(graph: GraphIndex, node: FlowNode): boolean {
  return (
    hasState(node, 'error') ||
    graph.outgoing(node.id).some((edge) => edge.trigger === 'error' || soundsLikeError(edgeText(edge)))
  );
}

/** Steps that check what was sent, or pass it on to one that does: spread backwards from the checks, in linear time. */
function checkedSteps(graph: GraphIndex): ReadonlySet<string> {
  const checks = graph.steps.filter(
    (node) => node.type === 'decision' || node.type === 'subflow' || showsErrors(graph, node),
  );
  const answered = new Set(checks.map(({ id }) => id));
  let frontier = [...answered];
  for (let distance = 1; distance < CHECK_WITHIN; distance += 1) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const { source } of graph.incoming(id)) {
        const type = graph.step(source)?.type;
        if (answered.has(source) || (type !== 'system' && type !== 'action')) continue;
        answered.add(source);
        next.push(source);
      }
    }
    frontier = next;
  }
  return answered;
}

/** A screen gets a designed error state; an action goes back to the only screen that leads to it. */
function errorPath(graph: GraphIndex, node: FlowNode): Op[] | undefined {
  if (node.type === 'screen')
    return addState(node, 'error', 'Says what to correct and keeps what was entered');
  const sources = new Set(graph.incoming(node.id).map(({ source }) => source));
  const [source] = sources;
  const screen = source === undefined ? undefined : graph.step(source);
  return sources.size === 1 && screen?.type === 'screen'
    ? connect(graph, node.id, screen.id, 'error', 'Error')
    : undefined;
}
