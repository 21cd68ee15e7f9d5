import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../schema/index.ts';
import { readXml, type XmlElement } from '../import/xml.ts';
import { bpmnData } from './data.ts';
import { fromBpmn, toBpmn } from './index.ts';
import { BPMN_DI, MODEL, SUB_PROCESSES, TYPE_OF } from './vocabulary.ts';

const FOLDER = fileURLToPath(new URL('../../../test/bpmn-miwg/', import.meta.url));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.bpmn'));

/** All elements of the model, by name, read without the importer. */
function elementsOf(source: string): Map<string, XmlElement[]> {
  const byName = new Map<string, XmlElement[]>();
  const queue = [readXml(source)];
  for (let element = queue.pop(); element; element = queue.pop()) {
    if (element.namespace === MODEL) byName.set(element.name, [...(byName.get(element.name) ?? []), element]);
    if (element.namespace !== BPMN_DI) queue.push(...element.children);
  }
  return byName;
}

const idOf = (element: XmlElement): string => element.attributes.get('id') ?? '';
const nameOf = (element: XmlElement): string => element.attributes.get('name') ?? '';

describe('the reference files of the OMG BPMN MIWG test suite', () => {
  test('are all here', () => {
    expect(files).toHaveLength(21);
  });

  test.each(files)(
    '%s: every activity, event, gateway, pool, lane and flow arrives with its name',
    (file) => {
      const source = readFileSync(FOLDER + file, 'utf8');
      const { document, warnings } = fromBpmn(source);
      parseDocument(document);
      const records = [...Object.values(document.nodes), ...Object.values(document.frames)];
      const titles = new Map(records.map(({ id, title, data }) => [bpmnData(data).id ?? id, title]));
      const elements = elementsOf(source);
      for (const name of [...TYPE_OF.keys(), 'participant', 'lane']) {
        for (const element of elements.get(name) ?? [])
          expect([file, titles.get(idOf(element))]).toEqual([file, nameOf(element)]);
      }
      const edges = new Map(
        Object.values(document.edges).map((edge) => [bpmnData(edge.data).id ?? edge.id, edge]),
      );
      for (const name of ['sequenceFlow', 'messageFlow']) {
        for (const element of elements.get(name) ?? []) {
          const edge = edges.get(idOf(element));
          expect(edge?.label ?? '').toBe(nameOf(element));
          for (const [end, reference] of [
            [edge?.source, 'sourceRef'],
            [edge?.target, 'targetRef'],
          ] as const) {
            const meant = element.attributes.get(reference) ?? '';
            const node = document.nodes[end ?? ''];
            const frames = Object.values(document.frames).map(({ id, data }) => bpmnData(data).id ?? id);
            // A flow with a sub-process or pool as a whole holds on to a node in it.
            if (!frames.includes(meant)) expect([bpmnData(node?.data).id ?? node?.id]).toEqual([meant]);
            else expect(node?.frameId).toBeDefined();
          }
        }
      }
      expect(warnings.filter(({ message }) => /(?:sequence|message)Flow/u.test(message))).toEqual([]);
    },
  );

  test.each(files)(
    '%s: what is written back holds the same elements, ids, names and ends of flows',
    (file) => {
      const source = readFileSync(FOLDER + file, 'utf8');
      const before = elementsOf(source),
        after = elementsOf(toBpmn(fromBpmn(source).document));
      const flat = (elements: Map<string, XmlElement[]>, name: string): unknown[] =>
        (elements.get(name) ?? [])
          .map((element) => [
            idOf(element),
            nameOf(element),
            ...['sourceRef', 'targetRef', 'attachedToRef', 'default'].map((key) =>
              element.attributes.get(key),
            ),
          ])
          .sort();
      const kinds = [
        ...TYPE_OF.keys(),
        ...SUB_PROCESSES,
        'participant',
        'lane',
        'sequenceFlow',
        'messageFlow',
      ];
      for (const kind of kinds) expect([kind, flat(after, kind)]).toEqual([kind, flat(before, kind)]);
    },
  );

  test.each(files)('%s: read again from what was written, the whole flow is the same', (file) => {
    const { document } = fromBpmn(readFileSync(FOLDER + file, 'utf8'));
    expect(fromBpmn(toBpmn(document))).toEqual({ document, warnings: [] });
  });
});
