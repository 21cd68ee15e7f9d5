/**
 * A short mark of `text` that tells a repeated request from another one under the same key. 53 bits of a mixing
 * hash: it guards against mistakes of a caller, not against an attacker, who could only harm his own keys.
 */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  // In decimal, which costs a fifth of any other base.
  return String(4_294_967_296 * (2_097_151 & low) + (high >>> 0));
}

/** `value` as JSON; undefined when it is nested deeper than the runtime can write. */
export function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
