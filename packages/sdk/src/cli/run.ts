import { inspect } from 'node:util';
import { UXFlowError, APIError } from '../core/errors.ts';
import { COMMAND_HELP, Failure, HELP, UsageError } from './usage.ts';

type Command = (args: string[]) => Promise<number>;

/** Loaded when chosen, so that `lint` does not wait for what `generate` needs. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  generate: async () => (await import('./commands/generate.ts')).generate,
  lint: async () => (await import('./commands/lint.ts')).lintFile,
  export: async () => (await import('./commands/export.ts')).exportFile,
  import: async () => (await import('./commands/import.ts')).importFile,
  layout: async () => (await import('./commands/layout.ts')).layoutFile,
  diff: async () => (await import('./commands/diff.ts')).diffFiles,
  merge: async () => (await import('./commands/merge.ts')).mergeFiles,
  paths: async () => (await import('./commands/paths.ts')).listPaths,
};
/** Where 1 is an answer, trouble of every sort has to be something else, as with `diff`. */
const TROUBLE: Readonly<Record<string, number>> = { diff: 2, merge: 2 };

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood; see the help of each command. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  try {
    if (name === undefined) throw new UsageError('Say what to do');
    if (name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write((args[0] && COMMAND_HELP[args[0]]) ?? HELP);
      return 0;
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new UsageError(`There is no command "${name}"`);
    const options = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length);
    if (options.includes('--help') || options.includes('-h')) {
      process.stdout.write(COMMAND_HELP[name] ?? HELP);
      return 0;
    }
    return await (
      await load()
    )(args);
  } catch (error) {
    return explain(error, (name !== undefined && Object.hasOwn(TROUBLE, name) && TROUBLE[name]) || 1);
  }
}

function explain(error: unknown, trouble: number): number {
  if (error instanceof UsageError) {
    process.stderr.write(
      `uxflow: ${error.message}\nTry: uxflow ${error.command ? `${error.command} ` : ''}--help\n`,
    );
    return 2;
  }
  if (error instanceof Failure) {
    process.stderr.write(`uxflow: ${error.message}\n`);
    return trouble;
  }
  if (error instanceof UXFlowError) {
    const lines = [`uxflow: ${error.message} (${error.code})`];
    if (error instanceof APIError) {
      for (const { path, message } of error.issues) lines.push(`  ${path}: ${message}`);
      if (error.requestId) lines.push(`  request ${error.requestId}`);
    }
    process.stderr.write(`${lines.join('\n')}\n`);
    return trouble;
  }
  // A mistake in the program: everything about it, and no exit code that says something of the files.
  process.stderr.write(`${inspect(error)}\n`);
  return trouble;
}
