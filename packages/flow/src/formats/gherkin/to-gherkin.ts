import type { EdgeTrigger, FlowDocument, FlowNode, NodeType } from '../../document/types.ts';
import { oneLine } from '../plain-text.ts';
import { isDoneByPerson, scenariosOf, titleOf, wordsOf, type Move, type Scenario } from '../scenarios.ts';

const ARRIVALS: Readonly<Record<NodeType, string>> = {
  start: 'the flow is at',
  end: 'the flow ends at',
  screen: 'the user sees the screen',
  action: 'the user does',
  decision: 'the question is',
  system: 'the system does',
  subflow: 'the sub-flow runs:',
  note: 'it is noted',
};
const TRIGGERS: Readonly<Record<EdgeTrigger, readonly [bare: string, withWords: string]>> = {
  click: ['the user clicks', 'the user clicks'],
  submit: ['the user submits', 'the user submits'],
  back: ['the user goes back', 'the user goes back with'],
  success: ['it succeeds', 'it succeeds with'],
  error: ['it fails', 'it fails with'],
  timeout: ['the time runs out', 'the time runs out with'],
  auto: ['the flow goes on', 'the flow goes on with'],
};

/**
 * The flow as a Gherkin feature: one scenario for each path of the coverage set, so that all scenarios together take
 * every transition. The sentences are few and fixed, titles and labels stand in them as `{string}` arguments, so a
 * handful of step definitions runs any flow. Transitions on no path are listed in comments at the end.
 */
export function toGherkin(document: FlowDocument): string {
  const { scenarios, uncovered } = scenariosOf(document);
  return [
    '# language: en',
    `Feature: ${oneLine(document.name) || 'Untitled flow'}`,
    '',
    `  ${scenarios.length === 1 ? '1 scenario takes' : `${scenarios.length} scenarios take`} every transition that lies between a start and an end at least once.`,
    ...scenarios.flatMap(scenarioLines),
    ...(uncovered.length === 0 ? [] : ['', '# On no path between a start and an end:']),
    ...uncovered.map(
      (move) => `# ${quoted(titleOf(move.from))} to ${quoted(titleOf(move.to))}: ${reason(move)}`,
    ),
    '',
  ].join('\n');
}

function scenarioLines({ name, first, moves }: Scenario): string[] {
  return [
    '',
    `  Scenario: ${name}`,
    `    Given ${arrival(first)}`,
    ...moves.flatMap((move) => [
      `    ${isDoneByPerson(move.edge.trigger) || move.from.type === 'decision' ? 'When' : 'And'} ${reason(move)}`,
      `    Then ${arrival(move.to)}`,
    ]),
  ];
}

function arrival(node: FlowNode): string {
  return `${ARRIVALS[node.type]} ${quoted(titleOf(node))}`;
}

function reason(move: Move): string {
  const words = wordsOf(move);
  if (move.from.type === 'decision' && words !== '') return `the answer is ${quoted(words)}`;
  const [bare, withWords] = TRIGGERS[move.edge.trigger];
  return words === '' ? bare : `${withWords} ${quoted(words)}`;
}

/** As a `{string}` of Cucumber expressions reads it back. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
