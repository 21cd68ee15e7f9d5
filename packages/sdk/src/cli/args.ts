import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>['values'];
/** One text for each name. */
type Operands<N extends readonly string[]> = { [K in keyof N]: string };

/**
 * Reads the options of a command, and whatever else stands there.
 * @throws UsageError for options that do not fit
 */
export function readOptions<const O extends Options>(
  command: string,
  args: string[],
  options: O,
): { positionals: string[]; options: Parsed<O> } {
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { positionals, options: values };
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, command);
    throw error;
  }
}

/**
 * Reads the options of a command and what it works on.
 * @param names how its operands are called in messages, e.g. `FILE`
 * @throws UsageError for anything that does not fit
 */
export function readArgs<const N extends readonly string[], const O extends Options>(
  command: string,
  args: string[],
  names: N,
  options: O,
): { operands: Operands<N>; options: Parsed<O> } {
  const { positionals, options: values } = readOptions(command, args, options);
  return { operands: operandsOf(command, positionals, names), options: values };
}

/** @throws UsageError unless there is one for each name */
export function operandsOf<const N extends readonly string[]>(
  command: string,
  given: readonly string[],
  names: N,
): Operands<N> {
  const missing = names[given.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`, command);
  const rest = given.slice(names.length).join(' ');
  if (rest !== '') {
    const expected =
      names.length < 2 ? `${names[0] ? `One ${names[0]}` : 'No file'} is` : `${names.join(', ')} are`;
    throw new UsageError(`${expected} expected, not also "${rest}"`, command);
  }
  checkStandardInput(command, given);
  return given as Operands<N>;
}

/** @throws UsageError when several are read from standard input: it can be read only once */
export function checkStandardInput(command: string, paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === '-').length > 1)
    throw new UsageError('Only one file can be -, for standard input is read once', command);
}

/** The value of an option that has few. @throws UsageError for any other */
export function oneOf<const T extends string>(
  command: string,
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw new UsageError(`--${option} must be ${listed(allowed)}, not "${value}"`, command);
}

/** The ids, separated by commas, of an option. @throws UsageError when there are none */
export function listOf(command: string, option: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const items = value.split(',').flatMap((item) => item.trim() || []);
  if (items.length > 0) return items;
  throw new UsageError(`--${option} names nothing: give ids, separated by commas`, command);
}

/** A whole number. @throws UsageError for anything else, and out of bounds */
export function wholeOf(
  command: string,
  option: string,
  value: string | undefined,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/u.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${option} must be a whole number from ${least} to ${most}`, command);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
