import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createActor, setup, type AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { HOSTILE, hostileDocument } from '../../../test/hostile.ts';
import { typeErrors } from '../../../test/typecheck.ts';
import type { FlowDocument } from '../../document/types.ts';
import { emptyDocument } from '../../document/empty.ts';
import { toXState } from './to-xstate.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

/** The machine that the exported text makes, evaluated as its only import would have it. */
function machineOf(document: FlowDocument): AnyStateMachine {
  const body = stripTypeScriptTypes(toXState(document))
    .replace(/^import .*$/mu, '')
    .replace('export const machine =', 'return');
  const make: (using: typeof setup) => AnyStateMachine = Function('setup', body) as typeof make;
  return make(setup);
}

const LOGIN = sketch(
  [
    's start Begin',
    'l screen Log in',
    'd decision Is the code right?',
    'h screen Home',
    'e end Done',
    'n note Look',
  ],
  [
    's > l / auto',
    'l > d / submit',
    'd > h : Yes',
    'd > l : No, try again / error',
    'h > e',
    'h > h / back',
    'n > h',
  ],
);

/** Ids of the steps that one can come to, worked out without the exporter. */
function reachable(document: FlowDocument, from: string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen)
    for (const { source, target } of Object.values(document.edges))
      if (source === id && document.nodes[target]?.type !== 'note') seen.add(target);
  return seen;
}

function nodeIdsIn(machine: AnyStateMachine): { nodes: Set<string>; edges: Set<string> } {
  const nodes = new Set<string>(),
    edges = new Set<string>();
  for (const { state, steps } of getShortestPaths(machine)) {
    for (const meta of Object.values<{ nodeId?: string }>(state.getMeta()))
      if (meta.nodeId !== undefined) nodes.add(meta.nodeId);
    expect(steps.length).toBeGreaterThan(0);
  }
  for (const node of Object.values(machine.states))
    for (const transitions of node.transitions.values())
      for (const { meta } of transitions) if (meta?.edgeId !== undefined) edges.add(meta.edgeId);
  return { nodes, edges };
}

describe('a flow as an XState machine', () => {
  test('runs under xstate: choices are events, a self-transition enters again, the end is final', () => {
    const actor = createActor(machineOf(LOGIN)).start();
    const walk = (type: string): unknown => {
      actor.send({ type });
      return actor.getSnapshot().value;
    };
    expect(actor.getSnapshot().value).toBe('begin');
    expect(walk('AUTO')).toBe('logIn');
    expect(walk('SUBMIT')).toBe('isTheCodeRight');
    expect(walk('NO_TRY_AGAIN')).toBe('logIn');
    expect(walk('YES')).toBe('logIn'); // no such choice here
    expect(walk('SUBMIT')).toBe('isTheCodeRight');
    expect(walk('YES')).toBe('home');
    expect(walk('BACK')).toBe('home');
    expect(actor.getSnapshot().hasTag('screen')).toBe(true);
    expect(walk('CLICK')).toBe('done');
    expect(actor.getSnapshot().status).toBe('done');
  });

  test('reaches every step that the flow reaches and no other, with every transition between steps', () => {
    fc.assert(
      fc.property(anyDocument(), (document) => {
        const steps = Object.values(document.nodes).filter(({ type }) => type !== 'note');
        const starts = steps.filter(({ type }) => type === 'start').map(({ id }) => id);
        fc.pre(starts.length > 0);
        const { nodes, edges } = nodeIdsIn(machineOf(document));
        expect(nodes).toEqual(reachable(document, starts));
        const between = Object.values(document.edges).filter(({ source, target }) =>
          [source, target].every((id) => document.nodes[id]?.type !== 'note'),
        );
        expect(edges).toEqual(new Set(between.map(({ id }) => id)));
      }),
    );
  });

  test('several starts are a choice; none at all begins where nothing leads to', () => {
    const two = machineOf(sketch(['a start Web', 'b start App', 'c end End'], ['a > c', 'b > c']));
    expect(createActor(two).getSnapshot().value).toBe('begin');
    expect(nodeIdsIn(two).nodes).toEqual(new Set(['a', 'b', 'c']));
    const none = machineOf(sketch(['a screen A', 'b screen B'], ['b > a', 'a > a']));
    expect(createActor(none).getSnapshot().value).toBe('b');
  });

  test('equal titles and equal labels stay apart, and no name is one that every object has', () => {
    const machine = machineOf(
      sketch(
        ['a start Same', 'b screen Same', 'c screen constructor'],
        ['a > b : Go', 'a > c : Go', 'a > a : Go'],
      ),
    );
    expect(Object.keys(machine.states)).toEqual(['same', 'same2', 'constructor2']);
    expect(machine.events).toEqual(['GO', 'GO_2', 'GO_3']);
  });

  test('whatever people wrote is kept exactly and does nothing', () => {
    fc.assert(
      fc.property(hostileDocument(), (document) => {
        const machine = machineOf(document);
        for (const node of Object.values(machine.states)) {
          if (node.meta === undefined) continue;
          const { nodeId, title } = node.meta;
          expect(title).toBe(document.nodes[nodeId]?.title);
        }
      }),
    );
  });

  test('type-checks under a strict TypeScript: hostile, empty, without transitions and large', () => {
    const hostile = sketch(
      HOSTILE.map((_, at) => `n${at} screen`),
      HOSTILE.map((_, at) => `n0 > n${at}`),
    );
    for (const [at, title] of HOSTILE.entries()) {
      const node = hostile.nodes[`n${at}`];
      if (node) Object.assign(node, { title, description: title });
      Object.assign(hostile.edges[`e${at + 1}`] ?? {}, { label: title });
    }
    const ids = Array.from({ length: 400 }, (_, at) => at);
    const large = sketch(
      ids.map((at) => `n${at} ${at === 0 ? 'start' : 'screen'} Screen number ${at}`),
      ids.flatMap((at) => [
        `n${at} > n${(at + 1) % 400} : Next from ${at}`,
        `n${at} > n${(at * 7) % 400} / error`,
      ]),
    );
    const files = { hostile, large, login: LOGIN, empty: emptyDocument(''), lonely: sketch(['a end End']) };
    expect(
      typeErrors(
        Object.fromEntries(
          Object.entries(files).map(([name, document]) => [`${name}.ts`, toXState(document)]),
        ),
      ),
    ).toBe('');
  });
});
