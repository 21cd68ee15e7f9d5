import type { FlowEdge, Op } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { branchKey } from './duplicate-edge.ts';

/** Answers that call for their opposite, as pairs in lower case; the first of all is the default. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['ja', 'nein'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['true', 'false'],
  ['success', 'error'],
  ['valid', 'invalid'],
  ['correct', 'wrong'],
  ['ok', 'error'],
];

export const unlabelledBranch: LintRule = {
  severity: 'warning',
  title: 'Branch without a label',
  rationale: 'Readers cannot tell which answer leads where, so two people will build two different flows.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const branches = node.type === 'decision' ? graph.outgoing(node.id) : [];
      const silent = branches.filter((edge) => edgeText(edge) === '');
      // A single branch is the graver problem of another rule.
      if (branches.length < 2 || silent.length === 0) return [];
      const fix = labels(branches);
      const count = silent.length === 1 ? 'a branch' : `${silent.length} branches`;
      return [
        {
          message: `The decision ${quote(node)} has ${count} without a label: write the answer on each arrow.`,
          nodeIds: [node.id],
          edgeIds: silent.map(({ id }) => id),
          ...(fix ? { fix } : {}),
        },
      ];
    });
  },
};

/** Labels for exactly two different branches: yes and no, or the opposite of what one of them already says. */
function labels(branches: readonly FlowEdge[]): Op[] | undefined {
  const [first, second] = branches;
  if (!first || !second || branches.length > 2) return undefined;
  // Twins get no answers: yes and no would then claim a difference, and hide that one of them is too many.
  if (branchKey(first) === branchKey(second)) return undefined;
  const [said, other] = edgeText(first) === '' ? [second, first] : [first, second];
  const words = edgeText(said);
  if (words === '') {
    const negative = first.trigger === 'error' || first.trigger === 'timeout' || first.trigger === 'back';
    const [yes, no] = negative ? [second, first] : [first, second];
    return [label(yes, 'Yes'), label(no, 'No')];
  }
  const opposite = oppositeOf(words);
  return opposite === undefined ? undefined : [label(other, opposite)];
}

function label(edge: FlowEdge, text: string): Op {
  return { op: 'patch', kind: 'edge', id: edge.id, set: { label: text } };
}

function oppositeOf(words: string): string | undefined {
  const said = words.toLowerCase();
  const pair = ANSWERS.find((answers) => answers.includes(said));
  const answer = pair?.find((candidate) => candidate !== said);
  const capital = words.charAt(0) !== said.charAt(0);
  return answer && capital ? answer.charAt(0).toUpperCase() + answer.slice(1) : answer;
}
