import { describe, expect, it } from 'vitest';
import { call, newWorkspace } from '../../test/client.ts';
import { node, sample } from '../../test/sample.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const create = async (body: object = { name: 'Flow' }, who = as) =>
  (await call('POST /v1/flows', { as: who, body })).body;

describe('lint, layout, export and import', () => {
  it('lint tells what is wrong and at which clock', async () => {
    const { id } = await create({ name: 'x', document: { ...sample, edges: {} } });
    const { body } = await call(`GET /v1/flows/${id}/lint`, { as });
    expect(body.clock).toBe(1);
    expect(Object.values(body.issues ?? {}).map(({ rule }) => rule)).toContain('unreachable-node');
  });

  it('layout moves what is not pinned, in one undoable commit, and finds nothing to do a second time', async () => {
    const pinned = { ...node('b', 'Sign in'), pinned: true, position: { x: 700, y: 40 } };
    const { id } = await create({
      name: 'x',
      document: { ...sample, nodes: { ...sample.nodes, b: pinned } },
    });
    const first = await call(`POST /v1/flows/${id}/layout`, { as, body: { direction: 'LR' } });
    expect([first.status, first.body.clock]).toEqual([200, 2]);
    const { body } = await call(`GET /v1/flows/${id}`, { as });
    expect(body.document?.['nodes']?.['b']?.['position']).toEqual({ x: 700, y: 40 });
    expect(body.document?.['nodes']?.['a']?.['position']).not.toEqual(
      body.document?.['nodes']?.['c']?.['position'],
    );
    const second = await call(`POST /v1/flows/${id}/layout`, { as, body: { direction: 'LR' } });
    expect(second.body).toEqual({ clock: 2, commitId: '', applied: [], conflicts: [] });
    expect((await call(`POST /v1/flows/${id}/undo`, { as })).body.clock).toBe(3);
    const unknown = await call(`POST /v1/flows/${id}/layout`, { as, body: { nodeIds: ['zz'] } });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown_record']);
  });

  it('layout places as many nodes as a document holds ops for, past the limit of outside commits', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`n${at}`, node(`n${at}`)]));
    const { id } = await create({ name: 'x', document: { ...sample, nodes, edges: {} } });
    const { status, body } = await call(`POST /v1/flows/${id}/layout`, { as, body: {} });
    expect(status).toBe(200);
    expect(Object.keys(body.applied ?? {}).length).toBeGreaterThan(1_000);
  });

  it('export and import carry a flow over as JSON, whole', async () => {
    const flow = await create({ name: 'Über flow / 1', document: sample });
    const file = await call(`GET /v1/flows/${flow.id}/export`, { as });
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="Uber-flow-1.json"');
    const imported = await call('POST /v1/flows/import', { as, body: { format: 'json', source: file.text } });
    expect([imported.status, imported.body.warnings]).toEqual([201, []]);
    expect(imported.body.flow?.['document']).toEqual(flow.document);
  });

  it('export and import speak Mermaid, and say what is lost', async () => {
    const flow = await create({ name: 'x', document: sample });
    const file = await call(`GET /v1/flows/${flow.id}/export?format=mermaid`, { as });
    expect(file.text).toMatch(/^(---[\s\S]*---\s*)?flowchart /);
    const source = `${file.text}\n  click a "https://example.com"`;
    const { body } = await call('POST /v1/flows/import', {
      as,
      body: { format: 'mermaid', source, name: 'Back' },
    });
    expect(body.flow?.['name']).toBe('Back');
    expect(Object.keys(body.flow?.['document']?.['edges'] ?? {})).toHaveLength(2);
  });

  it('export as SVG holds titles as text, never as markup', async () => {
    const nodes = { a: node('a', '<script>alert(1)</script>') };
    const flow = await create({ name: 'x', document: { ...sample, nodes, edges: {} } });
    const file = await call(`GET /v1/flows/${flow.id}/export?format=svg`, { as });
    expect(file.headers.get('Content-Type')).toMatch('image/svg+xml');
    expect(file.text).toContain('<svg');
    expect(file.text).not.toContain('<script');
  });

  it.each([
    ['state-diagram', 'text/vnd.mermaid', 'Bistro.states.mmd', /stateDiagram-v2\n/],
    ['bpmn', 'application/xml', 'Bistro.bpmn', /^<\?xml [\s\S]*<\/(?:\w+:)?definitions>\s*$/],
    ['markdown', 'text/markdown', 'Bistro.md', /^# Bistro\n[\s\S]*## Steps\n/],
    ['xstate', 'text/plain', 'Bistro.machine.ts', /createMachine\(\{\n {2}id: 'bistro',/],
    ['playwright', 'text/plain', 'Bistro.spec.ts', /^test\('1\. Start → Done', async/m],
    ['gherkin', 'text/plain', 'Bistro.feature', /^ {2}Scenario: 1\. Start → Done$/m],
  ])('export as %s is a file of its own type', async (format, type, name, holds) => {
    const flow = await create({ name: 'Bistro', document: sample });
    const file = await call(`GET /v1/flows/${flow.id}/export?format=${format}`, { as });
    expect(file.status).toBe(200);
    expect(file.headers.get('Content-Type')).toBe(`${type}; charset=utf-8`);
    expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename="${name}"`);
    expect(file.text).toMatch(holds);
  });

  it('export as PNG draws in the Worker, the same every time, and fetches no picture of a screen', async () => {
    const drawn = async (screen?: object) => {
      const b = { ...node('b', 'Größe → prüfen ✓'), ...(screen && { screen }) };
      const flow = await create({ name: 'x', document: { ...sample, nodes: { ...sample.nodes, b } } });
      const svg = await call(`GET /v1/flows/${flow.id}/export?format=svg`, { as });
      const png = await call(`GET /v1/flows/${flow.id}/export?format=png`, { as });
      return { ...png, drawing: svg.text };
    };
    const plain = await drawn();
    expect([plain.status, plain.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    expect(plain.headers.get('Content-Disposition')).toBe('attachment; filename="x.png"');
    expect(Array.from(plain.bytes.subarray(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    const [width, height] = [16, 20].map((at) => new DataView(plain.bytes.buffer).getUint32(at));
    expect(plain.drawing).toContain(` width="${(width ?? 0) / 2}" height="${(height ?? 0) / 2}"`);
    const pictured = await drawn({ elements: [], states: [], imageUrl: 'https://example.com/x.png' });
    expect(pictured.bytes).toEqual(plain.bytes);
  });

  it('export as PNG refuses a flow too large to be drawn, and says what takes it', async () => {
    const title = 'A title of some length, as people write them';
    const nodes = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [
        `n${at}`,
        { ...node(`n${at}`, title), position: { x: (at % 50) * 300, y: at * 10 } },
      ]),
    );
    const { id } = await create({ name: 'x', document: { ...sample, nodes, edges: {} } });
    const { status, body } = await call(`GET /v1/flows/${id}/export?format=png`, { as });
    expect([status, body.code]).toEqual([422, 'limit_exceeded']);
    expect(body.detail).toMatch(/export it as SVG/);
  });

  const BPMN = (inside: string) =>
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="Order"><process id="p"><userTask id="a" name="Pay"/>${inside}</process></definitions>`;

  it('export and import carry a flow over as BPMN: ids, types, transitions and places', async () => {
    const flow = await create({ name: 'Bistro', document: sample });
    const { text } = await call(`GET /v1/flows/${flow.id}/export?format=bpmn`, { as });
    const { status, body } = await call('POST /v1/flows/import', {
      as,
      body: { format: 'bpmn', source: text },
    });
    expect([status, body.warnings]).toEqual([201, []]);
    expect(body.flow?.['document']).toEqual(flow.document);
  });

  it.each([
    [
      'bpmn',
      BPMN('<choreographyTask/>'),
      ['line 1: <choreographyTask> was left out: a flow has nothing for it'],
    ],
    ['drawio', '<mxGraphModel><root><mxCell id="a" value="Pay" vertex="1"/></root></mxGraphModel>', []],
    [
      'excalidraw',
      '{"type":"excalidraw","elements":[{"id":"a","type":"rectangle"},{"type":"text","containerId":"a","text":"Pay"},{"type":"freedraw"}]}',
      ['a freedraw was left out: it is no step and connects none'],
    ],
  ])('import reads %s and says what is lost', async (format, source, warnings) => {
    const { status, body } = await call('POST /v1/flows/import', { as, body: { format, source } });
    expect([status, body.warnings]).toEqual([201, warnings]);
    expect(body.flow?.['document']?.['nodes']?.['a']?.['title']).toBe('Pay');
  });

  it.each([
    ['a format nobody reads', { format: 'visio', source: 'x' }, 'format'],
    ['JSON that is none', { format: 'json', source: '{' }, 'source'],
    [
      'text that is no flowchart',
      { format: 'mermaid', source: 'sequenceDiagram\nA->>B: hi' },
      'source.line 1',
    ],
    ['XML that is not well-formed', { format: 'bpmn', source: BPMN('</task>') }, 'source.line 1'],
    [
      'a billion laughs',
      { format: 'drawio', source: '<!DOCTYPE x [<!ENTITY a "ha">]>\n<mxfile>&a;</mxfile>' },
      'source.line 1',
    ],
    ['elements inside each other without end', { format: 'drawio', source: '<a>'.repeat(100_000) }, 'source'],
    ['JSON that is no drawing', { format: 'excalidraw', source: '{}' }, 'source'],
  ])('import refuses %s and says where', async (_what, body, path) => {
    const reply = await call('POST /v1/flows/import', { as, body });
    expect([reply.status, reply.body.issues?.[0]?.path]).toEqual([422, path]);
  });
});
