import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Counts the ways in which flows were stored on developers' machines. Nothing was released with an older one, so there
 * is no migration: raise it with a change of the tables of a Durable Object.
 */
const STATE_FORMAT = '2';

/**
 * Makes `stateDir` ready. What an older checkout has left there cannot be read any more: it is put aside, not deleted.
 * @returns where it was put; null when there was nothing to put aside
 */
export function prepareState(stateDir: string): string | null {
  const mark = join(stateDir, 'format');
  const known = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : null;
  const stale = known !== STATE_FORMAT && existsSync(join(stateDir, 'workers'));
  const aside = stale ? freeName(`${stateDir}-format-${known ?? '1'}`) : null;
  if (aside !== null) renameSync(stateDir, aside);
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(mark, `${STATE_FORMAT}\n`);
  return aside;
}

function freeName(wished: string): string {
  for (let at = 1; ; at++) {
    const name = at === 1 ? wished : `${wished}-${at}`;
    if (!existsSync(name)) return name;
  }
}
