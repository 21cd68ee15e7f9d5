/** `npm run gallery`: writes docs/export-gallery.md and its pictures. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.ts';
import { gallery } from './gallery.ts';

for (const [path, content] of await gallery()) {
  await writeFile(join(ROOT, path), content);
  process.stdout.write(`wrote ${path}\n`);
}
