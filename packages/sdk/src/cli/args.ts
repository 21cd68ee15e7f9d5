import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>['values'];

/**
 * Reads the options of a command and its one argument.
 * @param what how the argument is called in messages, e.g. `FILE`
 * @throws UsageError for anything that does not fit
 */
export function readArgs<const O extends Options>(
  command: string,
  args: string[],
  what: string,
  options: O,
): { argument: string; options: Parsed<O> } {
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, command);
    throw error;
  }
  const [argument, ...rest] = parsed.positionals;
  if (argument === undefined) throw new UsageError(`${what} is missing`, command);
  if (rest.length > 0) throw new UsageError(`One ${what} is expected, not also "${rest.join(' ')}"`, command);
  return { argument, options: parsed.values };
}
