import type { Expected, Json, JsonObject, Send } from '../black-box.ts';

/** What the requests below are about. */
export interface Target {
  flowId: string;
  clock: number;
  runId: string;
  spareKeyId: string;
}

/** A good request and what can be wrong with it. */
export interface Family {
  name: string;
  good: (target: Target) => Send;
  succeeds: number;
  bad: Bad[];
}
export interface Bad extends Expected {
  name: string;
  change: (good: Send) => Send;
}

export const post = (path: string, json: JsonObject): Send => ({ method: 'POST', path, json });
/** The good body with other fields; `undefined` leaves a field out. */
export const body =
  (fields: Record<string, Json | undefined>) =>
  (good: Send): Send => ({
    ...good,
    json: Object.fromEntries(
      Object.entries({ ...(good.json as JsonObject), ...fields }).filter(([, value]) => value !== undefined),
    ),
  });
export const raw =
  (text: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
  (good: Send): Send => {
    const { json: _instead, ...rest } = good;
    return { ...rest, raw: text, headers: { ...good.headers, 'content-type': type } };
  };
export const query =
  (text: string) =>
  (good: Send): Send => ({ ...good, path: `${good.path}?${text}` });
export const header =
  (name: string, value: string) =>
  (good: Send): Send => ({ ...good, headers: { ...good.headers, [name]: value } });

export const bad = (
  name: string,
  change: Bad['change'],
  status: number,
  code: string,
  field?: string,
): Bad => ({
  name,
  change,
  status,
  code,
  field,
});
/** 422 `invalid_request` that names `field`. */
export const invalid = (name: string, change: Bad['change'], field?: string): Bad =>
  bad(name, change, 422, 'invalid_request', field);

export const long = (length: number): string => 'x'.repeat(length);
/** Bytes of text that is no UTF-8, inside a JSON string. */
const NOT_UTF8 = new Uint8Array([...Buffer.from('{"name":"'), 0xff, 0xfe, ...Buffer.from('"}')]);

/** Wrong whatever the route. */
export const ANY_BODY: Bad[] = [
  bad('malformed JSON', raw('{"name": '), 400, 'malformed_json'),
  bad('an empty body', raw(''), 400, 'malformed_json'),
  bad('text that is not UTF-8', raw(NOT_UTF8), 400, 'malformed_json'),
  bad('text/plain', raw('{"name":"x"}', 'text/plain'), 415, 'unsupported_media_type'),
  bad('a form', raw('name=x', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type'),
  invalid('null', raw('null')),
  invalid('a list', raw('[]')),
  invalid('an unknown field', body({ color: 'red' }), 'color'),
  invalid('__proto__ as a field', raw('{"__proto__": {"admin": true}}'), '__proto__'),
  invalid(
    'JSON nested 100,000 levels deep',
    raw(`{"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    'deep',
  ),
  bad(
    'an Idempotency-Key that is too long',
    header('idempotency-key', long(181)),
    422,
    'invalid_request',
    'Idempotency-Key',
  ),
  bad(
    'an Idempotency-Key with spaces',
    header('idempotency-key', 'a b'),
    422,
    'invalid_request',
    'Idempotency-Key',
  ),
];
