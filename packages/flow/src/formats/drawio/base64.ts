const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (sign, value) => [sign, value]));

/** The bytes of a Base64 text, white space ignored; undefined when it is none. By hand: this package knows no atob. */
export function base64Bytes(text: string): Uint8Array | undefined {
  const signs = text.replace(/\s+/gu, '').replace(/={1,2}$/u, '');
  if (signs.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((signs.length * 3) / 4));
  let bits = 0,
    held = 0,
    at = 0;
  for (const sign of signs) {
    const value = VALUE_OF.get(sign);
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
