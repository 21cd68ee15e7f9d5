/**
 * `npm test`: every test, in two rounds: first the packages and Workers, then the whole product end to end (alone,
 * because it runs real servers and browsers on the machine's few cores). Arguments: `--require-browser` fails the
 * run when browser tests had to be skipped; anything else filters test files as vitest does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../lib/chromium.ts';
import { ROOT } from '../lib/paths.ts';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

const args = process.argv.slice(2);
const requireBrowser = args.includes('--require-browser');
const filters = args.filter((arg) => arg !== '--require-browser');
const say = (line: string) => process.stdout.write(`${line}\n`);

const chromium = ensureChromium(say);
const scratch = mkdtempSync(join(tmpdir(), 'uxflow-test-'));

function vitest(config: string, name: string): Promise<Totals> {
  const report = join(scratch, `${name}.json`);
  const child = spawn(
    'vitest',
    [
      'run',
      '--config',
      config,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : { UXFLOW_NO_BROWSER: '1' }) },
    },
  );
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(read(report, code ?? 1)));
  });
}

/** The counts of a run. A run that broke outside any test (a file that does not load) counts as one failure. */
function read(report: string, exitCode: number): Totals {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    };
    const failed = numFailedTests === 0 && exitCode !== 0 ? 1 : numFailedTests;
    return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
  } catch (error) {
    say(`No report of the run: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const rounds = [await vitest('vitest.config.ts', 'units'), await vitest('tools/e2e/vitest.config.ts', 'e2e')];
rmSync(scratch, { recursive: true, force: true });

const total = rounds.reduce((sum, round) => ({
  passed: sum.passed + round.passed,
  failed: sum.failed + round.failed,
  skipped: sum.skipped + round.skipped,
}));
if (!chromium)
  say(
    requireBrowser
      ? 'Browser tests are required here, but there is no Chromium.'
      : 'Browser tests were skipped: no Chromium.',
  );
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
const empty = total.passed === 0;
process.exit(total.failed > 0 || empty || (requireBrowser && !chromium) ? 1 : 0);
