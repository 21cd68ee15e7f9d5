import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromBpmn, toBpmn, type BpmnImport } from './index.ts';

const definitions = (content: string, diagram = ''): string =>
  `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">${content}<di:BPMNDiagram><di:BPMNPlane>${diagram}</di:BPMNPlane></di:BPMNDiagram></definitions>`;
const shape = (id: string, bounds: string): string =>
  `<di:BPMNShape bpmnElement="${id}"><dc:Bounds ${bounds}/></di:BPMNShape>`;
const read = (content: string, diagram = ''): BpmnImport => {
  const result = fromBpmn(definitions(content, diagram));
  parseDocument(result.document);
  return result;
};

describe('fromBpmn', () => {
  test('a boundary event hangs on an edge from its activity, with the trigger its kind means', () => {
    const { document } = read(
      `<process id="p"><userTask id="pay" name="Pay"/><boundaryEvent id="late" attachedToRef="pay"><timerEventDefinition>
      <timeDuration>PT5M</timeDuration></timerEventDefinition></boundaryEvent></process>`,
    );
    expect(document.nodes['pay']?.type).toBe('screen');
    expect(document.nodes['late']?.data).toEqual({
      bpmn: { element: 'boundaryEvent', events: [{ kind: 'timer', form: 'timeDuration', text: 'PT5M' }] },
    });
    expect(document.edges['late.attached']).toMatchObject({
      source: 'pay',
      target: 'late',
      trigger: 'timeout',
    });
  });

  test('a flow with a sub-process as a whole holds on to its start and end', () => {
    const { document } = read(
      `<process id="p"><task id="a"/><subProcess id="s" name="Check"><task id="x"/><endEvent id="e"/><startEvent id="b"/></subProcess>
      <task id="c"/><sequenceFlow id="in" sourceRef="a" targetRef="s"/><sequenceFlow id="out" sourceRef="s" targetRef="c"/></process>`,
    );
    expect(document.frames['s']?.title).toBe('Check');
    expect(document.edges['in']).toMatchObject({ source: 'a', target: 'b' });
    expect(document.edges['out']).toMatchObject({ source: 'e', target: 'c' });
  });

  test('an empty sub-process is a step, a pool without a process somebody outside', () => {
    const { document } = read(
      `<collaboration id="c"><participant id="bank" name="Bank"/><messageFlow id="m" sourceRef="s" targetRef="bank"/></collaboration>
      <process id="p"><subProcess id="s"/></process>`,
    );
    expect(document.nodes['s']?.type).toBe('subflow');
    expect(document.nodes['bank']).toMatchObject({ type: 'system', title: 'Bank' });
    expect(document.edges['m']).toMatchObject({ source: 's', target: 'bank' });
    expect(document.frames).toEqual({});
  });

  test('what is left out is told with its line', () => {
    const { warnings } = read(
      `<process id="p"><task id="a"><ioSpecification/></task>\n<choreographyTask id="c"/>
      <sequenceFlow id="f" sourceRef="a" targetRef="nobody"/></process>`,
    );
    expect(warnings).toEqual([
      { line: 3, message: '<ioSpecification> was left out: a flow has nothing for it' },
      { line: 4, message: '<choreographyTask> was left out: a flow has nothing for it' },
      { line: 5, message: 'a sequenceFlow was left out: an edge connects two nodes' },
    ]);
  });

  test('places and sizes are kept to the digit; what has none is placed without moving the rest', () => {
    const { document, warnings } = read(
      '<process id="p"><task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/></process>',
      shape('a', 'x="10.25" y="-20" width="100" height="80"'),
    );
    expect(document.nodes['a']).toMatchObject({
      position: { x: 10.25, y: -20 },
      size: { width: 100, height: 80 },
    });
    expect(document.nodes['b']?.position).not.toEqual({ x: 0, y: 0 });
    expect(warnings).toEqual([{ message: 'what the diagrams do not show was placed anew' }]);
  });

  test.each(['NaN', 'Infinity', '1e999', '0x10', '', '99999999'])('a coordinate of %j is no place', (x) => {
    const { document, warnings } = read(
      '<process id="p"><task id="a"/></process>',
      shape('a', `x="${x}" y="0" width="1" height="1"`),
    );
    expect(warnings[0]?.message).toMatch(/usable bounds/);
    expect(Number.isFinite(document.nodes['a']?.position.x)).toBe(true);
  });

  test('ids that objects inherit, that are twice or that are long become other ids', () => {
    const long = 'x'.repeat(300);
    const { document } = read(
      `<process id="p"><task id="__proto__" name="1"/><task id="constructor" name="2"/><task id="a" name="3"/>
      <task id="a" name="4"/><task id="${long}" name="5"/><task name="6"/><sequenceFlow id="toString" sourceRef="__proto__" targetRef="constructor"/></process>`,
    );
    expect(Object.values(document.nodes).map(({ title }) => title)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(Object.values(document.edges)).toHaveLength(1);
  });

  test('right-to-left text, emoji and other scripts arrive as they are; long texts are cut and told', () => {
    const { document, warnings } = read(
      `<process id="p"><task id="a" name="שלום 👩‍👩‍👧 مرحبا"/><task id="b" name="${'👍'.repeat(300)}"/></process>`,
    );
    expect(document.nodes['a']?.title).toBe('שלום 👩‍👩‍👧 مرحبا');
    expect(document.nodes['b']?.title).toBe('👍'.repeat(200));
    expect(warnings).toEqual([{ line: 3, message: 'a text was cut to 200 characters' }]);
  });

  test.each([
    ['no BPMN', '<html/>'],
    ['BPMN of another version', '<definitions xmlns="http://schema.omg.org/spec/BPMN/1.1"/>'],
    ['a text', 'flowchart TD\n a --> b'],
    [
      'a thousand sub-processes inside each other',
      definitions(
        `<process id="p">${'<subProcess><task/>'.repeat(1_000)}${'</subProcess>'.repeat(1_000)}</process>`,
      ),
    ],
    [
      'a billion laughs',
      `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${definitions('<process id="p" name="&b;"/>').slice(21)}`,
    ],
    ['more tasks than a flow holds', definitions(`<process id="p">${'<task/>'.repeat(10_001)}</process>`)],
    [
      'more frames than a flow holds',
      definitions(`<process id="p"><laneSet>${'<lane/>'.repeat(1_001)}</laneSet></process>`),
    ],
  ])('%s is refused with a typed error', (_what, source) => {
    expect(() => fromBpmn(source)).toThrow(FlowError);
  });

  test('300 sub-processes inside each other are read', () => {
    const { document } = read(
      `<process id="p">${'<subProcess><task/>'.repeat(300)}${'</subProcess>'.repeat(300)}</process>`,
    );
    expect(Object.keys(document.frames)).toHaveLength(300);
  });

  test('lanes and sub-processes that name each other end', () => {
    const { document } = read(
      `<process id="p"><laneSet><lane id="l"><flowNodeRef>s</flowNodeRef><flowNodeRef>l</flowNodeRef></lane></laneSet>
      <subProcess id="s"><laneSet><lane id="m"><flowNodeRef>s</flowNodeRef></lane></laneSet><task id="t"/></subProcess></process>`,
    );
    expect(document.frames['s']?.parentId).toBe('l');
  });

  test('a damaged file is read or refused with a typed error, and what is read is a valid flow', () => {
    const source = readFileSync(new URL('../../../test/bpmn-miwg/A.4.1.bpmn', import.meta.url), 'utf8');
    const ids = [...source.matchAll(/"([^"]{1,60})"/gu)].map(([, value = '']) => value);
    const damage = fc.oneof(
      fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids, 'NaN', '', '__proto__', '-1e308')).map(
        ([from, to]) =>
          (text: string) =>
            text.replaceAll(`"${from}"`, `"${to}"`),
      ),
      fc.tuple(fc.nat(source.length), fc.nat(400)).map(
        ([at, length]) =>
          (text: string) =>
            text.slice(0, at) + text.slice(at + length),
      ),
      fc.tuple(fc.nat(source.length), fc.nat(source.length), fc.nat(400)).map(
        ([from, to, length]) =>
          (text: string) =>
            text.slice(0, to) + text.slice(from, from + length) + text.slice(to),
      ),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const damaged = damages.reduce((text, change) => change(text), source);
        try {
          const { document } = fromBpmn(damaged);
          parseDocument(document);
          parseDocument(fromBpmn(toBpmn(document)).document);
        } catch (error) {
          if (
            !(error instanceof FlowError) ||
            error.issues.some(({ path }) => /^(?:nodes|edges|frames)/u.test(path))
          )
            throw error;
          refused += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(100);
  });
});
