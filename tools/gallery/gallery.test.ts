import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ROOT } from '../lib/paths.ts';
import { gallery } from './gallery.ts';

// Every format is written, on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

test('the export gallery is what the exports write now; if not, run `npm run gallery` and look at its pictures', async () => {
  const files = await gallery();
  expect(files.size).toBe(3);
  for (const [path, content] of files) {
    const present = await readFile(join(ROOT, path));
    const equal = present.equals(Buffer.from(content));
    expect(equal, `${path} is out of date: npm run gallery`).toBe(true);
  }
});
