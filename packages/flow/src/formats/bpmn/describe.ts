import { clip } from '../../document/clip.ts';
import { isSafeKey } from '../../document/ids.ts';
import { fitted } from '../import/text.ts';
import type { Warnings } from '../import/warnings.ts';
import type { XmlElement } from '../import/xml.ts';
import type { BpmnData, EventDefinition } from './data.ts';
import { EVENT_FORMS, KEPT_ATTRIBUTES, MODEL, TYPE_OF, UX } from './vocabulary.ts';

const LONGEST_VALUE = 500;
const LONGEST_DEFINITION = 1_000;
const MOST_DEFINITIONS = 8;
/** Read elsewhere. */
const STRUCTURE = new Set(['documentation', 'incoming', 'outgoing', 'text', 'laneSet']);

interface Teller {
  warnings: Warnings;
  leftOut(element: XmlElement): void;
}

/** What an element says beyond its name and place: kept attributes, event definitions, loops. */
export function describe(element: XmlElement, teller: Teller): BpmnData {
  const data: BpmnData = {};
  const attributes: Record<string, string> = {};
  for (const [name, value] of element.attributes) {
    if (!KEPT_ATTRIBUTES.has(name) || !isSafeKey(name)) continue;
    if (value.length <= LONGEST_VALUE) attributes[name] = value;
    else teller.warnings.add(`a long value of the attribute ${name} was left out`, element.line);
  }
  if (Object.keys(attributes).length > 0) data.attributes = attributes;
  if (element.name === 'process') return data;
  // What else stands in a sub-process is told when its content is read.
  const isContainer = !isEmpty(element);
  for (const child of element.children) {
    const { namespace, name } = child;
    if (namespace !== MODEL || STRUCTURE.has(name)) continue;
    const loop = loopOf(child);
    if (name.endsWith('EventDefinition')) (data.events ??= []).push(definitionOf(child, teller.warnings));
    else if (loop) {
      data.loop = loop;
      child.children.forEach((part) => teller.leftOut(part));
    } else if (!isContainer && !isDescribed(name)) teller.leftOut(child);
  }
  if (data.events && data.events.length > MOST_DEFINITIONS) {
    teller.warnings.add(`an event kept ${MOST_DEFINITIONS} of its definitions`, element.line);
    data.events = data.events.slice(0, MOST_DEFINITIONS);
  }
  return data;
}

/** Parts of activities that are read as something else than elements of their own. */
export function isDescribed(name: string): boolean {
  return /^(?:standardLoop|multiInstanceLoop)Characteristics$|^data(?:Input|Output)Association$/u.test(name);
}

function loopOf({ name, attributes }: XmlElement): BpmnData['loop'] {
  if (name === 'standardLoopCharacteristics') return 'standard';
  if (name !== 'multiInstanceLoopCharacteristics') return undefined;
  return attributes.get('isSequential') === 'true' ? 'sequential' : 'parallel';
}

function definitionOf({ name, attributes, children, line }: XmlElement, warnings: Warnings): EventDefinition {
  const kind = clip(name.slice(0, -'EventDefinition'.length), 30);
  const said = children.find((child) => EVENT_FORMS.has(child.name));
  const form = said?.name ?? (kind === 'link' ? 'name' : undefined);
  const text = said?.text.trim() ?? attributes.get('name');
  if ([...attributes.keys()].some((key) => key.endsWith('Ref')))
    warnings.add(`what an event of kind ${kind} refers to was left out`, line);
  if (form === undefined || text === undefined || text === '') return { kind };
  if (text.length > LONGEST_DEFINITION) warnings.add('the text of an event definition was cut', line);
  return { kind, form, text: clip(text, LONGEST_DEFINITION) };
}

/** Attributes that say where an element belongs, which nodes, edges and frames say by themselves. */
const STRUCTURAL = new Set([
  'id',
  'name',
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'default',
  'processRef',
  'dataObjectRef',
  'dataStoreRef',
  'categoryValueRef',
]);

/** Tells of the attributes that have no place, and of parts other than those that are `read`. */
export function tellRest(element: XmlElement, teller: Teller, read?: ReadonlySet<string>): void {
  for (const name of element.attributes.keys()) {
    if (name.startsWith(`${UX} `) || KEPT_ATTRIBUTES.has(name) || STRUCTURAL.has(name)) continue;
    teller.warnings.add(
      name.includes(' ')
        ? 'attributes of another tool were left out'
        : `the attribute ${clip(name, 40)} was left out: a flow has nothing for it`,
      element.line,
    );
  }
  if (!read) return;
  for (const child of element.children) {
    if (child.namespace === MODEL && child.name !== 'documentation' && !read.has(child.name))
      teller.leftOut(child);
  }
}

/** All documentation of an element as one text. */
export function documentationOf(element: XmlElement, warnings: Warnings): string | undefined {
  const texts = element.children
    .filter(
      ({ namespace, name, text }) => namespace === MODEL && name === 'documentation' && text.trim() !== '',
    )
    .map(({ text }) => text);
  return texts.length === 0 ? undefined : fitted(texts.join('\n\n'), 'description', warnings, element.line);
}

/** True when nothing can be entered here: no flow node and no lane. */
export function isEmpty(container: XmlElement): boolean {
  return !container.children.some(({ name }) => TYPE_OF.has(name) || name === 'laneSet');
}
