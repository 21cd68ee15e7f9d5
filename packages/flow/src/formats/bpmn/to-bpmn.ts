import type { FlowDocument } from '../../document/types.ts';
import { Plan } from './plan.ts';
import { planFlows } from './plan-flows.ts';
import { BPMN_DI, DC, DI, MODEL, UX, XSI } from './vocabulary.ts';
import { writeDiagram } from './write-diagram.ts';
import { Writer } from './write-process.ts';
import { XmlNames } from './xml-names.ts';
import { tag } from './xml-text.ts';

/**
 * The flow as BPMN 2.0 with its diagram, which BPMN tools open and `fromBpmn` reads back: ids, names, types,
 * descriptions, frames, transitions with labels, conditions and triggers, positions and sizes. What BPMN has no word
 * for stands in attributes of an own namespace. An edge over the border of a sub-process is written to that
 * sub-process, as BPMN wants it, and says its node beside. Screens, personas, sources and partners' own fields have
 * no place, nor do characters that XML cannot hold.
 */
export function toBpmn(document: FlowDocument): string {
  const plan = new Plan(document);
  const names = new XmlNames(document);
  const { flows, attached } = planFlows(plan, names);
  const writer = new Writer(plan, names, flows, attached);
  const { processes, collaboration, categories, planeOf } = writer.write();
  const diagram = writeDiagram(plan, names, flows, planeOf);
  const root = {
    xmlns: MODEL,
    'xmlns:bpmndi': BPMN_DI,
    'xmlns:dc': DC,
    'xmlns:di': DI,
    'xmlns:xsi': XSI,
    'xmlns:uxflow': UX,
    id: names.free('definitions'),
    name: document.name,
    targetNamespace: UX,
    exporter: 'UX Flow Engine',
  };
  const content = ['', ...categories, ...collaboration, ...processes, diagram, ''];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('definitions', root, content)}\n`;
}
