import { UXFlowError, APIError } from '../core/errors.ts';
import { COMMAND_HELP, Failure, HELP, UsageError } from './usage.ts';

type Command = (args: string[]) => Promise<number>;

/** Loaded when chosen, so that `lint` does not wait for what `generate` needs. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  generate: async () => (await import('./commands/generate.ts')).generate,
  lint: async () => (await import('./commands/lint.ts')).lintFile,
  export: async () => (await import('./commands/export.ts')).exportFile,
  import: async () => (await import('./commands/import.ts')).importFile,
};

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood. */
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
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(
      `uxflow: ${error.message}\nTry: uxflow ${error.command ? `${error.command} ` : ''}--help\n`,
    );
    return 2;
  }
  if (error instanceof Failure) {
    process.stderr.write(`uxflow: ${error.message}\n`);
    return 1;
  }
  if (error instanceof UXFlowError) {
    const lines = [`uxflow: ${error.message} (${error.code})`];
    if (error instanceof APIError) {
      for (const { path, message } of error.issues) lines.push(`  ${path}: ${message}`);
      if (error.requestId) lines.push(`  request ${error.requestId}`);
    }
    process.stderr.write(`${lines.join('\n')}\n`);
    return 1;
  }
  throw error;
}
