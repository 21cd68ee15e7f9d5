import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.ts';
import { run } from '../lib/run.ts';

/** The published packages, in the order in which they depend on each other. */
const PUBLISHED = ['flow', 'sdk', 'react'] as const;

export async function buildPackages(): Promise<void> {
  for (const name of PUBLISHED) await run('pnpm', ['--filter', `@uxflow/${name}`, 'build']);
}

/** Packs every published package into `folder` as npm would, and returns name → tarball path. */
export async function packPackages(folder: string): Promise<Record<string, string>> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tarballs: Record<string, string> = {};
  for (const name of PUBLISHED) {
    const before = new Set(await readdir(folder));
    await run('pnpm', ['pack', '--pack-destination', folder], { cwd: join(ROOT, 'packages', name) });
    const file = (await readdir(folder)).find((entry) => !before.has(entry));
    if (!file) throw new Error(`packing @uxflow/${name} wrote no file`);
    tarballs[`@uxflow/${name}`] = join(folder, file);
  }
  return tarballs;
}

/** `publint` and `attw` over the tarballs: entry points resolve, and their types do in every module resolution we support. */
export async function checkTarballs(tarballs: Record<string, string>): Promise<void> {
  for (const tarball of Object.values(tarballs)) {
    await run('publint', ['run', tarball, '--strict']);
    await run('attw', [tarball, '--profile', 'esm-only', '--exclude-entrypoints', './styles.css']);
  }
}
