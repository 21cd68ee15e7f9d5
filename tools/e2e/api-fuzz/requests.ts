import fc from 'fast-check';
import type { Json, JsonObject } from '../black-box.ts';
import { type Schemas, valueOf } from './schema.ts';

/** One documented operation, with the schemas of what it takes and gives. */
export interface FuzzOperation {
  id: string;
  method: string;
  path: string;
  query: { name: string; schema: JsonObject; required: boolean }[];
  body: JsonObject | undefined;
  operator: boolean;
  responses: Record<string, JsonObject>;
}

export function operationsIn(openapi: JsonObject): FuzzOperation[] {
  return Object.entries(openapi['paths'] as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        id: String(operation['operationId']),
        method: method.toUpperCase(),
        path,
        query: ((operation['parameters'] ?? []) as JsonObject[])
          .filter((parameter) => parameter['in'] === 'query' && parameter['name'] !== 'cursor')
          .map(({ name, schema, required }) => ({
            name: String(name),
            schema: schema as JsonObject,
            required: required === true,
          })),
        body: schemaOf(operation['requestBody'] as JsonObject | undefined),
        operator: JSON.stringify(operation['security']).includes('operatorToken'),
        responses: operation['responses'] as Record<string, JsonObject>,
      })),
  );
}

/** The schema of a JSON or problem body. */
export function schemaOf(part: JsonObject | undefined): JsonObject | undefined {
  const content = (part?.['content'] ?? {}) as Record<string, JsonObject>;
  const media = content['application/json'] ?? content['application/problem+json'];
  return media?.['schema'] as JsonObject | undefined;
}

const MUTATIONS = [
  'none',
  'drop',
  'replace',
  'unknown field',
  'malformed',
  'content type',
  'credential',
  'path',
  'query',
  'method',
  'headers',
] as const;

/** A request to be made; ids and credentials are chosen when it is made, from those that exist then. */
export interface FuzzRequest {
  operation: FuzzOperation;
  query: Record<string, string>;
  body: Json | undefined;
  mutation: (typeof MUTATIONS)[number];
  /** Chooses among whatever there is to choose from. */
  dice: number;
  /** Put where it does not belong. */
  junk: Json;
  repeat: number | undefined;
}

const JUNK: Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  9_007_199_254_740_992,
  '',
  ' ',
  '0',
  'null',
  '\u0000',
  '\ud800',
  '\u202e',
  '%00',
  '../../etc/passwd',
  "' OR 1=1 --",
  'x'.repeat(5_000),
  '🚀'.repeat(200),
  [],
  [[]],
  {},
  { '': '' },
  { constructor: { prototype: 1 } },
  ['__proto__'],
  [null],
  [1, 2, 3],
];

export function requestsTo(operations: FuzzOperation[], schemas: Schemas): fc.Arbitrary<FuzzRequest> {
  const each = operations.map((operation) =>
    fc.record({
      operation: fc.constant(operation),
      query: fc.record(
        Object.fromEntries(
          operation.query.map(({ name, schema }) => [name, parameterOf(operation.id, name, schema, schemas)]),
        ),
        { requiredKeys: operation.query.filter(({ required }) => required).map(({ name }) => name) },
      ) as fc.Arbitrary<Record<string, string>>,
      body: bodyOf(operation, schemas),
      mutation: fc.oneof(
        { weight: 12, arbitrary: fc.constant('none' as const) },
        { weight: 10, arbitrary: fc.constantFrom(...MUTATIONS) },
      ),
      dice: fc.nat(1_000_000),
      junk: fc.oneof(fc.constantFrom(...JUNK), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>),
      repeat: fc.nat(40).map((key) => (key < 4 ? key : undefined)),
    }),
  );
  return fc.oneof(...each);
}

/** Clocks are small and ranges short; anything else follows its schema. */
function parameterOf(
  operation: string,
  name: string,
  schema: JsonObject,
  schemas: Schemas,
): fc.Arbitrary<string> {
  if (name === 'at' || operation === 'diffFlow') return fc.constantFrom('0', '1');
  // Steps of the flows that are made here.
  if (operation === 'listPaths' && (name === 'from' || name === 'to')) return fc.constantFrom('a', 'a,b');
  if (name === 'from') return fc.constantFrom('2026-11-01', '2026-11-02T00:00:00+01:00');
  if (name === 'to') return fc.constantFrom('2026-11-30', '2026-12-01T12:00:00Z');
  return valueOf(schema, schemas).map(String);
}

