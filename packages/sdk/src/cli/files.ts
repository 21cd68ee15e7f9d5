import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { FlowError, LIMITS } from '@uxflow/flow';
import { readSource, type ReadFlow } from './formats.ts';
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
      process.stdout.write(whole, (error) => (error ? reject(error) : resolve()));
    });
    return;
  }
  try {
    await writeFile(path, whole);
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${reason(error)}`);
  }
}

/** A flow from a file of any format that is read, told by its ending, else by how it begins. */
export async function readFlow(path: string): Promise<ReadFlow> {
  const source = await readInput(path);
  try {
    return await readSource(path, source);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure(`${path} is not valid JSON: ${error.message}`);
    if (!(error instanceof FlowError)) throw error;
    const issues = error.issues.map(
      (issue) => `  ${issue.path === '' ? '' : `${issue.path}: `}${issue.message}`,
    );
    throw new Failure([`${path} is not a flow:`, ...issues].join('\n'));
  }
}

export function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
