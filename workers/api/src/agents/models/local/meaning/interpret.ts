import type { Clause } from '../clause.ts';
import type { Context } from './context.ts';
import { readAside } from './sentence/aside.ts';
import { readBranch } from './sentence/branch.ts';
import { completed } from './sentence/complete.ts';
import { withPairedCases } from './sentence/paired-cases.ts';
import { withoutIdleJumps } from './sentence/idle-jumps.ts';
import { readQuestion } from './sentence/question.ts';
import { type ClauseRule, Sentence } from './sentence/sentence.ts';
import { tell } from './sentence/tell.ts';
import { readTime } from './sentence/time.ts';
import type { Statement } from './statement.ts';

const RULES: readonly ClauseRule[] = [readAside, readQuestion, readBranch, readTime];

/** What one sentence says, in order; conditions hold the statements they govern. */
export function interpret(clauses: readonly Clause[], context: Context): Statement[] {
  const sentence = new Sentence(completed(clauses, context), context);
  for (sentence.at = 0; sentence.at < sentence.clauses.length; sentence.at++) {
    const clause = sentence.clauses[sentence.at] as Clause;
    if (!RULES.some((rule) => rule(clause, sentence))) tell(clause, sentence);
  }
  return withPairedCases(withoutIdleJumps(sentence.told), context);
}
