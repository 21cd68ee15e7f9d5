import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../lib/paths.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { sample, sampleNames } from '../lib/samples.ts';

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe('what the README shows', () => {
  let product: Product;
  let scratch: string;
  beforeAll(async () => {
    product = await startProduct();
    scratch = join(product.stateDir, 'samples');
    mkdirSync(scratch);
  });
  afterAll(async () => {
    await product?.stop();
  });

  function execute(command: string, args: string[]): Promise<Finished> {
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

  test('the SDK script draws the flow, follows the run and exports it', async () => {
    const file = join(scratch, 'sdk.ts');
    writeFileSync(file, sample('README.md', 'sdk'));
    const { code, stdout, stderr } = await execute('node', [file]);
    expect(stderr).toContain('edited');
    expect(stdout).toMatch(/^succeeded \d+ /);
    expect(stdout).toMatch(/flowchart/);
    expect(stdout).toMatch(/sign/i);
    expect(code).toBe(0);
  });

  test('the curl script does the same over plain HTTP', async () => {
    const { code, stdout, stderr } = await execute('sh', ['-c', sample('README.md', 'curl')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/"type":"tool-output-available"/g)?.length).toBeGreaterThan(3);
    expect(stdout).toContain('[DONE]');
    expect(stdout).toMatch(/flowchart/);
    expect(stdout).toMatch(/"available":\d+/);
  });

  test('the server handler mints a token that opens the flow it is for', async () => {
    const file = join(scratch, 'server.ts');
    writeFileSync(
      file,
      `${sample('README.md', 'server')}\nconst response = await uxflowToken({ id: 'u1', name: 'Ada' });\nconsole.log(await response.text());\n`,
    );
    const { code, stdout, stderr } = await execute('node', [file]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { token, expiresAt } = JSON.parse(stdout) as { token: string; expiresAt: string };
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const response = await fetch(`${product.api}/v1/flows`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
  });

  test('the page sample type-checks against the packages', async () => {
    const folder = join(ROOT, 'examples/vite-partner/.vite/readme');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'flow.tsx'), sample('README.md', 'page'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['flow.tsx'] }),
    );
    const { code, stdout } = await execute('tsc', ['-p', folder]);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('every sample is covered here', () => {
    expect(sampleNames('README.md').toSorted()).toEqual(['curl', 'page', 'sdk', 'server']);
  });
});
