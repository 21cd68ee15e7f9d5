import { evaluationModel } from '@uxflow/api/evaluate';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EvalItem, loadSet } from './load.ts';
import { evaluateItem, type ItemResult, setTotals, type SetTotals } from './run.ts';

const HELP = `npm run eval [-- options]: draws every prompt of a labelled set through the agent loop and scores the flows.
  --agent designer       the only agent with a set so far
  --model ID             default local; gemini-… needs GOOGLE_API_KEY, openai-compatible needs OPENAI_COMPATIBLE_*
  --split dev|test|more|all   of the repository's sets; default all, which is dev and test
  --file F.jsonl         another file of {id, lang, text, expected: {nodes, edges}}
  --totals-only          no line per prompt, no ids: the way to look at the test split while working on a model
  --json                 one JSON object as the last line
`;

const setFile = (split: string): string =>
  fileURLToPath(new URL(`./sets/designer.${split}.jsonl`, import.meta.url));

const percent = (value: number | null): string => (value === null ? '   –' : value.toFixed(3));

function line(name: string, score: Omit<SetTotals, 'items' | 'validity'>, valid: string, note = ''): string {
  const values = [score.nodeF1, score.edgeF1, score.labelAccuracy, score.typeAccuracy].map((value) =>
    percent(value).padStart(8),
  );
  return `${name.padEnd(32)}${values.join('')}${valid.padStart(8)}  ${note}`.trimEnd();
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      agent: { type: 'string', default: 'designer' },
      model: { type: 'string', default: 'local' },
      split: { type: 'string', default: 'all' },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      'totals-only': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.agent !== 'designer')
    throw new Error(`There is no set for the agent "${values.agent}". Use --agent designer.`);
  if (!['dev', 'test', 'more', 'all'].includes(values.split))
    throw new Error(`--split is dev, test, more or all, not "${values.split}".`);

  const { env } = process;
  const model = evaluationModel(values.model, {
    googleApiKey: env['GOOGLE_API_KEY'],
    googleBaseUrl: env['GOOGLE_BASE_URL'],
    openaiCompatible:
      env['OPENAI_COMPATIBLE_BASE_URL'] !== undefined && env['OPENAI_COMPATIBLE_MODEL'] !== undefined
        ? {
            baseUrl: env['OPENAI_COMPATIBLE_BASE_URL'],
            model: env['OPENAI_COMPATIBLE_MODEL'],
            apiKey: env['OPENAI_COMPATIBLE_API_KEY'],
          }
        : undefined,
  });
  const sets: [string, EvalItem[]][] =
    values.file !== undefined
      ? [[values.file, loadSet(values.file)]]
      : (values.split === 'all' ? ['dev', 'test'] : [values.split]).map((split) => [
          split,
          loadSet(setFile(split)),
        ]);

  const quiet = values['totals-only'];
  const everything: ItemResult[] = [];
  console.log(
    `${'prompt'.padEnd(32)}${['nodes', 'edges', 'labels', 'types', 'valid'].map((head) => head.padStart(8)).join('')}`,
  );
  const bySet: Record<string, SetTotals> = {};
  for (const [name, items] of sets) {
    const results: ItemResult[] = [];
    for (const item of items) {
      const result = await evaluateItem(model, item);
      results.push(result);
      if (!quiet) console.log(line(result.id, result, result.valid ? 'yes' : 'NO', result.note));
    }
    everything.push(...results);
    const totals = setTotals(results);
    bySet[name] = totals;
    console.log(line(`= ${name} (${totals.items})`, totals, percent(totals.validity)));
  }
  const totals = setTotals(everything);
  if (sets.length > 1) console.log(line(`= all (${totals.items})`, totals, percent(totals.validity)));
  if (values.json) {
    console.log(
      JSON.stringify({
        agent: values.agent,
        model: model.id,
        items: quiet ? [] : everything,
        totals,
        sets: bySet,
      }),
    );
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
