import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sample, sampleNames } from '../lib/samples.ts';

const FILE = 'docs/billing-local.md';

describe('what docs/billing-local.md shows', { timeout: 60_000 }, () => {
  test('runs as it stands there: a purchase and a renewal a month later', async () => {
    const file = join(import.meta.dirname, `.sample-${process.pid}.ts`);
    writeFileSync(file, sample(FILE, 'test'));
    try {
      const { stdout } = await promisify(execFile)('node', [file]);
      expect(stdout).toBe('subscription_cycle 2900\nsubscription_create 2900\n');
    } finally {
      rmSync(file);
    }
  });

  test('every sample is covered here', () => {
    expect(sampleNames(FILE)).toEqual(['test']);
  });
});
