import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds to wait for a restarted runtime. */
const WAIT = 20_000;

/**
 * The pid of the Workers runtime that has Durable Object files under `persist` open. `wrangler dev` runs two
 * runtimes; only this one holds data. Reads /proc, so it needs Linux.
 */
export async function runtimePid(persist: string): Promise<number> {
  const folder = join(persist, 'v3', 'do');
  const deadline = Date.now() + WAIT;
  while (Date.now() < deadline) {
    const pid = readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number)
      .find((candidate) => isRuntime(candidate) && holds(candidate, folder));
    if (pid !== undefined) return pid;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no running Workers runtime has files open under ${folder}`);
}

function isRuntime(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd';
  } catch (error) {
    return gone(error);
  }
}

function holds(pid: number, folder: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(folder);
      } catch (error) {
        return gone(error);
      }
    });
  } catch (error) {
    return gone(error);
  }
}

/** False for what ends while it is looked at; anything else is rethrown. */
function gone(error: unknown): false {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return false;
  throw error;
}