/** What no schema says: which values the product knows, and what it reads out of texts. */
const SENSIBLE: Record<string, JsonObject> = {
  createCommit: { baseClock: 0, ops: [{ op: 'patch', kind: 'node', id: 'a', set: { title: 'Patched' } }] },
  createClientToken: { origins: ['https://app.example'], flows: { '*': 'edit', 'tenant:acme': 'view' } },
  createFlow: { mermaid: 'flowchart TD\n a[Start] -->|yes| b{Ok?}\n b --> c', tenantId: 'acme' },
  createVersion: { name: 'Reviewed', clock: 0 },
  createRun: {
    agent: 'designer',
    mode: 'apply',
    model: 'local',
    prompt: 'The visitor signs in.',
    maxCredits: 5_000_000,
  },
  setReturnUrls: { urls: ['https://app.example'] },
  createCheckout: { successUrl: 'https://app.example/thanks', cancelUrl: 'https://app.example/' },
  createPortal: { returnUrl: 'https://app.example/billing' },
  importFlow: { format: 'mermaid', source: 'flowchart TD\n a --> b', tenantId: 'acme' },
  layoutFlow: { nodeIds: ['a'] },
  editProposal: { title: 'Other title' },
  acceptProposal: {},
  rejectProposal: {},
  createWebhookEndpoint: { url: 'https://app.example/hook', eventTypes: ['flow.*'] },
  updateWebhookEndpoint: { url: 'https://app.example/other', description: 'Other' },
};

/** Fields that chance never gets right: whole documents, and ids of ops that only the product gives. */
const UNGUESSABLE: Record<string, string[]> = {
  createFlow: ['document'],
  editProposal: ['ops'],
  acceptProposal: ['opIds'],
  rejectProposal: ['opIds'],
};

function bodyOf({ id, body }: FuzzOperation, schemas: Schemas): fc.Arbitrary<Json | undefined> {
  if (!body) return fc.constant(undefined);
  const made = valueOf(body, schemas);
  const sensible = SENSIBLE[id];
  if (!sensible) return made;
  // Fields that the schema has made are kept where they are not known better, each with a chance of its own.
  const fields = fc.subarray(Object.keys(sensible), {
    minLength: Math.ceil(Object.keys(sensible).length / 2),
  });
  const better = fc.tuple(made, fields).map(([value, names]) => {
    const rest = Object.entries(value as JsonObject).filter(([name]) => !UNGUESSABLE[id]?.includes(name));
    return {
      ...Object.fromEntries(rest),
      ...Object.fromEntries(names.map((name) => [name, sensible[name] ?? null])),
    };
  });
  return fc.oneof({ weight: 3, arbitrary: better }, { weight: 1, arbitrary: made });
}

/** The body with one field, however deep, dropped or replaced. */
export function mutated(body: Json | undefined, { mutation, dice, junk }: FuzzRequest): Json | undefined {
  if (typeof body !== 'object' || body === null) return mutation === 'replace' ? junk : body;
  if (mutation === 'unknown field' && !Array.isArray(body)) return { ...body, [`field${dice % 7}`]: junk };
  if (mutation !== 'drop' && mutation !== 'replace') return body;
  const keys = Object.keys(body);
  const key = keys[dice % keys.length];
  if (key === undefined) return mutation === 'replace' ? junk : body;
  const copy = structuredClone(body) as JsonObject;
  const deeper = copy[key];
  // Every other throw goes one level down.
  if (typeof deeper === 'object' && deeper !== null && dice % 3 > 0) {
    copy[key] = mutated(deeper, { mutation, dice: Math.floor(dice / 3), junk } as FuzzRequest) ?? null;
  } else if (mutation === 'drop') delete copy[key];
  else copy[key] = junk;
  return copy;
}
