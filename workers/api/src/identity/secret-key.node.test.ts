import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayPrefix, newSecretKey, parseSecretKey } from './secret-key.ts';

const mode = fc.constantFrom('live' as const, 'test' as const);

describe('a secret key', () => {
  it('holds at least 160 random bits behind its prefix, and a checksum of 6 characters', () => {
    const key = newSecretKey('live');
    expect(key).toMatch(/^uxf_sk_live_[0-9A-Za-z]{36}$/);
    expect(30 * Math.log2(62)).toBeGreaterThan(160);
    expect(new Set(Array.from({ length: 1_000 }, () => newSecretKey('live'))).size).toBe(1_000);
  });

  it('is told from every key with one character changed', () => {
    fc.assert(
      fc.property(mode, fc.boolean(), fc.nat(), fc.constantFrom(...'0aZ'), (kind, demo, seed, other) => {
        const key = newSecretKey(kind, demo && kind === 'test');
        expect(parseSecretKey(key)).toEqual({ mode: kind, demo: demo && kind === 'test' });
        const at = 'uxf_sk_live_'.length + (demo ? 4 : 0) + (seed % 36);
        if (key[at] !== other)
          expect(parseSecretKey(key.slice(0, at) + other + key.slice(at + 1))).toBeNull();
      }),
    );
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'uxf_sk_',
      'uxf_sk_prod_x',
      `${newSecretKey('live')} `,
      newSecretKey('live').slice(0, -1),
    ]) {
      expect(parseSecretKey(text)).toBeNull();
    }
  });

  it('shows no more than a few characters of itself', () => {
    expect(displayPrefix(newSecretKey('live'))).toMatch(/^uxf_sk_live_.{4}$/);
    expect(displayPrefix(newSecretKey('test', true))).toMatch(/^uxf_sk_test_demo.{4}$/);
  });
});
