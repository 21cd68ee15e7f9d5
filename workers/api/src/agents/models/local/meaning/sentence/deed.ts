import type { Clause } from '../../clause.ts';
import { alternatives, betweenChoice, choiceOfVerbs } from '../conditions/choices.ts';
import { conditionOf } from '../conditions/condition.ts';
import { kindOf, shorten, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { Statement } from '../statement.ts';
import { mainClause } from './main-clause.ts';
import type { Sentence } from './sentence.ts';

/** What a clause does, with what belongs to it: alternatives (ANNOTATION 4.4), the case that it names, or a step. */
export function tellDeed(given: Clause, sentence: Sentence): void {
  const { context, next } = sentence;
  const clause = given.verb === 'nachholen' ? madeUpFor(given, sentence) : given;
  const between = betweenChoice(clause, context);
  if (between) {
    sentence.scope.push(between);
    return;
  }
  if (chooseAct(clause, sentence)) return;
  const listed = alternatives(
    clause,
    next,
    context,
    next?.link === 'colon' ? sentence.clauses.slice(sentence.at + 1) : [],
  );
  if (listed) {
    sentence.scope.push(...listed.before, listed.choice);
    sentence.at += listed.used;
    return;
  }
  if (nameCase(clause, sentence) || offerDetour(clause, sentence)) return;
  sentence.scope.push(...mainClause(clause, context, sentence.clauses));
}

/** "Wer noch keine X hinterlegt hat, muss das nachholen": what the condition found missing. */
function madeUpFor(clause: Clause, { clauses, at }: Sentence): Clause {
  const missing = clauses
    .slice(0, at)
    .findLast(({ link, negated, verb }) => link === 'if' && negated && verb !== '');
  if (!missing) return clause;
  const objects = missing.passive
    ? missing.subject
    : missing.rest.filter(({ low }) => !/^(?:nicht|nie|noch|kein\p{L}*)$/u.test(low));
  return {
    ...clause,
    verb: missing.verb,
    rest: [...objects, ...clause.rest.filter(({ low }) => !/^(?:das|dies|es)$/.test(low))],
  };
}

/** "accepts or objects", "can keep it or choose another one". */
function chooseAct(clause: Clause, sentence: Sentence): boolean {
  const { context, clauses } = sentence;
  const run = runOfAlternatives(sentence, clause);
  if (!run) return false;
  const read = (inner: Clause, at: number): Statement[] =>
    (run[at] ?? []).flatMap((member, n) => mainClause(n === 0 ? inner : member, context, clauses));
  const heads = run.map(([head]) => head as Clause);
  sentence.scope.push(choiceOfVerbs(heads, context, read));
  sentence.at += run.flat().length - 1;
  return true;
}

const isShared = (clause: Clause | undefined): boolean =>
  clause?.link === 'or' && clause.verb !== '' && clause.tokens.length === 1;

/** Verbs joined by "or", each with the clauses that belong to it. */
function runOfAlternatives({ clauses, at, lastOr }: Sentence, first: Clause): Clause[][] | null {
  if (first.verb === '') return null;
  let last = [first];
  const run = [last];
  for (let i = at + 1; i < clauses.length; i++) {
    const clause = clauses[i] as Clause;
    const continues = clause.inBranch || (clause.link === 'and' && last.length > 1);
    // "…, who approves or rejects it": the alternatives are those of the relative clause.
    if (clause.link === 'relative' && isShared(clauses[i + 1])) break;
    const belongs = clause.link === 'relative' || clause.link === 'aside' || continues;
    if (clause.link === 'or' && clause.verb !== '') {
      last = [clause];
      run.push(last);
    } else if (belongs && i < lastOr) last.push(clause);
    // "…, in which case she improves it and asks again"
    else if (continues && run.length > 1) last.push(clause);
    else break;
  }
  return run.length > 1 ? run : null;
}

/** "Approved: …", "Card; …": a case that the text listed before, or notes that put its name ahead of a colon. */
function nameCase(clause: Clause, sentence: Sentence): boolean {
  const { context, next } = sentence;
  if (sentence.at > 0) return false;
  const stems = contentStems(textOf(clause.tokens));
  const isKnown =
    (next?.colon === true || next?.link === 'colon' || next?.link === 'semicolon') &&
    stems.length > 0 &&
    clause.subject.length === 0 &&
    clause.rest.length <= 3 &&
    context.caseLabels.some((label) => stems.every((word) => label.includes(word)));
  const isHead =
    next?.colon === true &&
    clause.verb === '' &&
    clause.tokens.length <= 4 &&
    sentence.scope === sentence.top;
  if (!isKnown && !isHead) return false;
  // "Guest: …" says who speaks.
  const isName = context.lexicon.language === 'en' || /^\p{Lu}/u.test(clause.tokens[0]?.text ?? '');
  const isSpeaker =
    !isKnown && isName && clause.tokens.length === 1 && kindOf(clause.tokens, context) === 'person';
  if (isSpeaker) return true;
  sentence.open((body) => ({ kind: 'case', label: textOf(clause.tokens), stems, body }));
  // "Card: she pays; if that fails, …": all of the sentence is about the case that it began with (5.1).
  sentence.top = sentence.scope;
  return true;
}

/** "A discount can be added: in that case …": a possibility with a branch of its own (ANNOTATION 4.6). */
function offerDetour(clause: Clause, sentence: Sentence): boolean {
  const { context, next } = sentence;
  const { lexicon } = context;
  if (next?.link !== 'colon' || !clause.passive || clause.modal !== 'can' || !next.inBranch) return false;
  const object = clause.subject.filter(({ low }) => !lexicon.articles.has(low) || low === 'more');
  const title = `${shorten(lexicon.compose(clause.verb, object), 58)}?`;
  const condition = { ...conditionOf(clause, context), title, positive: true };
  sentence.open((body) => ({ kind: 'if', condition, body }));
  return true;
}
