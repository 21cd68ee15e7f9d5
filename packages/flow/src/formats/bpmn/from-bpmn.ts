import type { FlowDocument } from '../../document/types.ts';
import { unreadable } from '../import/limits.ts';
import { Warnings, type ImportWarning } from '../import/warnings.ts';
import { readXml } from '../import/xml.ts';
import { readShapes } from './diagram.ts';
import { place } from './place.ts';
import { readFlows } from './read-flows.ts';
import { Structure } from './structure.ts';
import { MODEL } from './vocabulary.ts';

export interface BpmnImport {
  document: FlowDocument;
  /** What was left out or changed; the rest arrived as it was written. */
  warnings: ImportWarning[];
}

/**
 * A BPMN 2.0 file as a flow, placed as its diagrams say. Activities, events and gateways become nodes; pools, lanes
 * and sub-processes that hold something become frames; sequence and message flows and associations become edges.
 * Edges connect nodes: a flow with a sub-process as a whole holds on to its start or end, a boundary event hangs on
 * an edge from its activity. What a type cannot say stays under `data.bpmn`, from where `toBpmn` takes it back.
 * Routes, places of labels and colours are not part of a flow.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromBpmn(source: string): BpmnImport {
  const definitions = readXml(source);
  if (definitions.name !== 'definitions' || definitions.namespace !== MODEL) {
    throw unreadable(`expected BPMN 2.0 <definitions>, found <${definitions.name}>`, definitions.line);
  }
  const warnings = new Warnings();
  const structure = new Structure(warnings);
  structure.read(definitions);
  readFlows(structure);
  place(structure, readShapes(definitions, warnings));
  return { document: structure.document, warnings: warnings.list() };
}
