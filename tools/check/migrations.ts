/** Fails when the drizzle tables have changed without a migration. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.ts';
import { run } from '../lib/run.ts';

const api = join(ROOT, 'workers/api');
// drizzle-kit resolves `out` from the Worker's folder and wants it relative.
const scratch = await mkdtemp(join(api, '.wrangler-migrations-'));
try {
  await cp(join(api, 'migrations'), scratch, { recursive: true });
  const before = await readdir(scratch);
  await run(
    join(api, 'node_modules/.bin/drizzle-kit'),
    [
      'generate',
      '--dialect',
      'sqlite',
      '--schema',
      './src/*/tables.ts',
      '--out',
      `./${scratch.slice(api.length + 1)}`,
    ],
    { cwd: api },
  );
  const added = (await readdir(scratch)).filter((name) => !before.includes(name));
  if (added.length > 0)
    throw new Error(
      'The tables have changed: run `pnpm drizzle-kit generate` in workers/api and commit the migration',
    );
} finally {
  await rm(scratch, { recursive: true, force: true });
}
