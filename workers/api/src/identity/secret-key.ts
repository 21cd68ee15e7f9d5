import { hmac } from '../platform/crypto.ts';

/**
 * The text of a secret key: `uxf_sk_<mode>_[demo]<random><checksum>`. The checksum lets secret scanners and this
 * API tell a key from a look-alike without a database.
 */

export type KeyMode = 'live' | 'test';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 30 characters of base 62 are 178 bits. */
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^uxf_sk_(live|test)_(demo)?[0-9A-Za-z]{36}$/;

/** Keys that begin so are made by `npm start` and work only on a machine that runs it. */
const DEMO_PREFIX = 'uxf_sk_test_demo';

/** Whether a credential claims to be a secret key, well-formed or not. */
export function looksLikeSecretKey(credential: string): boolean {
  return credential.startsWith('uxf_sk_');
}

/** A new random secret key. */
export function newSecretKey(mode: KeyMode, demo = false): string {
  const body = `uxf_sk_${mode}_${demo ? 'demo' : ''}${randomText(RANDOM_LENGTH)}`;
  return body + checksum(body);
}

/** The mode of a well-formed secret key, or null for anything else (wrong shape or checksum). */
export function parseSecretKey(value: string): { mode: KeyMode; demo: boolean } | null {
  const shape = SHAPE.exec(value);
  if (!shape) return null;
  const body = value.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== value.slice(-CHECKSUM_LENGTH)) return null;
  return { mode: shape[1] as KeyMode, demo: value.startsWith(DEMO_PREFIX) };
}

/** What is stored in place of the key. */
export function hashSecretKey(pepper: string, value: string): Promise<string> {
  return hmac(pepper, value);
}

/** The part of a key that may be shown. */
export function displayPrefix(value: string): string {
  return value.slice(0, value.lastIndexOf('_') + 1 + (value.startsWith(DEMO_PREFIX) ? 8 : 4));
}

function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    // 248 = 4 × 62: larger bytes are thrown away, so that every character is equally likely.
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let at = 0; at < CHECKSUM_LENGTH; at++) {
    text = ALPHABET[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
