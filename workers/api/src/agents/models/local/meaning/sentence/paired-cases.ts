import { asQuestion, type Context } from '../context.ts';
import { contentStems, likeness } from '../likeness.ts';
import type { Statement } from '../statement.ts';

type If = Extract<Statement, { kind: 'if' }>;

/**
 * "For cars A, for bikes B": phrases side by side in one sentence name the cases of one choice (ANNOTATION 4.4), unless
 * they are cases that the text has listed before, or two poles of one condition (4.2).
 */
export function withPairedCases(statements: readonly Statement[], context: Context): Statement[] {
  const out: Statement[] = [];
  for (const statement of statements) {
    const before = out.at(-1);
    if (before?.kind === 'choice' && before.cases.length === 0) return [...statements];
    if (!isNewCase(statement, context)) out.push(statement);
    else if (before?.kind === 'choice') {
      const cases = [...before.cases, caseOf(statement)];
      out[out.length - 1] = { kind: 'choice', title: titleOf(cases, context), cases };
    } else if (before !== undefined && isNewCase(before, context)) {
      const cases = [caseOf(before), caseOf(statement)];
      out[out.length - 1] = { kind: 'choice', title: titleOf(cases, context), cases };
      context.caseLabels = cases.map(({ stems }) => stems);
    } else out.push(statement);
  }
  return out;
}

function isNewCase(statement: Statement, context: Context): statement is If {
  if (statement.kind !== 'if' || statement.body.length === 0) return false;
  const { condition } = statement;
  return (
    condition.source === 'phrase' &&
    condition.positive &&
    condition.outcome === null &&
    condition.scale === null &&
    !condition.limit &&
    !context.caseLabels.some((label) => likeness(label, condition.stems) >= 0.6)
  );
}

const caseOf = ({ condition, body }: If): { label: string; stems: string[]; body: Statement[] } => {
  const label = condition.title.replace(/\?$/, '');
  return { label, stems: contentStems(label), body };
};

function titleOf(cases: readonly { label: string }[], { lexicon }: Context): string {
  const labels = cases.map(({ label }) => label);
  const or = lexicon.language === 'en' ? ' or ' : ' oder ';
  return asQuestion(`${labels.slice(0, -1).join(', ')}${or}${labels.at(-1)}`);
}
