import type { FlowDocument, FlowEdge, FlowNode } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { comment, key, literal } from '../javascript.ts';
import { UniqueNames, camelCase, upperSnake } from '../names.ts';
import { stepsOf, type Steps } from '../steps.ts';

/**
 * The flow as the text of a TypeScript module that exports an XState 5 machine, `machine`.
 *
 * Every step is a state, every transition an event that its label names (`YES`, `CODE_IS_WRONG`), or its trigger
 * where it has none (`SUBMIT`, `TIMEOUT`). Automatic transitions are events as well: as `always` they would run
 * through before anybody could look at the state, and for ever where they form a circle. Steps without a way out
 * that end the flow are final. `meta` of states and transitions holds the ids of the flow's own records, tags
 * hold the step's type. With several starts the first state, `begin`, asks which; positions, frames, personas,
 * screens and notes are not part of a machine.
 */
export function toXState(document: FlowDocument): string {
  const steps = stepsOf(document);
  const names = new UniqueNames();
  const [only, ...others] = steps.entries;
  const begin = only && others.length === 0 ? undefined : names.take('begin');
  const stateOf = new Map(steps.all.map((node) => [node.id, names.take(camelCase(node.title) || node.type)]));
  const name = (id: string): string => stateOf.get(id) ?? id;
  const events = new Set<string>();
  const states = [
    ...(begin === undefined ? [] : [beginState(begin, steps.entries, name, events)]),
    ...steps.all.map((node) => state(node, steps, name, events)),
  ];
  const initial = begin ?? (only ? name(only.id) : '');
  return [
    comment(`${document.name || 'Flow'}: a state machine for XState 5, exported from a UX flow.`),
    `import { setup } from 'xstate';`,
    '',
    'type FlowMeta =',
    '  | { nodeId: string; type: string; title: string }',
    '  | { edgeId: string; trigger: string };',
    '',
    ...eventType([...events]),
    'export const machine = setup({',
    '  types: {',
    '    events: {} as FlowEvent,',
    '    meta: {} as FlowMeta,',
    '  },',
    '}).createMachine({',
    `  id: ${literal(camelCase(document.name) || 'flow')},`,
    `  initial: ${literal(initial)},`,
    '  states: {',
    ...states.flat(),
    '  },',
    '});',
    '',
  ].join('\n');
}

function eventType(events: readonly string[]): string[] {
  if (events.length === 0) return ['export type FlowEvent = { type: string };', ''];
  return [
    'export type FlowEvent =',
    ...events.map((event, at) => `  | { type: ${literal(event)} }${at === events.length - 1 ? ';' : ''}`),
    '',
  ];
}

type Named = (id: string) => string;

function beginState(begin: string, entries: readonly FlowNode[], name: Named, events: Set<string>): string[] {
  if (entries.length === 0) return [`    ${key(begin)}: {},`];
  const choices = new UniqueNames('_');
  const ways = entries.map((entry) => {
    const event = choices.take(upperSnake(entry.title) || 'START');
    events.add(event);
    return `        ${key(event)}: { target: ${literal(name(entry.id))} },`;
  });
  return [`    ${key(begin)}: {`, '      on: {', ...ways, '      },', '    },'];
}

function state(node: FlowNode, steps: Steps, name: Named, events: Set<string>): string[] {
  const edges = steps.outgoing(node.id);
  const choices = new UniqueNames('_');
  const ways = edges.map((edge) => {
    const event = choices.take(eventOf(edge, node));
    events.add(event);
    const target = `target: ${literal(name(edge.target))}`;
    const again = edge.source === edge.target ? ', reenter: true' : '';
    const meta = `meta: { edgeId: ${literal(edge.id)}, trigger: ${literal(edge.trigger)} }`;
    return `        ${key(event)}: { ${target}${again}, ${meta} },`;
  });
  return [
    `    ${key(name(node.id))}: {`,
    ...(node.type === 'end' && ways.length === 0 ? [`      type: 'final',`] : []),
    `      tags: [${literal(node.type)}],`,
    ...(node.description?.trim() ? [`      description: ${literal(node.description)},`] : []),
    `      meta: { nodeId: ${literal(node.id)}, type: ${literal(node.type)}, title: ${literal(node.title)} },`,
    ...(ways.length === 0 ? [] : ['      on: {', ...ways, '      },']),
    '    },',
  ];
}

/** What somebody chooses: the label, else the element that is used, else the kind of transition. */
function eventOf(edge: FlowEdge, source: FlowNode): string {
  const element = source.screen?.elements.find(({ id }) => id === edge.elementId);
  return upperSnake(edgeText(edge)) || upperSnake(element?.label ?? '') || edge.trigger.toUpperCase();
}
