import type { Json } from '../black-box.ts';
import { ANY_BODY, bad, body, type Family, invalid, long, post, raw } from './family.ts';
import { documentOf, edge, frame, heavyDocument, node, put, times } from './samples.ts';

/** Documents and ops that must not get in. */

const document = (records: Parameters<typeof documentOf>[0]) => body({ document: documentOf(records) });

export const CREATE_FLOW: Family = {
  name: 'POST /v1/flows',
  good: () => post('/v1/flows', { name: 'New flow', document: documentOf() }),
  succeeds: 201,
  bad: [
    ...ANY_BODY,
    invalid('no name', body({ name: undefined }), 'name'),
    invalid('a blank name', body({ name: ' \t ' }), 'name'),
    invalid('a name of 201 characters', body({ name: long(201) }), 'name'),
    invalid('half a surrogate pair as name', raw('{"name": "\\ud800"}'), 'name'),
    invalid('a tenant with a space', body({ tenantId: 'a b' }), 'tenantId'),
    invalid('a document that is a list', body({ document: [] }), 'document'),
    invalid(
      'a document of another format',
      body({ document: { ...documentOf(), format: 'uxflow/9' } }),
      'document.format',
    ),
    invalid('a document and Mermaid', body({ mermaid: 'flowchart TD\n A-->B' }), 'mermaid'),
    invalid('Mermaid that is none', body({ document: undefined, mermaid: 'hello' }), 'mermaid'),
    invalid(
      'another Mermaid diagram',
      body({ document: undefined, mermaid: 'sequenceDiagram\n A->>B: x' }),
      'mermaid',
    ),
    invalid(
      'an unknown field of a node',
      document({ nodes: [node('a', { colour: 'red' })] }),
      'document.nodes.a.colour',
    ),
    invalid(
      'an unknown type of node',
      document({ nodes: [node('a', { type: 'wizard' })] }),
      'document.nodes.a.type',
    ),
    invalid(
      'a title of 201 characters',
      document({ nodes: [node('a', { title: long(201) })] }),
      'document.nodes.a.title',
    ),
    invalid(
      'a description of 4,001 characters',
      document({ nodes: [node('a', { description: long(4_001) })] }),
      'document.nodes.a.description',
    ),
    invalid(
      'a position off the canvas',
      document({ nodes: [node('a', { position: { x: 1e7, y: 0 } })] }),
      'document.nodes.a.position.x',
    ),
    invalid(
      'data of 17 KB',
      document({ nodes: [node('a', { data: { blob: long(17 * 1024) } })] }),
      'document.nodes.a.data.blob',
    ),
    invalid(
      'a script as image',
      document({
        nodes: [node('a', { screen: { elements: [], states: [], imageUrl: 'javascript:alert(1)' } })],
      }),
      'document.nodes.a.screen.imageUrl',
    ),
    invalid(
      'a node under another id',
      body({ document: { ...documentOf(), nodes: { a: node('b') } } }),
      'document.nodes.a.id',
    ),
    invalid('an id with a slash', document({ nodes: [node('../a')] }), 'document.nodes.../a'),
    bad(
      'an edge to a missing node',
      document({ edges: [edge('e', 'a', 'gone')] }),
      422,
      'dangling_reference',
      'document.edges.e.target',
    ),
    bad(
      'an edge from a missing node',
      document({ edges: [edge('e', 'gone', 'a')] }),
      422,
      'dangling_reference',
      'document.edges.e.source',
    ),
    bad(
      'a node in a missing frame',
      document({ nodes: [node('a', { frameId: 'gone' })] }),
      422,
      'dangling_reference',
      'document.nodes.a.frameId',
    ),
    bad(
      'frames in each other',
      document({ frames: [frame('f', { parentId: 'g' }), frame('g', { parentId: 'f' })] }),
      422,
      'frame_cycle',
      'document.frames.f.parentId',
    ),
    bad(
      '10,001 nodes',
      document({ nodes: times(10_001, (at) => node(`n${at}`)) }),
      422,
      'limit_exceeded',
      'document.nodes',
    ),
    bad(
      '20,001 edges',
      document({ edges: times(20_001, (at) => edge(`e${at}`, 'a', 'b')) }),
      422,
      'limit_exceeded',
      'document.edges',
    ),
    bad(
      'a document of more than 8 MB',
      body({ document: heavyDocument(8.5e6) }),
      422,
      'limit_exceeded',
      'document',
    ),
    bad('a body of more than 9 MB', body({ document: heavyDocument(9.5e6) }), 413, 'payload_too_large'),
  ],
};

