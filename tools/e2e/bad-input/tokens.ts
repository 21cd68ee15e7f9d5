import { createHmac, hkdfSync } from 'node:crypto';
import type { JsonObject } from '../black-box.ts';

/** Client tokens as a forger makes them; with the right key only to prove that it is the claims that are refused. */

export interface Parts {
  header: JsonObject;
  payload: JsonObject;
}

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function partsOf(token: string): Parts {
  const [header = '', payload = ''] = token.split('.');
  const decode = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as JsonObject;
  return { header: decode(header), payload: decode(payload) };
}

/** @param key none for an unsigned token. */
export function signed({ header, payload }: Parts, key: Uint8Array | null, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${key === null ? '' : createHmac(hash, key).update(text).digest('base64url')}`;
}

/** The key that a backend with this secret signs tokens of this workspace with. */
export function workspaceKey(secret: string, workspaceId: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, workspaceId, 'uxflow client token', 32));
}

/** The same token with another payload under the old signature. */
export function tampered(token: string, change: (payload: JsonObject) => JsonObject): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encode(change(partsOf(token).payload))}.${signature}`;
}
