import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds a child gets to clean up before it is killed. */
const GRACE = 5_000;

/**
 * The processes of one running product. They stay in the process group of `npm start`, write to log files, and
 * end together: when one dies unasked, `onDeath` is told.
 */
export class Children {
  readonly #running = new Map<ChildProcess, string>();
  readonly #logs: string;
  readonly #onDeath: (name: string, log: string) => void;
  #stopping = false;

  constructor(logs: string, onDeath: (name: string, log: string) => void) {
    this.#logs = logs;
    this.#onDeath = onDeath;
  }

  start(
    name: string,
    command: string,
    args: string[],
    options: { cwd: string; env?: Record<string, string> },
  ): void {
    const log = join(this.#logs, `${name}.log`);
    const out = createWriteStream(log);
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(out, { end: false });
    child.stderr.pipe(out, { end: false });
    this.#running.set(child, name);
    child.on('error', (error) => out.write(`could not be started: ${error.message}\n`));
    child.on('close', () => {
      out.end();
      this.#running.delete(child);
      if (!this.#stopping) this.#onDeath(name, log);
    });
  }

  /** Ends every child and waits for it. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const all = [...this.#running.keys()];
    const gone = Promise.all(all.map((child) => new Promise((resolve) => child.once('close', resolve))));
    for (const child of all) child.kill('SIGTERM');
    const killer = setTimeout(() => {
      for (const child of all) child.kill('SIGKILL');
    }, GRACE);
    if (all.length > 0) await gone;
    clearTimeout(killer);
  }
}
