/**
 * `npm run check`: everything that must hold besides the tests. Every step runs, so that one run shows all that is
 * wrong. `npm run check -- types lint` runs only these steps.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lib/run.ts';
import { checkConsumer } from './consumer.ts';
import { buildPackages, checkTarballs, packPackages } from './packages.ts';
import { checkSizes } from './sizes.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const packed = join(tmpdir(), `uxflow-packed-${process.pid}`);
let tarballs: Record<string, string> = {};

const TYPED = [
  'packages/flow/tsconfig.json',
  'packages/flow/tsconfig.test.json',
  'packages/sdk/tsconfig.json',
  'packages/react/tsconfig.json',
  'workers/api/tsconfig.json',
  'workers/api/tsconfig.node.json',
  'workers/webhooks/tsconfig.json',
  'examples/vite-partner/tsconfig.json',
  'tools/tsconfig.json',
];

interface Step {
  name: string;
  does: string;
  run: () => Promise<unknown>;
}

const STEPS: Step[] = [
  {
    name: 'types',
    does: 'TypeScript, strict',
    run: async () => {
      for (const project of TYPED) await run('tsc', ['-p', project]);
    },
  },
  { name: 'lint', does: 'lint and import rules', run: () => run('oxlint', ['--deny-warnings']) },
  { name: 'format', does: 'formatting', run: () => run('oxfmt', ['--check']) },
  { name: 'unused', does: 'unused files, exports and dependencies', run: () => run('knip', []) },
  {
    name: 'generated',
    does: 'OpenAPI, SDK types and migrations in step with the code',
    run: async () => {
      await run('node', ['tools/openapi/main.ts', '--check']);
      await run('node', ['tools/check/migrations.ts']);
    },
  },
  {
    name: 'bundles',
    does: 'both Workers bundle for deployment',
    run: async () => {
      for (const worker of ['api', 'webhooks']) {
        await run(
          'wrangler',
          ['deploy', '--dry-run', '--outdir', join(packed, '..', `uxflow-bundle-${worker}`)],
          { cwd: `workers/${worker}` },
        );
      }
    },
  },
  {
    name: 'packages',
    does: 'packages build, pack and pass publint and attw',
    run: async () => {
      await buildPackages();
      tarballs = await packPackages(packed);
      await checkTarballs(tarballs);
    },
  },
  { name: 'sizes', does: 'size limits', run: () => checkSizes(say) },
  {
    name: 'consumer',
    does: 'packed packages in an empty Vite + React 18 project',
    run: async () => {
      if (Object.keys(tarballs).length === 0) {
        await buildPackages();
        tarballs = await packPackages(packed);
      }
      await checkConsumer(tarballs);
    },
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such step: ${unknown.join(', ')}. Steps: ${STEPS.map((step) => step.name).join(', ')}\n`,
  );
  process.exit(2);
}

const failed: string[] = [];
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  const began = Date.now();
  say(`${step.name}: ${step.does} …`);
  try {
    await step.run();
    say(`${step.name}: ok (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed.push(step.name);
    say(`${step.name}: FAILED\n${error instanceof Error ? error.message : String(error)}`);
  }
}
say(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
