import { config } from './config.ts';
import { base64, fromBase64, sha256, utf8 } from './crypto.ts';
import type { Env } from './env.ts';

/**
 * Encryption at rest for what has to be read again, such as secrets that we sign with: AES-256-GCM under
 * `ENCRYPTION_KEYS`. The place where a text is kept is authenticated with it, so that a ciphertext which is moved to
 * another row, column or workspace does not open there.
 */
export interface Place {
  workspaceId: string;
  table: string;
  column: string;
  row: string;
}

interface NamedKey {
  /** First characters of the key's hash; tells with which key a text was sealed. */
  name: string;
  key: CryptoKey;
}

const IV_BYTES = 12;

async function derive(secret: string): Promise<NamedKey> {
  const material = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveBits']);
  const info = utf8('uxflow/encryption/v1');
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    material,
    256,
  );
  const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { name: (await sha256(bits)).slice(0, 12), key };
}

const derived = new Map<string, Promise<NamedKey>>();

/** The keys of the configuration, newest first. */
function keys(env: Env): Promise<NamedKey[]> {
  return Promise.all(
    config(env).ENCRYPTION_KEYS.map((secret) => {
      const known = derived.get(secret) ?? derive(secret);
      derived.set(secret, known);
      return known;
    }),
  );
}

function additionalData({ workspaceId, table, column, row }: Place): Uint8Array<ArrayBuffer> {
  return utf8([workspaceId, table, column, row].join('|'));
}

/** Encrypts `text` with the newest key, to be kept at `place` and nowhere else. */
export async function seal(env: Env, place: Place, text: string): Promise<string> {
  const [newest] = await keys(env);
  if (!newest) throw new Error('ENCRYPTION_KEYS is empty');
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(place) },
    newest.key,
    utf8(text),
  );
  return ['v1', newest.name, base64(iv), base64(new Uint8Array(sealed))].join('.');
}

/** @throws Error when the text was sealed for another place, was changed, or its key is no longer configured. */
export async function unseal(env: Env, place: Place, sealed: string): Promise<string> {
  const [version, name, iv, data] = sealed.split('.');
  if (version !== 'v1' || iv === undefined || data === undefined) throw new Error('Not a sealed text');
  const used = (await keys(env)).find((key) => key.name === name);
  if (!used) throw new Error(`The encryption key ${name} is not among ENCRYPTION_KEYS`);
  const bytes = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: fromBase64(iv), additionalData: additionalData(place) },
    used.key,
    fromBase64(data),
  );
  return new TextDecoder().decode(bytes);
}
