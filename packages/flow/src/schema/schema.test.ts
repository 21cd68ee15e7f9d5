import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { namesFrom, randomOp, seeded } from '../../test/random-ops.ts';
import { putEdge, putNode } from '../../test/log.ts';
import {
  applyOps,
  emptyDocument,
  FlowError,
  LIMITS,
  type FlowDocument,
  type FlowIssue,
  type Op,
} from '../index.ts';
import { documentSchema, opSchema, opsSchema, parseClientMessage, parseDocument, parseOps } from './index.ts';

function refusal(body: () => unknown): { code: string; issues: FlowIssue[] } {
  try {
    body();
  } catch (error) {
    if (error instanceof FlowError) return { code: error.code, issues: error.issues };
    throw error;
  }
  throw new Error('was accepted');
}
const issueOf = (op: unknown): FlowIssue | undefined => refusal(() => parseOps([op])).issues[0];
const node = (more: object) => ({
  op: 'put',
  kind: 'node',
  value: { id: 'a', type: 'screen', title: 'A', position: { x: 0, y: 0 }, ...more },
});

describe('valid input', () => {
  test('every op and document that the generator makes is accepted unchanged', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const choose = seeded(seed);
        let document = emptyDocument('Flow');
        const ops: Op[] = [];
        for (let i = 0; i < 30; i += 1) {
          const op = randomOp(choose, document, namesFrom(choose, 12));
          ops.push(op);
          document = applyOps(document, [op]).document;
        }
        expect(parseOps(ops)).toEqual(ops);
        expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
      }),
      { numRuns: 60 },
    );
  });
});

describe('bad input is refused with the place and the remedy', () => {
  test.each<[string, unknown, FlowIssue]>([
    [
      'an unknown field',
      node({ colour: 'red' }),
      { path: 'ops.0.value.colour', message: 'Unknown field: remove it, own fields belong under data' },
    ],
    [
      'a long title',
      node({ title: 'x'.repeat(201) }),
      { path: 'ops.0.value.title', message: 'At most 200 characters: shorten it' },
    ],
    [
      'a title of the wrong type',
      node({ title: 7 }),
      { path: 'ops.0.value.title', message: 'Give a string, not 7' },
    ],
    ['a missing field', { op: 'rename' }, { path: 'ops.0.name', message: 'Give a string, not nothing' }],
    [
      'an unknown type',
      node({ type: 'page' }),
      {
        path: 'ops.0.value.type',
        message: expect.stringMatching(/^Give one of "start", .*, not "page"$/) as unknown as string,
      },
    ],
    [
      'an unknown op',
      { op: 'move' },
      { path: 'ops.0.op', message: 'Give one of "put", "patch", "remove", "rename"' },
    ],
    [
      'an unknown kind',
      { op: 'put', kind: 'line', value: {} },
      { path: 'ops.0.kind', message: 'Give one of "node", "edge", "frame", "persona"' },
    ],
    [
      'a coordinate out of bounds',
      node({ position: { x: 2e6, y: 0 } }),
      { path: 'ops.0.value.position.x', message: 'Must be at most 1000000 pixels' },
    ],
    [
      'half a character',
      node({ title: 'a\ud83d' }),
      { path: 'ops.0.value.title', message: 'Holds half of a surrogate pair: send whole characters' },
    ],
    [
      'a script as a URL',
      node({ screen: { elements: [], states: [], imageUrl: 'javascript:alert(1)' } }),
      { path: 'ops.0.value.screen.imageUrl', message: 'Give an absolute http or https URL' },
    ],
    [
      'two elements of one id',
      node({
        screen: {
          elements: [
            { id: 'e', kind: 'k', label: '' },
            { id: 'e', kind: 'k', label: '' },
          ],
          states: [],
        },
      }),
      { path: 'ops.0.value.screen.elements', message: 'Holds an entry twice: keep one' },
    ],
    [
      'a patch of the id',
      { op: 'patch', kind: 'node', id: 'a', set: { id: 'b' } },
      { path: 'ops.0.set.id', message: 'Unknown field: remove it, own fields belong under data' },
    ],
    [
      'an empty patch',
      { op: 'patch', kind: 'node', id: 'a', set: {} },
      { path: 'ops.0.set', message: 'Name at least one field to change' },
    ],
    [
      'null for a required field',
      { op: 'patch', kind: 'node', id: 'a', set: { title: null } },
      { path: 'ops.0.set.title', message: 'Give a string, not null' },
    ],
    [
      'a half position',
      { op: 'patch', kind: 'node', id: 'a', set: { position: { x: 1 } } },
      { path: 'ops.0.set.position.y', message: 'Give a number, not nothing' },
    ],
  ])('%s', (_, op, issue) => {
    expect(issueOf(op)).toEqual(issue);
  });

  test.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '',
    ' a',
    'a b',
    '-a',
    'x'.repeat(65),
    'ü',
  ])('the id %j', (id) => {
    expect(
      issueOf({ op: 'put', kind: 'persona', value: JSON.parse(`{"id":${JSON.stringify(id)},"name":"N"}`) })
        ?.path,
    ).toBe('ops.0.value.id');
  });

  test('numbers that are not finite', () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(issueOf(node({ position: { x, y: 0 } }))?.path).toBe('ops.0.value.position.x');
  });

  test('data that is too deep, too large, reaches a prototype or is not JSON', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 30_000; i += 1) deep = [deep];
    expect(issueOf(node({ data: { deep } }))?.message).toBe('Nested deeper than 16 levels: flatten it');
    expect(issueOf(node({ data: { text: 'x'.repeat(20_000) } }))).toMatchObject({
      path: 'ops.0.value.data.text',
      message: expect.stringContaining('16384 bytes'),
    });
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(issueOf(node({ data: JSON.parse(`{"a":[{"${key}":1}]}`) }))).toEqual({
        path: `ops.0.value.data.a.0.${key}`,
        message: `The key "${key}" is reserved: take another`,
      });
    }
    expect(issueOf(node({ data: { f: () => 1 } }))?.path).toBe('ops.0.value.data.f');
    expect(issueOf(node({ data: [] }))?.path).toBe('ops.0.value.data');
    expect(parseOps([node({ data: { ok: 'é'.repeat(8_000) } })])).toHaveLength(1);
    expect(issueOf(node({ data: { over: 'é'.repeat(8_190) } }))?.path).toBe('ops.0.value.data.over');
  });

  test('too many ops, unless the product itself commits them', () => {
    const ops = Array.from({ length: LIMITS.commitOps + 1 }, (_, i) => putNode(`n${i}`));
    expect(refusal(() => parseOps(ops))).toMatchObject({ code: 'limit_exceeded', issues: [{ path: 'ops' }] });
    expect(parseOps(ops, { internal: true })).toHaveLength(ops.length);
  });

  test.each([undefined, null, 1, 'x', {}, [null], [[]]])('%j instead of ops', (value) => {
    expect(refusal(() => parseOps(value)).code).toBe('invalid_request');
  });
});

