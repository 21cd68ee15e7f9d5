/**
 * Writes `packages/sdk/openapi.json` from the API's routes and the SDK's types from that.
 * With `--check` it writes nothing and fails when either file is out of date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@uxflow/api/app';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SPEC = join(ROOT, 'packages/sdk/openapi.json');
const TYPES = join(ROOT, 'packages/sdk/src/generated/openapi.ts');

const HEADER = `/* Generated from the routes of workers/api by \`npm run generate\`. Do not edit. */
/* eslint-disable */
`;

/** Components that `@uxflow/flow` defines itself: the SDK takes its types, not a copy. */
const FLOW_TYPES = ['FlowDocument', 'Op'];

const document = describe();
const spec = `${JSON.stringify(document, null, 2)}\n`;

const nodes = await openapiTS(JSON.parse(spec) as OpenAPI3, {
  inject: `import type { ${FLOW_TYPES.join(', ')} } from '@uxflow/flow';\n`,
  transform: (_schema, { path }) => {
    const name = FLOW_TYPES.find((type) => path === `#/components/schemas/${type}`);
    return name === undefined ? undefined : ts.factory.createTypeReferenceNode(name);
  },
});
const types = HEADER + astToString(nodes);

const stale: string[] = [];
for (const [path, text] of [
  [SPEC, spec],
  [TYPES, types],
] as const) {
  const present = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (present === text) continue;
  if (process.argv.includes('--check')) {
    stale.push(relative(ROOT, path));
    continue;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(`wrote ${relative(ROOT, path)}`);
}
if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}
