import type { Clause } from '../../clause.ts';
import type { Token } from '../../text/tokens.ts';
import { alternatives } from '../conditions/choices.ts';
import { conditionOf } from '../conditions/condition.ts';
import { isLimit, limitOf } from '../conditions/limits.ts';
import { isContingent, isState } from '../conditions/state.ts';
import { kindOf } from '../context.ts';
import type { ClauseRule, Sentence } from './sentence.ts';
import { tell } from './tell.ts';
import { readTime } from './time.ts';

/** Conditions, with the branch that they open for what follows (ANNOTATION 4.1, 5.1): "if …", "otherwise", "wrong ->". */
export const readBranch: ClauseRule = (clause, sentence) => {
  if (isComing(clause)) return true;
  if (isOpeningAct(clause, sentence)) return readTime({ ...clause, link: 'when' }, sentence);
  // "We pay, unless it is too late, then …": what follows is the case that the exception names.
  if (clause.link === 'then' && sentence.previous?.link === 'unless' && sentence.previous.postposed) {
    sentence.open((body) => ({ kind: 'else', body }), sentence.around);
    tell(clause, sentence);
    return true;
  }
  if (clause.link === 'else' && isOnwards(clause)) {
    sentence.close();
    return true;
  }
  if (clause.link === 'else') {
    sentence.open((body) => ({ kind: 'else', body, all: clause.word === 'in' }));
    if (clause.tokens.length > 0) tell({ ...clause, link: 'then' }, sentence);
    return true;
  }
  if (askedChoice(clause, sentence)) return true;
  if (!isCondition(clause, sentence)) return false;
  if (isLimit(clause.tokens, sentence.context)) openLimit(clause, sentence);
  else openCondition(clause, sentence);
  return true;
};

/** "otherwise on: …": the main line goes on. */
const isOnwards = ({ tokens }: Clause): boolean =>
  tokens.length === 1 && /^(?:weiter|on|continue|onwards)$/.test(tokens[0]?.low ?? '');

/** "…, wenn er frei wird": behind a step, what a thing becomes says when (ANNOTATION 2.8). */
const isComing = ({ postposed, verb, state, word, negated }: Clause): boolean =>
  postposed && word === 'wenn' && verb === 'werden' && state && !negated;

/** "Collect or deliver?": a question that names the cases itself (ANNOTATION 4.4). */
function askedChoice(clause: Clause, { context, next, scope }: Sentence): boolean {
  const asked =
    clause.question && next === undefined && clause.verb === '' ? alternatives(clause, next, context) : null;
  if (asked) scope.push(asked.choice);
  return asked !== null;
}

/** "Wenn ich den Schalter umlege, …" ahead of everything is the first act. */
const isOpeningAct = (clause: Clause, { context }: Sentence): boolean =>
  clause.link === 'if' &&
  (clause.word === 'wenn' || (clause.word === '' && context.lexicon.language === 'de')) &&
  !context.started &&
  !clause.negated &&
  !clause.state &&
  !clause.passive &&
  clause.modal === null &&
  clause.rest.length > 0 &&
  kindOf(clause.subject, context) === 'person' &&
  !clause.tokens.some(({ low }) => context.lexicon.bad.test(low));

function isCondition(clause: Clause, sentence: Sentence): boolean {
  const { context } = sentence;
  const { bad, good } = context.lexicon;
  // Always asked: to see a list before the colon also notes the names of its cases.
  const isMarked = marksCondition(clause, sentence);
  if (clause.link === 'if' || clause.link === 'unless') return true;
  // "Fly or drive?" names its cases.
  const namesActs =
    clause.verb !== '' &&
    clause.subject.length === 0 &&
    sentence.next?.link === 'or' &&
    sentence.next.verb !== '';
  const asks = clause.question && !namesActs && !clause.subject.some(({ kind }) => kind === 'quote');
  // "Code is wrong: …"
  const isVerdict =
    sentence.next?.colon === true &&
    clause.subject.length > 0 &&
    clause.rest.length === 0 &&
    clause.tokens.some(({ low }) => good.test(low) || bad.test(low));
  return (
    asks ||
    isVerdict ||
    isFound(clause, sentence) ||
    (clause.link === 'when' && isContingent(clause, context)) ||
    (isMarked && isState(clause, context))
  );
}

