import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}
interface Running {
  kill(signal: NodeJS.Signals): void;
  err: () => string;
  ended: Promise<Ended>;
}
interface Surroundings {
  env?: Record<string, string>;
  stdin?: string;
  cwd?: string;
}

/** Starts the `uxflow` command as its users do, with nothing of this process's environment but the path. */
export function start(args: string[], { env = {}, stdin = '', cwd }: Surroundings = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => void (out += String(chunk)));
  child.stderr.on('data', (chunk) => void (err += String(chunk)));
  child.stdin.end(stdin);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { kill: (signal) => void child.kill(signal), err: () => err, ended };
}

/** Runs the command to its end. */
export function cli(args: string[], surroundings?: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** Runs the command with the reader of its output gone after the first line. @returns its exit code, and what it said */
export function cliIntoHead(args: string[], cwd: string): Promise<string> {
  const script = '"$@" | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"';
  const child = spawn('bash', ['-c', script, 'bash', process.execPath, MAIN, ...args], { cwd });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', () => resolve(out.trim())));
}
