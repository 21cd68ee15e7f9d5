import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace, type DemoWorkspace, type Operator } from '../lib/operator.ts';

/** Micro-credits each demo workspace begins with: 500 credits. */
const DEMO_CREDITS = 500_000_000;

/**
 * The two demo workspaces of this installation, created at its first start and kept with its data; the second one
 * exists so that isolation can be seen. Their keys are also written to `keysDir`, where scripts look for them.
 */
export async function demoKeys(
  options: Operator & { stateDir: string; keysDir: string; returnUrls: string[] },
): Promise<[string, string]> {
  const file = join(options.stateDir, 'demo.json');
  let workspaces: DemoWorkspace[];
  if (existsSync(file)) {
    workspaces = JSON.parse(readFileSync(file, 'utf8')) as DemoWorkspace[];
  } else {
    workspaces = [
      await createWorkspace(options, 'Acme Roadmaps', DEMO_CREDITS),
      await createWorkspace(options, 'Globex', DEMO_CREDITS),
    ];
    for (const { key } of workspaces) await allowReturn(options.baseUrl, key, options.returnUrls);
    writeFileSync(file, JSON.stringify(workspaces, null, 2), { mode: 0o600 });
  }
  const [first, second] = workspaces;
  if (!first || !second) throw new Error(`${file} is damaged: start once with --fresh`);
  writeFileSync(join(options.keysDir, 'demo-key'), `${first.key}\n`, { mode: 0o600 });
  writeFileSync(join(options.keysDir, 'demo-key-2'), `${second.key}\n`, { mode: 0o600 });
  return [first.key, second.key];
}

/** People who buy something in the demo come back to the example or to the API's own pages. */
async function allowReturn(baseUrl: string, key: string, urls: string[]): Promise<void> {
  const response = await fetch(`${baseUrl}/v1/billing/return-urls`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ urls }),
  });
  if (!response.ok)
    throw new Error(`return URLs could not be set: ${response.status} ${await response.text()}`);
}
