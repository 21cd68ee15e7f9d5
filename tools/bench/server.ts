import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../lib/paths.ts';
import { Children } from '../start/children.ts';

const READY_TIMEOUT_MS = 60_000;

/** The objects of all systems, in one workerd. */
export interface BenchServer {
  /** `host:port` */
  host: string;
  /** Folder of its state. */
  persist: string;
  stop(): Promise<void>;
}

/** A folder in memory, where the system has one. */
export const MEMORY: string | undefined = existsSync('/dev/shm') ? '/dev/shm' : undefined;

/**
 * Starts the `worker.ts` of a benchmark as `wrangler dev` runs it, with empty state in a new folder in `folder`.
 * @param probe a path that answers a POST when the Worker runs.
 */
export async function startWorker(
  benchmark: string,
  probe: string,
  folder: string = tmpdir(),
): Promise<BenchServer> {
  const scratch = mkdtempSync(join(folder, 'uxflow-bench-'));
  const state = join(scratch, 'state');
  const persist = ['--persist-to', state];
  const cwd = join(ROOT, 'tools/bench', benchmark);
  const env = {
    CI: 'true',
    WRANGLER_REGISTRY_PATH: join(scratch, 'registry'),
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    X_LOCAL_OBSERVABILITY: 'false',
  };
  await promisify(execFile)('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', ...persist], {
    cwd,
    env: { ...process.env, ...env },
  });
  const host = `127.0.0.1:${await freePort()}`;
  const children = new Children(scratch, (name, log) => {
    throw new Error(`${name} ended unexpectedly, see ${log}`);
  });
  const [ip = '', port = ''] = host.split(':');
  const listen = [
    '--ip',
    ip,
    '--port',
    port,
    '--inspector-port',
    '0',
    '--show-interactive-dev-session=false',
  ];
  children.start('worker', 'wrangler', ['dev', ...listen, ...persist], { cwd, env });
  const stop = async (): Promise<void> => {
    await children.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(`http://${host}${probe}`))) {
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The Worker of ${benchmark} did not start`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { host, persist: state, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'POST', signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    // Not listening yet: asked again until the deadline.
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port'));
      server.close(() => resolve(address.port));
    });
  });
}