const ops = (...list: Json[]) => body({ ops: list });
const RENAME = { op: 'rename', name: 'Renamed' };

export const COMMIT: Family = {
  name: 'POST /v1/flows/:id/commits',
  good: ({ flowId, clock }) =>
    post(`/v1/flows/${flowId}/commits`, { ops: [put('node', node('added'))], baseClock: clock }),
  succeeds: 200,
  bad: [
    ...ANY_BODY,
    invalid('no ops', body({ ops: undefined }), 'ops'),
    invalid('an empty list of ops', ops(), 'ops'),
    bad('1,001 ops', ops(...times(1_001, () => RENAME)), 422, 'limit_exceeded', 'ops'),
    bad(
      'ops of 300 KB',
      ops(...times(80, (at) => put('node', node(`n${at}`, { description: long(4_000) })))),
      413,
      'payload_too_large',
    ),
    invalid('an op that is text', ops('rename'), 'ops.0'),
    invalid('an unknown op', ops({ op: 'explode' }), 'ops.0.op'),
    invalid('an unknown kind', ops({ op: 'remove', kind: 'sock', id: 'a' }), 'ops.0.kind'),
    invalid('an unknown field of an op', ops({ ...RENAME, force: true }), 'ops.0.force'),
    invalid(
      'an unknown field of a record',
      ops(RENAME, put('node', node('c', { color: 'red' }))),
      'ops.1.value.color',
    ),
    invalid('a patch of nothing', ops({ op: 'patch', kind: 'node', id: 'a', set: {} }), 'ops.0.set'),
    invalid(
      'a patch of the id',
      ops({ op: 'patch', kind: 'node', id: 'a', set: { id: 'z' } }),
      'ops.0.set.id',
    ),
    invalid(
      'a required field removed',
      ops({ op: 'patch', kind: 'node', id: 'a', set: { title: null } }),
      'ops.0.set.title',
    ),
    invalid(
      'a title of 201 characters',
      ops({ op: 'patch', kind: 'node', id: 'a', set: { title: long(201) } }),
      'ops.0.set.title',
    ),
    invalid(
      'an op nested without end',
      (good) => raw(`{"ops":[{"op":"rename","name":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`)(good),
      'ops.0',
    ),
    bad(
      'an edge to a missing node, behind a good op',
      ops(RENAME, put('edge', edge('e', 'a', 'gone'))),
      422,
      'dangling_reference',
      'ops.1.value.target',
    ),
    bad(
      'a patch of a missing node, behind a good op',
      ops(RENAME, { op: 'patch', kind: 'node', id: 'gone', set: { title: 'x' } }),
      422,
      'unknown_record',
      'ops.1.id',
    ),
    bad(
      'removing a missing edge',
      ops({ op: 'remove', kind: 'edge', id: 'gone' }),
      422,
      'unknown_record',
      'ops.0.id',
    ),
    bad(
      'a frame in itself',
      ops(put('frame', frame('f')), { op: 'patch', kind: 'frame', id: 'f', set: { parentId: 'f' } }),
      422,
      'frame_cycle',
      'ops.1.set.parentId',
    ),
    invalid('a baseClock in the future', body({ baseClock: 1_000 }), 'baseClock'),
    invalid('a negative baseClock', body({ baseClock: -1 }), 'baseClock'),
    invalid('a baseClock in words', body({ baseClock: 'now' }), 'baseClock'),
    invalid('a message of 201 characters', body({ message: long(201) }), 'message'),
  ],
};
