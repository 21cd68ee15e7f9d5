const encoder = new TextEncoder();

/** UTF-8, in a buffer of its own, as every runtime's Web Crypto takes it. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encoder.encode(text));
}

/** Lower-case hex. */
function hex(bytes: ArrayBuffer | Uint8Array): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 in hex of text (as UTF-8) or bytes. */
export async function sha256(data: string | Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? encoder.encode(data) : data));
}

/** HMAC-SHA-256 in hex. */
export async function hmac(secret: string, message: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return hex(await crypto.subtle.sign('HMAC', key, encoder.encode(message)));
}

/** Compares secrets in a time that does not depend on where they differ: both are hashed with a fresh key first. */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
  return (await hmac(nonce, a)) === (await hmac(nonce, b));
}

/** Standard base64. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
