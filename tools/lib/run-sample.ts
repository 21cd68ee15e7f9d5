import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import type { Product } from './product.ts';
import { sample } from './samples.ts';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command in the repository with the product's key and URL in its environment, as the samples expect them. */
export function runWith(product: Product, command: string, args: string[]): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, UXFLOW_API_KEY: product.key, UXFLOW_BASE_URL: product.api },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/**
 * Runs a TypeScript sample of a Markdown file.
 * @param more code that goes on after it, e.g. to call what it defines
 */
export function runSample(product: Product, file: string, name: string, more = ''): Promise<Finished> {
  const folder = join(product.stateDir, 'samples');
  mkdirSync(folder, { recursive: true });
  const script = join(folder, `${name}.ts`);
  writeFileSync(script, `${sample(file, name)}\n${more}`);
  return runWith(product, 'node', [script]);
}
