import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { ROOT } from '../lib/paths.ts';

function git(...args: string[]): string {
  const result = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return result.status === 0 ? result.stdout : '';
}

/** What is running: the commit, and a hash of the uncommitted changes where there are any. `unknown` outside git. */
export function buildId(): string {
  const commit = git('rev-parse', '--short=12', 'HEAD').trim();
  if (!commit) return 'unknown';
  const changes = git('status', '--porcelain') + git('diff', 'HEAD');
  return changes ? `${commit}+${createHash('sha256').update(changes).digest('hex').slice(0, 8)}` : commit;
}
