import type { Clause } from '../../clause.ts';
import { asQuestion, type Context, plain, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { Condition } from '../statement.ts';
import { conditionOf } from './condition.ts';

const TELLS: ReadonlySet<Clause['link']> = new Set(['first', 'then', 'and', 'relative']);

/**
 * "She has three days to collect it": the deadline that a following "if she doesn't" is about, `<act> within <time>?`
 * (ANNOTATION 4.7).
 */
export function timeToAct(clause: Clause, context: Context): Condition | null {
  const { lexicon } = context;
  const { tokens } = clause;
  if (clause.verb !== 'have' || clause.negated || !TELLS.has(clause.link)) return null;
  const unit = tokens.findIndex(({ low }) => /^(?:seconds?|minutes?|hours?|days?|weeks?|months?)$/.test(low));
  const verb = tokens[unit + 2];
  if (unit < 1 || tokens[unit + 1]?.low !== 'to' || !verb) return null;
  const object = textOf(plain(tokens.slice(unit + 3), context));
  const act = `${object} ${lexicon.participle(verb.low)}`.trimStart();
  const title = asQuestion(`${act} within ${textOf(tokens.slice(unit - 1, unit + 1))}`);
  return {
    ...conditionOf(clause, context),
    title,
    stems: contentStems(title),
    core: contentStems(act),
    verb: verb.low,
    positive: true,
    negated: false,
    deadline: true,
    outcome: null,
    failure: false,
  };
}
