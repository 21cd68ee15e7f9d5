const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new record id such as `n_4k0x9v2m1q8z`: 60 random bits, so two people never make the same one. */
export function newRecordId(prefix: 'n' | 'e'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  let id = `${prefix}_`;
  for (const byte of bytes) id += ALPHABET[byte % ALPHABET.length];
  return id;
}
