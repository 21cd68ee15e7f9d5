import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { portsFrom, takenPorts } from '../start/ports.ts';
import { ROOT } from './paths.ts';

/** The whole product as `npm start` runs it, for tests and tools. */
export interface Product {
  api: string;
  example: string;
  /** The local Stripe. */
  stripe: string;
  key: string;
  operatorToken: string;
  /** Folder of its state, removed by `stop`. */
  stateDir: string;
  stop(): Promise<void>;
}

const START_TIMEOUT = 120_000;

/**
 * Bases far from the default block, so that a developer's running product is left alone, and below 32768, where systems
 * begin to hand out ports to outgoing connections: one of those can take a port between the look and the start.
 */
async function freeBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 20_000 + Math.floor(Math.random() * 1_200) * 10;
    if ((await takenPorts(portsFrom(base))).length === 0) return base;
  }
  throw new Error('no free block of ports found in 50 tries');
}

/** Starts the product on free ports with empty state and waits for its `ready` line. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const base = await freeBase();
  const ports = portsFrom(base);
  const stateDir = join(ROOT, '.uxflow', String(base));
  const child = spawn('node', [join(ROOT, 'tools/start/main.ts'), '--port', String(base), '--fresh'], {
    cwd: ROOT,
    env: { ...process.env, UXFLOW_KEYS_DIR: stateDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const key = await readyKey(child);
  const secrets = JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8')) as {
    operatorToken: string;
  };
  return {
    api: `http://127.0.0.1:${ports.api}`,
    example: `http://127.0.0.1:${ports.example}`,
    stripe: `http://127.0.0.1:${ports.stripe}`,
    key,
    operatorToken: secrets.operatorToken,
    stateDir,
    stop: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function readyKey(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`the product was not ready after ${START_TIMEOUT / 1000} s:\n${output}`));
    }, START_TIMEOUT);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const key = /^ready .* key (\S+)$/m.exec(output)?.[1];
      if (!key) return;
      clearTimeout(timer);
      resolve(key);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`the product ended with ${code} before it was ready:\n${output}`));
    });
  });
}
