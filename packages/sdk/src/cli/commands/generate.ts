import { clip } from '@uxflow/flow';
import { UXFlow } from '../../client.ts';
import type { RunEvent } from '../../events.ts';
import { MICRO_CREDITS, type Run } from '../../types.ts';
import { readArgs } from '../args.ts';
import { print, readInput, writeOutput } from '../files.ts';
import { Failure, UsageError } from '../usage.ts';

/** As a shell reports a program ended by Ctrl-C. */
const INTERRUPTED = 130;
const NAME_LENGTH = 60;

export async function generate(args: string[]): Promise<number> {
  const {
    operands: [argument],
    options,
  } = readArgs('generate', args, ['prompt'], {
    out: { type: 'string', short: 'o' },
    flow: { type: 'string' },
    name: { type: 'string' },
    agent: { type: 'string' },
    model: { type: 'string' },
    'max-credits': { type: 'string' },
    json: { type: 'boolean' },
  });
  if (options.flow !== undefined && options.name !== undefined) {
    throw new UsageError('--name is for a new flow; the one of --flow has a name', 'generate');
  }
  const maxCredits = readCredits(options['max-credits']);
  const { UXFLOW_API_KEY: apiKey, UXFLOW_BASE_URL: baseUrl } = process.env;
  if (!apiKey)
    throw new UsageError('UXFLOW_API_KEY is not set: it is the secret key of your workspace', 'generate');
  const prompt = (argument === '-' ? await readInput('-') : argument).trim();
  if (prompt === '') throw new UsageError('The prompt is empty', 'generate');

  const client = new UXFlow({ apiKey, baseUrl: baseUrl === '' ? undefined : baseUrl });
  const flowId = options.flow ?? (await client.flows.create({ name: options.name ?? nameFrom(prompt) })).id;
  say(`flow ${flowId}`);

  const { agent, model } = options;
  const stream = client.runs.stream(flowId, { prompt, agent: agent ?? 'designer', model, maxCredits });
  let interrupted = false;
  const interrupt = (): void => {
    // A second Ctrl-C does not wait for the server.
    if (interrupted) process.exit(INTERRUPTED);
    interrupted = true;
    say('cancelling …');
    stream.cancel().catch((error: unknown) => say(`could not cancel: ${String(error)}`));
  };
  process.on('SIGINT', interrupt);
  try {
    const { id, model: used } = await stream.created;
    say(`run ${id} (${used})`);
    for await (const event of stream) {
      const line = describe(event);
      if (line !== undefined) say(line);
    }
    return await conclude(client, await stream.finalRun(), options);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function conclude(
  client: UXFlow,
  run: Run,
  options: { out?: string | undefined; json?: boolean | undefined },
): Promise<number> {
  if (run.reply) say(run.reply);
  for (const sentence of run.unused ?? []) say(`not used: ${sentence}`);
  say(`${run.status}, ${(run.cost / MICRO_CREDITS).toFixed(6).replace(/\.?0+$/, '')} credits`);
  if (run.status === 'cancelled') return INTERRUPTED;
  if (run.status !== 'succeeded')
    throw new Failure(
      run.error ? `${run.error.detail} (${run.error.code})` : `The run ended as ${run.status}`,
    );
  const flow = await client.flows.get(run.flowId);
  await writeOutput(options.out, print(options.json ? { run, flow } : flow.document));
  return 0;
}

/** One line about an event, for somebody who waits; undefined for those that tell him nothing. */
function describe(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'tool-input-available': {
      const input = Object.entries(event.input ?? {}).filter(([, value]) => typeof value === 'string');
      const said = input.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ');
      return event.toolName === 'finish' ? undefined : `  ${event.toolName} ${said}`.trimEnd();
    }
    case 'tool-output-error':
      return `  ! ${event.errorText}`;
    case 'reset-step':
      return '  (interrupted, beginning this step again)';
    case 'error':
      return `  ! ${event.errorText}`;
    default:
      return undefined;
  }
}

/** Micro-credits from what a person writes, credits with a decimal point. */
function readCredits(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const credits = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(credits))
    throw new UsageError('--max-credits must be a number of credits such as 2.5', 'generate');
  return Math.round(credits * MICRO_CREDITS);
}

function nameFrom(prompt: string): string {
  const line = (prompt.split(/[\n.!?:;]/)[0] ?? '').trim() || 'Flow';
  return line.length <= NAME_LENGTH ? line : `${clip(line, NAME_LENGTH - 1).trimEnd()}…`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
