import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A server of another project, as it is installed on this machine, with empty state in a folder of its own. */
export interface Daemon {
  /** Where its socket and its state are. */
  folder: string;
  /** Kills it with SIGKILL and starts it again on the same state. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The newest of this name on PATH or where Debian keeps Postgres; null when it is not on this machine. */
export function findBinary(name: string): string | null {
  const debian = '/usr/lib/postgresql';
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...subfolders(debian).map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted().toReversed();
  } catch {
    // Nobody has installed it from there.
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Postgres refuses to run as root; then it runs as nobody. */
const owner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

/** @param answers throws until the server can be used. */
export async function startDaemon(options: {
  name: string;
  prepare?: (folder: string) => [command: string, args: string[]];
  serve: (folder: string) => [command: string, args: string[]];
  answers: (folder: string) => Promise<void>;
}): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), `uxflow-${options.name}-`));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  let child: ChildProcess | null = null;
  const gone = async (signal: NodeJS.Signals): Promise<void> => {
    const process = child;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const closed = new Promise((resolve) => process.once('close', resolve));
    process.kill(signal);
    await closed;
  };
  const start = async (): Promise<void> => {
    const [command, args] = options.serve(folder);
    const deadline = Date.now() + 30_000;
    for (;;) {
      // Postgres refuses to start while a process of the one that was killed is still there.
      if (!child || child.exitCode !== null || child.signalCode !== null)
        child = spawn(command, args, { cwd: folder, stdio: 'ignore', ...owner });
      try {
        return await options.answers(folder);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const stop = async (): Promise<void> => {
    // The state is thrown away, so nothing has to be written first; SIGQUIT ends Postgres with all its children.
    await gone('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    if (options.prepare) {
      const [command, args] = options.prepare(folder);
      execFileSync(command, args, { cwd: folder, stdio: 'ignore', ...owner });
    }
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    stop,
    kill: async () => {
      await gone('SIGKILL');
      await start();
    },
  };
}
