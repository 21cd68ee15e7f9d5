import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.ts';
import { Children } from '../start/children.ts';
import type { CrashTarget } from './harness.ts';
import { pause } from './harness.ts';

const READY_TIMEOUT = 30_000;

/** A Worker that is known to lose acknowledged writes: a harness that finds nothing wrong with it sees nothing. */
export async function controlTarget(): Promise<CrashTarget> {
  const scratch = mkdtempSync(join(tmpdir(), 'uxflow-control-'));
  const persist = join(scratch, 'state');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const children = new Children(scratch, () => undefined);
  children.start(
    'control',
    'wrangler',
    [
      'dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--persist-to',
      persist,
      '--show-interactive-dev-session=false',
    ],
    {
      cwd: join(ROOT, 'tools/chaos/control'),
      env: { CI: 'true', WRANGLER_REGISTRY_PATH: join(scratch, 'registry') },
    },
  );
  const write = async (id: string): Promise<void> => {
    const response = await fetch(base, { method: 'POST', body: id, signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
  };
  const deadline = Date.now() + READY_TIMEOUT;
  for (;;) {
    try {
      await write('first');
      break;
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the control Worker did not start', { cause: error });
      await pause(100);
    }
  }
  return {
    name: 'negative control (acknowledges before it writes)',
    persist,
    write,
    read: async () => {
      // Whatever was not killed has been written by now.
      await pause(500);
      const ids = (await (await fetch(base)).json()) as string[];
      return new Map(ids.map((id) => [id, 1]));
    },
    stop: async () => {
      await children.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
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
