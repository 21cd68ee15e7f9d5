import type { Clause } from '../../clause.ts';
import type { Lexicon } from '../../lexicon.ts';
import type { Token } from '../../text/tokens.ts';
import { asQuestion, type Context, headOf, kindOf, nounPhrase, plain, shorten, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { Statement } from '../statement.ts';
import { draftOf } from '../steps/draft.ts';
import { phraseCondition } from './phrase.ts';

/** "keep it or choose another one" as one decision with a label for each (ANNOTATION 4.4). */
export function choiceOfVerbs(
  run: readonly Clause[],
  context: Context,
  read: (clause: Clause, at: number) => Statement[],
): Statement {
  const { lexicon } = context;
  const subject = run[0]?.subject ?? [];
  const cases = run.map((clause, at) => {
    const label = lexicon.compose(clause.verb, plain(clause.rest, context));
    const body = read({ ...clause, modal: null, optional: false, subject, negated: false, link: 'and' }, at);
    const isNoun = lexicon.language === 'de' && /^\p{Lu}/u.test(plain(clause.rest, context)[0]?.text ?? '');
    const cased = isNoun ? label : label.charAt(0).toLowerCase() + label.slice(1);
    return { label: shorten(cased, 60), stems: contentStems(label), body };
  });
  context.caseLabels = cases.map(({ stems }) => stems);
  return { kind: 'choice', title: asQuestion(cases.map(({ label }) => label).join(or(context))), cases };
}

const or = ({ lexicon }: Context): string => (lexicon.language === 'en' ? ' or ' : ' oder ');

/** "chooses between A and B". */
export function betweenChoice(clause: Clause, context: Context): Statement | null {
  const chooses =
    context.lexicon.choose.has(clause.verb) || /^(?:decide|have|haben|entscheiden)$/.test(clause.verb);
  const at = clause.rest.findIndex(({ low }) => low === 'between' || low === 'zwischen');
  if (at < 0 || !chooses) return null;
  const words = caseWords(
    clause.rest
      .slice(at + 1)
      .map((token) => (['and', 'und'].includes(token.low) ? { ...token, low: 'or' } : token)),
    context,
  );
  return words ? choiceOfWords('', words, context) : null;
}

const OR = new Set(['or', 'oder', '/']);

/** The words of the cases: "A, B or C"; null if there are none, or if one is too long to be a name. */
function caseWords(tokens: readonly Token[], context: Context): string[] | null {
  const groups: Token[][] = [[]];
  let separated = false;
  for (const token of tokens) {
    const joins = OR.has(token.low);
    separated ||= joins;
    if (joins || token.text === ',') {
      if (groups.at(-1)?.length) groups.push([]);
    } else groups.at(-1)?.push(token);
  }
  const words = groups
    .map((group) => textOf(plain(group, context)).replace(/^(?:nämlich|namely|either|entweder)\s+/, ''))
    .filter((text) => text !== '');
  return separated && words.length >= 2 && words.every((text) => text.split(' ').length <= 4) ? words : null;
}

/**
 * "chooses the plan: A, B or C": what is chosen, with its cases (ANNOTATION 4.4). `used` counts the clauses behind this
 * one that are told with it.
 */
export function alternatives(
  clause: Clause,
  next: Clause | undefined,
  context: Context,
  following: readonly Clause[] = [],
): { before: Statement[]; choice: Statement; used: number } | null {
  const { lexicon } = context;
  const namely = clause.rest.findIndex(isNamely);
  const isChoice =
    lexicon.choose.has(clause.verb) ||
    (lexicon.show.has(clause.verb) && clause.tokens.some(isNamely)) ||
    clause.verb === '' ||
    lexicon.place.test(headOf(clause.tokens, lexicon));
  const outcomes = outcomesOf(clause, context);
  if (outcomes) return { before: [], choice: outcomes, used: 0 };
  if (!isChoice || clause.negated) return null;
  if (next?.link === 'colon') return behindColon(clause, next, context, following);
  const isBare =
    clause.verb === '' &&
    (clause.link === 'first' || clause.colon) &&
    next === undefined &&
    clause.tokens.length <= 8;
  const words =
    (isBare ? caseWords(clause.tokens, context) : null) ??
    (namely >= 0 ? caseWords(clause.rest.slice(namely + 1), context) : null);
  return words ? { before: [], choice: choiceOfWords('', words, context), used: 0 } : null;
}

/** "The result is clean, doubtful or incomplete". */
function outcomesOf(clause: Clause, context: Context): Statement | null {
  if (!clause.state || clause.negated || kindOf(clause.subject, context) !== 'thing') return null;
  if (clause.modal !== null || context.lexicon.language !== 'en') return null;
  const words = caseWords(clause.rest, context);
  return words && words.length > 2 && words.every((word) => !word.includes(' '))
    ? choiceOfWords(textOf(nounPhrase(clause.subject, context.lexicon)), words, context)
    : null;
}

const isNamely = ({ low }: Token): boolean => low === 'namely' || low === 'nämlich';

/** "for teams": the name of a case ahead of what happens then. */
const isCaseLead = (lead: readonly Token[], { articles, language }: Lexicon): boolean =>
  language === 'en' &&
  lead[0]?.low === 'for' &&
  lead.length > 1 &&
  lead.length <= 4 &&
  !articles.has(lead[1]?.low ?? '');

/** "Plan: A or B" and "She chooses a plan: for teams, …"; a place ahead of the colon is shown first. */
function behindColon(
  clause: Clause,
  next: Clause,
  context: Context,
  following: readonly Clause[],
): ReturnType<typeof alternatives> {
  const { lexicon } = context;
  const words = next.verb === '' ? caseWords(next.tokens, context) : null;
  const noun =
    clause.verb === '' || clause.tokens.length === 1
      ? nounPhrase(clause.tokens, lexicon)
      : nounPhrase(plain(clause.rest, context), lexicon);
  if (words) {
    if (!lexicon.place.test(headOf(noun, lexicon)))
      return { before: [], choice: choiceOfWords(textOf(noun), words, context), used: 1 };
    const title = noun.length > 1 ? textOf(noun.slice(0, 1)) : '';
    return {
      before: [{ kind: 'step', draft: draftOf('screen', textOf(noun), clause) }],
      choice: choiceOfWords(title, words, context),
      used: 1,
    };
  }
  const named = following.map(({ lead }) => lead).filter((lead) => isCaseLead(lead, lexicon));
  if (lexicon.choose.has(clause.verb) && named.length > 1)
    return {
      before: [],
      choice: choiceOfWords(
        textOf(noun),
        named.map((lead) => textOf(lead.slice(1))),
        context,
      ),
      used: 0,
    };
  if (lexicon.choose.has(clause.verb) && next.lead.length > 0 && phraseCondition(next, context))
    return { before: [], choice: choiceOfWords(textOf(noun), [], context), used: 0 };
  return null;
}

function choiceOfWords(title: string, words: readonly string[], context: Context): Statement {
  const list =
    words.length > 1 ? `${words.slice(0, -1).join(', ')}${or(context)}${words.at(-1)}` : words.join('');
  const cases = words.map((label) => ({ label, stems: contentStems(label), body: [] }));
  context.caseLabels = cases.map(({ stems }) => stems);
  return { kind: 'choice', title: asQuestion(title === '' ? list : title), cases };
}