describe('documents', () => {
  const sound = applyOps(emptyDocument('D'), [putNode('a'), putNode('b'), putEdge('e', 'a', 'b')]).document;
  const parse = (change: (document: FlowDocument & Record<string, unknown>) => void) => {
    const copy = structuredClone(sound) as FlowDocument & Record<string, unknown>;
    change(copy);
    return refusal(() => parseDocument(copy));
  };

  test('records stand under their own ids', () => {
    expect(
      parse((document) => {
        document.nodes['a'] = { ...document.nodes['a']!, id: 'z' };
      }).issues[0],
    ).toEqual({ path: 'nodes.a.id', message: 'Must be "a", the key it stands under' });
  });

  test('references lead somewhere, and all that do not are named', () => {
    expect(
      parse((document) => {
        document.edges['e'] = { ...document.edges['e']!, source: 'x', target: 'constructor1' };
        document.nodes['a'] = { ...document.nodes['a']!, frameId: 'f', personaIds: ['p'] };
      }),
    ).toEqual({
      code: 'dangling_reference',
      issues: [
        { path: 'nodes.a.frameId', message: 'There is no frame "f"' },
        { path: 'nodes.a.personaIds', message: 'There is no persona "p"' },
        { path: 'edges.e.source', message: 'There is no node "x"' },
        { path: 'edges.e.target', message: 'There is no node "constructor1"' },
      ],
    });
    expect(
      parse((document) => {
        document.edges['e'] = { ...document.edges['e']!, elementId: 'ok' };
      }).issues[0]?.path,
    ).toBe('edges.e.elementId');
  });

  test('frames do not contain themselves', () => {
    const frame = (id: string, parentId: string) => ({
      id,
      parentId,
      title: id,
      position: { x: 0, y: 0 },
      size: { width: 1, height: 1 },
    });
    expect(
      parse((document) => {
        document.frames = { f: frame('f', 'g'), g: frame('g', 'f') };
      }).code,
    ).toBe('frame_cycle');
  });

  test('limits', () => {
    expect(
      parse((document) => {
        for (let i = 0; i <= LIMITS.personas; i += 1) document.personas[`p${i}`] = { id: `p${i}`, name: '' };
      }),
    ).toMatchObject({ code: 'limit_exceeded', issues: [{ path: 'personas' }] });
    expect(
      parse((document) => {
        for (let i = 0; i < 2_200; i += 1)
          document.nodes[`n${i}`] = { ...document.nodes['a']!, id: `n${i}`, description: 'x'.repeat(4_000) };
      }),
    ).toMatchObject({ code: 'limit_exceeded', issues: [{ path: '' }] });
  });

  test('a record called __proto__, unknown members, another format', () => {
    const text = JSON.stringify(sound);
    expect(
      refusal(() => parseDocument(JSON.parse(text.replace('"a":{', '"__proto__":{')))).issues[0]?.path,
    ).toBe('nodes.__proto__');
    expect(
      refusal(() => parseDocument(JSON.parse(text.replace('"personas"', '"__proto__":{},"personas"')))).code,
    ).toBe('invalid_request');
    expect(
      parse((document) => {
        document['extra'] = 1;
      }).issues[0]?.path,
    ).toBe('extra');
    expect(refusal(() => parseDocument({ ...sound, format: 'uxflow/2' })).issues[0]).toEqual({
      path: 'format',
      message: 'Give "uxflow/1", not "uxflow/2"',
    });
    expect(refusal(() => parseDocument(null)).issues[0]).toEqual({
      path: '',
      message: 'Give an object, not null',
    });
  });
});

