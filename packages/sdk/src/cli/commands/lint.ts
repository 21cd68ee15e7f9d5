import {
  lint,
  LINT_RULE_IDS,
  LINT_RULES,
  parseLintConfig,
  type LintConfig,
  type LintIssue,
} from '@uxflow/flow/lint';
import { checkStandardInput, operandsOf, readOptions } from '../args.ts';
import { print, readFlow, readInput, refusing, writeOutput } from '../files.ts';
import { oneLine } from '../one-line.ts';

export async function lintFile(args: string[]): Promise<number> {
  const { positionals, options } = readOptions('lint', args, {
    config: { type: 'string' },
    rules: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (options.rules) {
    operandsOf('lint', positionals, []);
    await listRules(await configFrom(options.config), options.json ?? false);
    return 0;
  }
  const [file] = operandsOf('lint', positionals, ['FILE']);
  checkStandardInput('lint', [file, options.config]);
  const config = await configFrom(options.config);
  const { document } = await readFlow(file);
  const issues = lint(document, config);
  const count = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  await writeOutput(
    undefined,
    options.json ? print({ issues, errors, warnings }) : readable(issues, errors, warnings),
  );
  return errors > 0 ? 1 : 0;
}

async function configFrom(path: string | undefined): Promise<LintConfig> {
  if (path === undefined) return {};
  const source = await readInput(path);
  return refusing(path, 'a lint configuration', () => parseLintConfig(JSON.parse(source)));
}

async function listRules(config: LintConfig, json: boolean): Promise<void> {
  const rules = LINT_RULE_IDS.map((id) => {
    const { severity, title, rationale, source } = LINT_RULES[id];
    return { id, severity: config.rules?.[id] ?? severity, title, rationale, source };
  });
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, title, source }) =>
      `${severity.padEnd(7)}  ${id.padEnd(width)}  ${title}. ${source.name}, ${source.url}`,
  );
  await writeOutput(undefined, json ? print({ rules }) : lines.join('\n'));
}

function readable(issues: readonly LintIssue[], errors: number, warnings: number): string {
  const width = Math.max(0, ...issues.map(({ rule }) => rule.length));
  const lines = issues.map(
    ({ severity, rule, message }) => `${severity.padEnd(7)}  ${rule.padEnd(width)}  ${oneLine(message)}`,
  );
  lines.push(
    issues.length === 0
      ? 'No issues'
      : `${errors} errors, ${warnings} warnings, ${issues.length - errors - warnings} hints`,
  );
  return lines.join('\n');
}