/** "Already ten items in the cart: we refuse": notes leave out that it is so. */
const isFound = (clause: Clause, { context, next }: Sentence): boolean =>
  clause.link === 'first' &&
  next?.colon === true &&
  next.verb !== '' &&
  next.subject.length > 0 &&
  clause.verb === '' &&
  clause.tokens.length >= 4 &&
  context.started &&
  !context.lexicon.isFunction(clause.tokens[0] as Token) &&
  clause.tokens.every(({ kind }) => kind === 'word' || kind === 'number');

/** Notes put a condition ahead of an arrow, a "=" or a colon. */
function marksCondition(clause: Clause, sentence: Sentence): boolean {
  const next = sentence.clauses.slice(sentence.at + 1, sentence.at + 3).find(({ link }) => link !== 'aside');
  if (next?.link === 'arrow' || next?.link === 'equals') return true;
  return (
    next?.link === 'colon' &&
    clause.link === 'first' &&
    clause.tokens.length > 1 &&
    clause.tokens.length <= 8 &&
    isVerbless(clause) &&
    !isListing(clause, sentence)
  );
}

/** Notes leave "is" out. */
const isVerbless = (clause: Clause): boolean =>
  clause.modal === null &&
  !clause.tokens.some(({ low }) =>
    /^(?:is|are|was|were|has|have|ist|sind|wird|werden|hat|haben|kann|can)$/.test(low),
  );

/** "chooses the plan: A or B", "Refund: she …": what stands before the colon is no condition. */
const isListing = (clause: Clause, { context, next }: Sentence): boolean =>
  context.lexicon.choose.has(clause.verb) || alternatives(clause, next, context) !== null;

/** "if three codes were wrong" (ANNOTATION 5.5); "if two people have signed" may count something else than failures. */
function openLimit(clause: Clause, sentence: Sentence): void {
  const { context } = sentence;
  const isCount =
    clause.link === 'if' &&
    clause.perfect &&
    !clause.tokens.some(
      ({ low }) => context.lexicon.bad.test(low) || /^(?:attempt|try|tries|versuch|anlauf|anläufe)/.test(low),
    );
  const plain = isCount ? conditionOf(clause, context) : undefined;
  sentence.open((body) => ({ ...limitOf(clause.tokens, body, context), ...(plain && { plain }) }));
}

/** "That only works if …": asks the condition, whose outcomes follow (ANNOTATION 2.5). */
const isOnlyIf = ({ verb, subject }: Clause): boolean =>
  /^(?:klappen|gehen|gelingen|funktionieren|work|succeed)$/.test(verb) &&
  /^(?:das|dies|es|that|this|it)$/.test(subject.map(({ low }) => low).join(' '));

function openCondition(clause: Clause, sentence: Sentence): void {
  const { scope, top } = sentence;
  const condition = conditionOf(clause, sentence.context);
  // "We refund it if …": what stands before is what the condition governs.
  const governed = clause.postposed ? scope.pop() : undefined;
  if (sentence.previous && isOnlyIf(sentence.previous)) {
    scope.push({ kind: 'ask', condition });
    return;
  }
  if (governed) {
    sentence.open((body) => {
      body.push(governed);
      return { kind: 'if', condition, body };
    }, scope);
    return;
  }
  const before = top.at(-1);
  const nested = before?.kind === 'if' && before.body.length > 0 && clause.link !== 'first';
  sentence.open((body) => ({ kind: 'if', condition, body, ...(nested && { nested }) }));
}