describe('messages', () => {
  test('each kind is read, strictly', () => {
    for (const message of [
      { type: 'hello', clientId: 'tab_1', clock: 3 },
      { type: 'auth', token: 't' },
      { type: 'undo', key: 'tab:1' },
      { type: 'redo', key: 'tab:2' },
      { type: 'commit', key: 'tab:12', baseClock: 0, ops: [putNode('a')], message: 'why' },
      { type: 'ack', clock: 9 },
      {
        type: 'presence',
        cursor: { x: 1, y: 2 },
        selection: ['a'],
        viewport: { x: 0, y: 0, zoom: 1 },
        typing: false,
      },
    ])
      expect(parseClientMessage(message)).toEqual(message);
    expect(refusal(() => parseClientMessage({ type: 'shout' })).issues[0]?.path).toBe('type');
    expect(refusal(() => parseClientMessage({ type: 'undo', key: 'tab:0' })).issues[0]?.path).toBe('key');
    expect(refusal(() => parseClientMessage({ type: 'ack', clock: 1.5 })).issues[0]).toEqual({
      path: 'clock',
      message: 'Give a whole number',
    });
    expect(refusal(() => parseClientMessage({ type: 'ack', clock: 1, more: true })).issues[0]?.path).toBe(
      'more',
    );
  });
});

describe('JSON Schema', () => {
  test('of documents and ops can be written for OpenAPI, with data as a free object', () => {
    const document = z.toJSONSchema(documentSchema);
    const text = JSON.stringify(document);
    expect(document).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['format', 'name', 'nodes', 'edges', 'frames', 'personas'],
    });
    expect(text).toContain(
      '"data":{"type":"object","propertyNames":{"type":"string"},"additionalProperties":{}}',
    );
    expect(JSON.stringify(z.toJSONSchema(opSchema))).toContain('"const":"rename"');
    expect(z.toJSONSchema(opsSchema)).toMatchObject({ type: 'array' });
    expect(text).not.toContain('$ref');
  });

  test('names exactly the fields that the document knows', () => {
    const schema = z.toJSONSchema(documentSchema) as {
      properties: Record<string, { additionalProperties: { properties: object } }>;
    };
    expect(Object.keys(schema.properties['nodes']!.additionalProperties.properties).sort()).toEqual([
      'data',
      'description',
      'frameId',
      'id',
      'personaIds',
      'pinned',
      'position',
      'screen',
      'size',
      'source',
      'subflowId',
      'title',
      'type',
    ]);
  });
});
