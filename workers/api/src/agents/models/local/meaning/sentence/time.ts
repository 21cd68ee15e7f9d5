import type { Clause } from '../../clause.ts';
import { conditionOf } from '../conditions/condition.ts';
import { type Context, kindOf, nounPhrase } from '../context.ts';
import type { Statement } from '../statement.ts';
import { stepOf } from '../steps/step.ts';
import { mainClause } from './main-clause.ts';
import type { ClauseRule, Sentence } from './sentence.ts';

/** Time clauses add a node only if they name an act that has none yet (ANNOTATION 2.8). */
export const readTime: ClauseRule = (clause, sentence) => {
  const { context, clauses } = sentence;
  if (clause.link === 'meanwhile') {
    // "while a picture may be added"
    if (clause.modal === 'may' && clause.postposed)
      sentence.top.push(...mainClause(clause, context, clauses));
    return true;
  }
  if (clause.link === 'when') {
    readWhen(clause, sentence);
    return true;
  }
  if (clause.link !== 'until') return false;
  // "Until she does it" behind a step is what she does; ahead of one it is only a time.
  if (!context.lexicon.wait.has(clause.verb) && clause.postposed && !clause.passive && !clause.state)
    sentence.scope.push(...mainClause(clause, context, clauses));
  return true;
};

function readWhen(clause: Clause, sentence: Sentence): void {
  const { context } = sentence;
  // "He has to pay before it is sent": the sending comes next, whether he had to or not.
  if (
    /^(?:before|bevor)$/.test(clause.word) &&
    clause.postposed &&
    !clause.perfect &&
    !clause.state &&
    clause.verb !== '' &&
    sentence.scope !== sentence.top
  ) {
    const draft = stepOf(clause, context);
    if (draft) sentence.top.push({ kind: 'step', draft: { ...draft, onlyNew: true } });
    sentence.close();
    return;
  }
  if (clause.tokens.length > 0) sentence.open((body) => whenStatement(clause, body, context), sentence.scope);
}

/** "Once she has sent the request": an act with an object may not have been told yet. */
const namesAct = ({ rest, word }: Clause, { lexicon }: Context): boolean =>
  /^(?:sobald|nachdem|once|after)$/.test(word) && nounPhrase(rest, lexicon).length > 0;

/** "When the buyer clicks Pay, …": the act, unless it says what is known. */
function whenStatement(clause: Clause, body: Statement[], context: Context): Statement {
  const condition = conditionOf(clause, context, 'when');
  const { hero } = context;
  const acts =
    kindOf(clause.subject, context) === 'person' &&
    !clause.state &&
    !clause.passive &&
    clause.verb !== '' &&
    clause.verb !== 'have' &&
    (clause.perfect ? !context.started || namesAct(clause, context) : clause.rest.length > 0);
  const draft = acts ? stepOf(clause, context) : null;
  // Who clicks here is not yet who the flow is about.
  context.hero = hero;
  if (draft) body.push({ kind: 'step', draft: { ...draft, inBranch: false, again: false }, fromTime: true });
  return { kind: 'if', condition, body };
}
