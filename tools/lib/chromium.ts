import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PATHS = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Flags that keep Chromium from calling home, so that it starts at once with the network cut. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Path of an installed Chromium, or undefined. */
export function findChromium(): string | undefined {
  return PATHS.find((path) => path !== undefined && existsSync(path));
}

/**
 * Path of a Chromium, installed from the system's packages where it is missing and apt is there.
 * Undefined when neither is to be had; `say` is told what is going on.
 */
export function ensureChromium(say: (line: string) => void): string | undefined {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    say('No Chromium: install one, or name it in CHROMIUM_PATH. Browser tests will be skipped.');
    return undefined;
  }
  say('Installing Chromium for the browser tests (apt-get install chromium) …');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.status !== 0) {
      say(`apt-get ${args[0]} failed: ${result.stderr.trim().split('\n').at(-1)}`);
      return undefined;
    }
  }
  return findChromium();
}
