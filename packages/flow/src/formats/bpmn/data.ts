import type { JsonValue } from '../../document/types.ts';

/** One `…EventDefinition`: its kind (`timer`, `message`, …), and for timers, conditions and links what it says. */
export type EventDefinition = {
  kind: string;
  /** The element that holds the text: `timeDuration`, `timeDate`, `timeCycle`, `condition` or `name`. */
  form?: string;
  text?: string;
};

/** What a record remembers of BPMN, under `data.bpmn`; absent where the record's type says it all. */
export type BpmnData = {
  /** Name of the element. */
  element?: string;
  /** The id in the file, where a document cannot have it. */
  id?: string;
  attributes?: Record<string, string>;
  events?: EventDefinition[];
  loop?: 'standard' | 'parallel' | 'sequential';
  documentation?: string;
  /** Which way a pool or lane runs. */
  horizontal?: boolean;
  /** The id of a pool's process. */
  process?: string;
  processAttributes?: Record<string, string>;
  /** The way a gateway or activity takes when no condition holds. */
  default?: boolean;
  /** Ends of a message flow that are pools as a whole. */
  whole?: ('source' | 'target')[];
};

/** `data.bpmn` as far as it has the right shape: anybody may write there. */
export function bpmnData(data: Record<string, JsonValue> | undefined): BpmnData {
  const raw = data && Object.hasOwn(data, 'bpmn') ? data['bpmn'] : undefined;
  if (!isObject(raw)) return {};
  const { element, id, documentation, process, horizontal, loop, whole } = raw;
  const result: BpmnData = {};
  if (typeof element === 'string') result.element = element;
  if (typeof id === 'string') result.id = id;
  if (typeof documentation === 'string') result.documentation = documentation;
  if (typeof process === 'string') result.process = process;
  if (typeof horizontal === 'boolean') result.horizontal = horizontal;
  if (raw['default'] === true) result.default = true;
  if (loop === 'standard' || loop === 'parallel' || loop === 'sequential') result.loop = loop;
  if (Array.isArray(whole))
    result.whole = (['source', 'target'] as const).filter((end) => whole.includes(end));
  const { attributes, processAttributes } = raw;
  if (isObject(attributes)) result.attributes = texts(attributes);
  if (isObject(processAttributes)) result.processAttributes = texts(processAttributes);
  if (Array.isArray(raw['events'])) result.events = raw['events'].flatMap(eventDefinition);
  return result;
}

function eventDefinition(raw: JsonValue): EventDefinition[] {
  if (!isObject(raw) || typeof raw['kind'] !== 'string' || !/^[a-z][A-Za-z]{0,30}$/u.test(raw['kind']))
    return [];
  const { kind, form, text } = raw;
  if (typeof form !== 'string' || typeof text !== 'string') return [{ kind }];
  return [{ kind, form, text }];
}

function texts(object: Record<string, JsonValue>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
