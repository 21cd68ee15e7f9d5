import { env, exports } from 'cloudflare:workers';

/** A caller of the API inside the test runtime. */

export interface CallOptions {
  as?: string;
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: BodyInit;
  headers?: Record<string, string>;
}

/** JSON of unknown shape: what a test reads of it, it asserts. */
export interface Json {
  [field: string]: Json;
}

export interface Reply {
  status: number;
  headers: Headers;
  /** The JSON body; empty when there is none. */
  body: Json;
  text: string;
  bytes: Uint8Array;
}

const ORIGIN = 'https://api.test';

/** Calls `METHOD /path`. */
export async function call(route: string, { as, body, raw, headers = {} }: CallOptions = {}): Promise<Reply> {
  const [method = '', path = ''] = route.split(' ');
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await exports.default.fetch(
    new Request(ORIGIN + path, {
      method,
      headers: {
        ...(as !== undefined && { Authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(payload !== undefined && { body: payload }),
    }),
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = response.headers.get('Content-Type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    bytes,
    body: (isJson ? JSON.parse(text) : {}) as Json,
  };
}

export interface Workspace {
  id: string;
  keyId: string;
  key: string;
}

export const OPERATOR = env['OPERATOR_TOKEN'] as string;

/** A new workspace with its first secret key. */
export async function newWorkspace(name = 'Test'): Promise<Workspace> {
  const { body } = await call('POST /v1/admin/workspaces', { as: OPERATOR, body: { name } });
  const { workspace, key } = body as unknown as {
    workspace: { id: string };
    key: { id: string; value: string };
  };
  return { id: workspace.id, keyId: key.id, key: key.value };
}

/** A client token of this workspace; edits every flow unless told otherwise. */
export async function newToken(
  workspace: Workspace,
  claims: Record<string, unknown> = {},
): Promise<{ token: string; jti: string }> {
  const { status, body, text } = await call('POST /v1/client-tokens', {
    as: workspace.key,
    body: { user: { id: 'u1', name: 'Ada' }, flows: { '*': 'edit' }, ...claims },
  });
  if (status !== 201) throw new Error(text);
  return body as unknown as { token: string; jti: string };
}

/** Another secret key of the workspace; its value is shown only here. */
export async function newApiKey(
  { key }: Workspace,
  name = 'Spare',
): Promise<{ id: string; value: string; prefix: string }> {
  const { body } = await call('POST /v1/api-keys', { as: key, body: { name } });
  return body as unknown as { id: string; value: string; prefix: string };
}
