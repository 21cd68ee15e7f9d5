#!/usr/bin/env node
// Sets up a bare machine (Node ≥ 20 and npm) and runs one of the repository's commands on the pinned Node.
// Plain JavaScript without dependencies, because it runs before there are any. Everything it says goes to
// stderr, so that a command's own output stays clean.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.uxflow-installed');

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** What the installed tree depends on: when none of it has changed, there is nothing to install or look up. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function installed() {
  return existsSync(stamp) && existsSync(join(bin, 'node')) && readFileSync(stamp, 'utf8') === fingerprint();
}

function install() {
  const began = Date.now();
  const version = /^ {2}pnpm: (\S+)$/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))?.[1];
  if (!version) fail('pnpm-workspace.yaml names no pnpm version in its catalog');
  const local = join(bin, 'pnpm');
  const [command, ...lead] = existsSync(local) ? [local] : ['npx', '-y', `pnpm@${version}`];
  process.stderr.write('Installing dependencies (about half a minute the first time) …\n');
  rmSync(stamp, { force: true });
  const args = [...lead, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}. Is npm installed?`);
  if (result.status !== 0) {
    process.stderr.write(result.stdout + result.stderr);
    fail(
      'Installing dependencies failed: see above. The first run needs the npm registry; later runs do not.',
    );
  }
  writeFileSync(stamp, fingerprint());
  process.stderr.write(`Dependencies installed in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

const [script, ...args] = process.argv.slice(2);
if (!script) fail('usage: node tools/bootstrap.mjs <script> [arguments]');
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old: install Node 20 or newer`);
if (!installed()) install();

const child = spawn(
  join(bin, 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, script), ...args],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: bin + delimiter + (process.env.PATH ?? ''),
      // No look-ups at start, so that everything also runs with the network cut.
      WRANGLER_SEND_METRICS: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  },
);
// A terminal sends Ctrl-C to the whole process group; a supervisor may signal only this process. The child
// decides when it has cleaned up, so this process stays until then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('error', (error) => fail(`The pinned Node could not be started: ${error.message}`));
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0));
});
