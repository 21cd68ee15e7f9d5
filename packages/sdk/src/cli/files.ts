import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { FlowError, LIMITS } from '@uxflow/flow';
import { readSource, type ReadFlow } from './formats.ts';
import { oneLine } from './one-line.ts';
import { Failure } from './usage.ts';

/** The text of a file, or of standard input for `-`. */
export async function readInput(path: string): Promise<string> {
  let source: string;
  try {
    source = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${reason(error)}`);
  }
  if (Buffer.byteLength(source) > LIMITS.documentBytes) {
    throw new Failure(`${path} is larger than a flow may be (${LIMITS.documentBytes} bytes)`);
  }
  return source;
}

/** Writes to a file, or to standard output when there is none; text ends with a line break either way. */
export async function writeOutput(path: string | undefined, output: string | Uint8Array): Promise<void> {
  const whole = typeof output !== 'string' || output.endsWith('\n') ? output : `${output}\n`;
  if (path === undefined || path === '-') {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(whole, (error) => {
        // The reader of the pipe has seen enough, as `head` does: the exit code still tells what was found.
        if (error && !('code' in error && error.code === 'EPIPE')) reject(error);
        else resolve();
      });
    });
    return;
  }
  try {
    await writeFile(path, whole);
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${reason(error)}`);
  }
}

/**
 * A flow from a file of any format that is read, told by its ending, else by how it begins. What of the file could not
 * be carried over is told on stderr.
 */
export async function readFlow(path: string): Promise<ReadFlow> {
  const source = await readInput(path);
  const flow = await refusing(path, 'a flow', () => readSource(path, source));
  for (const { line, message } of flow.warnings) {
    const at = [...(path === '-' ? [] : [path]), ...(line === undefined ? [] : [`line ${line}`])];
    process.stderr.write(`${['warning', ...at, oneLine(message)].join(': ')}\n`);
  }
  return flow;
}

/**
 * Does what reads or works on the contents of a file.
 * @throws Failure that names the file and each field that is wrong in it
 */
export async function refusing<T>(path: string, what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure(`${path} is not valid JSON: ${error.message}`);
    if (!(error instanceof FlowError)) throw error;
    throw new Failure([`${path} is not ${what}:`, ...issueLines(error)].join('\n'));
  }
}

/** One line for each thing that is wrong: where, and how to mend it. */
export function issueLines({ issues }: FlowError): string[] {
  return issues.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
}

export function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
