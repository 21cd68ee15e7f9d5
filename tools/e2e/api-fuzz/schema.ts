import fc from 'fast-check';
import type { Json, JsonObject } from '../black-box.ts';

/** JSON Schema as `/openapi.json` uses it: values made from it, and values checked against it. */

export type Schemas = Record<string, JsonObject>;

const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);
const number = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

function resolved(schema: JsonObject, schemas: Schemas): JsonObject {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const target = schemas[ref.split('/').at(-1) ?? ''];
  if (!target) throw new Error(`${ref} points at nothing`);
  return target;
}

/** Few ids, so that records that are made apart often speak of each other. */
const IDS = ['a', 'b', 'c', 'd', 'e'];
const TEXTS = ['Sign in', 'x', 'Bezahlen', 'pay & go', '<b>', '"', 'ok?', '🚀', 'Übersicht', 'a\nb'];

/** Values that the schema allows, or nearly: what it cannot say (references, cross-field rules) is left to chance. */
export function valueOf(given: JsonObject, schemas: Schemas, depth = 0): fc.Arbitrary<Json> {
  const schema = resolved(given, schemas);
  const choices = list(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => valueOf(choice, schemas, depth)));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  const type = Array.isArray(schema['type'])
    ? schema['type'].find((name) => name !== 'null')
    : schema['type'];
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number': {
      const step = number(schema['multipleOf'], type === 'integer' ? 1 : 0);
      const min = Math.max(number(schema['minimum'], number(schema['exclusiveMinimum'], -1) + 1), -1e6);
      const max = Math.min(number(schema['maximum'], 1e6), 1e6);
      return step > 0
        ? fc.integer({ min: Math.ceil(min), max: Math.floor(Math.max(min, max)) })
        : fc.double({ min, max, noNaN: true });
    }
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf((schema['items'] ?? {}) as JsonObject, schemas, depth + 1), {
        minLength: number(schema['minItems'], 0),
        maxLength: Math.max(number(schema['minItems'], 0), 3),
      });
    case 'object':
      return objectOf(schema, schemas, depth);
    case 'null':
      return fc.constant(null);
    default:
      return fc.constantFrom<Json>(null, true, 1, 'x');
  }
}

function textOf(schema: JsonObject): fc.Arbitrary<string> {
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && pattern.startsWith('^https?'))
    return fc.constantFrom('https://app.example/a', 'http://x.example');
  if (typeof pattern === 'string') {
    const matcher = new RegExp(pattern, 'u');
    const fitting = [...IDS, 'acme', '*', 'tenant:acme'].filter((text) => matcher.test(text));
    return fitting.length > 0 ? fc.constantFrom(...fitting) : fc.stringMatching(matcher);
  }
  if (schema['format'] === 'uri') return fc.constantFrom('https://app.example/a.png', 'http://x.example');
  if (schema['format'] === 'date-time')
    return fc.constantFrom('2026-11-22T10:00:00Z', '2026-01-01T00:00:00.000Z');
  const max = number(schema['maxLength'], 1_000);
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
      {
        weight: 2,
        arbitrary: fc.string({
          minLength: Math.max(1, number(schema['minLength'], 0)),
          maxLength: Math.min(max, 60),
          unit: 'grapheme',
        }),
      },
      { weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(max, 4_000))) },
    )
    .map((text) => text.slice(0, max));
}

function objectOf(schema: JsonObject, schemas: Schemas, depth: number): fc.Arbitrary<Json> {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonObject>;
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const rest = schema['additionalProperties'];
  const names = Object.keys(properties).filter((name) => required.includes(name) || depth < 6);
  const fields = Object.fromEntries(
    names.map((name) => [name, valueOf(properties[name] ?? {}, schemas, depth + 1)]),
  );
  const known = fc.record(fields, { requiredKeys: required }) as fc.Arbitrary<JsonObject>;
  if (typeof rest !== 'object' || rest === null) return known;
  const keys = (schema['propertyNames'] ?? { type: 'string' }) as JsonObject;
  const more = fc.dictionary(
    valueOf(keys, schemas, depth + 1) as fc.Arbitrary<string>,
    valueOf(rest as JsonObject, schemas, depth + 1),
    { maxKeys: 3 },
  );
  // Records stand under their ids; a schema cannot say so.
  const aligned = more.map((entries) =>
    Object.fromEntries(
      Object.entries(entries).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null && 'id' in value ? { ...value, id: key } : value,
      ]),
    ),
  );
  return fc.tuple(known, aligned).map(([one, two]) => ({ ...one, ...two }));
}

/** What of `value` the schema does not allow, as sentences; empty when it fits. */
export function faultsOf(value: Json | undefined, given: JsonObject, schemas: Schemas, at = ''): string[] {
  const schema = resolved(given, schemas);
  const here = at || '(root)';
  if (value === undefined) return [`${here} is missing`];
  const choices = list(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) {
    const all = choices.map((choice) => faultsOf(value, choice, schemas, at));
    return all.some((faults) => faults.length === 0)
      ? []
      : [`${here} fits no choice: ${all.map(([first]) => first).join(' | ')}`];
  }
  const faults = list(schema['allOf']).flatMap((part) => faultsOf(value, part, schemas, at));
  if (schema['const'] !== undefined && value !== schema['const'])
    faults.push(`${here} is not ${JSON.stringify(schema['const'])}`);
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value))
    faults.push(`${here} is ${JSON.stringify(value)}, none of its values`);
  const types = [schema['type'] ?? []].flat() as string[];
  if (types.length > 0 && !types.some((type) => isOf(value, type)))
    return [...faults, `${here} is no ${types.join(' or ')}`];
  if (typeof value === 'string') {
    // JSON Schema counts code points.
    const { length } = Array.from(value);
    if (length > number(schema['maxLength'], Infinity) || length < number(schema['minLength'], 0))
      faults.push(`${here} has ${length} characters`);
    if (typeof schema['pattern'] === 'string' && !new RegExp(schema['pattern'], 'u').test(value))
      faults.push(`${here} does not match`);
  }
  if (
    typeof value === 'number' &&
    (value < number(schema['minimum'], -Infinity) || value > number(schema['maximum'], Infinity))
  )
    faults.push(`${here} is out of bounds`);
  if (Array.isArray(value))
    faults.push(
      ...value.flatMap((item, index) =>
        faultsOf(item, (schema['items'] ?? {}) as JsonObject, schemas, `${at}.${index}`),
      ),
    );
  else if (typeof value === 'object' && value !== null)
    faults.push(...fieldFaults(value, schema, schemas, at));
  return faults;
}

function fieldFaults(value: JsonObject, schema: JsonObject, schemas: Schemas, at: string): string[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonObject>;
  const rest = schema['additionalProperties'];
  const required = ((schema['required'] ?? []) as string[])
    .filter((name) => value[name] === undefined)
    .map((name) => `${at}.${name} is missing`);
  return [
    ...required,
    ...Object.entries(value).flatMap(([name, field]) => {
      const known = properties[name];
      if (known) return faultsOf(field, known, schemas, `${at}.${name}`);
      if (rest === false) return [`${at}.${name} is not documented`];
      return typeof rest === 'object' && rest !== null
        ? faultsOf(field, rest as JsonObject, schemas, `${at}.${name}`)
        : [];
    }),
  ];
}

function isOf(value: Json, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
