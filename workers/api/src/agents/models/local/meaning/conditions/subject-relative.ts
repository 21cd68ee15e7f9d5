import { verbForm } from '../../en/verbs.ts';
import type { Lexicon } from '../../lexicon.ts';
import type { Token } from '../../text/tokens.ts';
import { asQuestion, kindOf, plain, textOf } from '../context.ts';
import { contentStems, coverage } from '../likeness.ts';
import { stepOf } from '../steps/step.ts';
import { conditionOf } from './condition.ts';
import { caseOf, type SubjectRule } from './subject-case.ts';

const WISHES = new Set(
  'want wants would wish wishes like likes prefer prefers choose chooses decide decides accept accepts agree agrees möchte möchten will wollen mag wünscht zustimmt annimmt say says sagen sagt'.split(
    ' ',
  ),
);
/** Words that carry a wish without saying what is wished for. */
const WISH_PARTICLES = new Set('to do not nicht dies das zu does yes no ja nein'.split(' '));
const MANY = /s$|^(?:those|people|anyone|anybody|everyone|everybody|whoever|alle|diejenigen|wer)$/;

const isMany = (subject: readonly Token[]): boolean => MANY.test(subject.at(-1)?.low ?? '');

/** "Those who want a receipt": the wish is the question. */
const wisher: SubjectRule = (clause, context) => {
  const { lexicon } = context;
  const english = lexicon.language === 'en';
  const { relative } = clause;
  if (!relative.some(({ low }) => WISHES.has(low)) || (english && !isMany(clause.subject))) return null;
  const negated = relative.some(({ low }) => ['not', 'nicht', 'never', 'no', 'nein'].includes(low));
  const act = relative.filter(({ low }) => !WISHES.has(low) && !WISH_PARTICLES.has(low));
  const title = asQuestion(
    act[0] && english && verbForm(act[0].low)
      ? lexicon.compose(act[0].low, plain(act.slice(1), context))
      : textOf(plain(act, context)),
  );
  return {
    kind: 'if',
    clause: { ...clause, subject: [], relative: [] },
    condition: {
      ...conditionOf({ ...clause, modal: null }, context, 'subject', act),
      title,
      stems: contentStems(title),
      wish: true,
      elliptic: act.length === 0,
      positive: !negated,
      negated,
    },
  };
};

/** "The clerk who opens it …" carries the story on (ANNOTATION 2.7). */
const storyteller: SubjectRule = (clause, context) => {
  const { relative } = clause;
  // "a person who knows you" only says who.
  if (/^(?:knows|owns|lives|works|belongs|needs|holds)$/.test(relative[0]?.low ?? '')) return null;
  const draft = stepOf(
    {
      ...clause,
      verb: verbForm(relative[0]?.low ?? '')?.base ?? '',
      rest: relative.slice(1),
      passive: false,
      relative: [],
      negated: false,
    },
    context,
  );
  return draft ? { kind: 'step', draft } : null;
};

/** "A guest who did not confirm": one who failed to. */
const denier: SubjectRule = (clause, context) => {
  const { relative } = clause;
  const denied = relative.findIndex(({ low }) => low === 'not');
  const deed = denied >= 0 ? verbForm(relative[denied + 1]?.low ?? '') : null;
  if (!deed || !['a', 'an', 'any'].includes(clause.subject[0]?.low ?? '')) return null;
  const words = relative.slice(denied);
  return {
    kind: 'if',
    clause: { ...clause, subject: [], relative: [] },
    condition: conditionOf(
      {
        ...clause,
        link: 'if',
        subject: [],
        tokens: words,
        rest: words.slice(2),
        verb: deed.base,
        modal: null,
        negated: true,
      },
      context,
      'if',
      words,
    ),
  };
};

/** "Guests whose card expired": begins with a noun. */
const isWhose = ([first]: readonly Token[], { isFunction }: Lexicon): boolean =>
  first !== undefined &&
  !isFunction(first) &&
  verbForm(first.low) === null &&
  !/^(?:not|never|still|already|also)$/.test(first.low);

/** "Orders that were returned", "ein Antrag, der unvollständig ist": some things are in that state, others are not. */
const stateOfSome: SubjectRule = (clause, context) => {
  const { relative, subject } = clause;
  const isOne = ['a', 'an', 'any', 'ein', 'eine'].includes(subject[0]?.low ?? '');
  const isState = relative.some(({ low }) =>
    /^(?:has|have|is|are|was|were|hat|haben|ist|sind|wurde|wird)$/.test(low),
  );
  const isBarePlural = isMany(subject) && !context.lexicon.articles.has(subject[0]?.low ?? '');
  const singlesOut = isState ? isOne || isMany(subject) : isBarePlural;
  if (!singlesOut) return null;
  // People do many things; only what they are, lack or own singles some of them out.
  const isOfSome =
    isBarePlural &&
    (isState ||
      isWhose(relative, context.lexicon) ||
      relative.some(({ low }) => ['not', 'never', 'nicht'].includes(low)));
  if (kindOf(subject, context) !== 'thing' && !isOfSome) return null;
  const verb = relative
    .map(({ low }) => verbForm(low))
    .findLast((form) => form !== null && form.base !== 'be' && form.base !== 'have');
  return {
    kind: 'if',
    clause: { ...clause, relative: [] },
    condition: conditionOf(
      { ...clause, subject: [], tokens: relative, rest: relative, modal: null, verb: verb?.base ?? '' },
      context,
      'subject',
      relative,
    ),
  };
};

/** "Guests who keep it …": those who took one of the ways that the last choice left open. */
const chooser: SubjectRule = (clause, context) => {
  const taken = contentStems(textOf(clause.relative));
  return taken.length > 0 && context.caseLabels.some((label) => coverage(taken, label) >= 0.8)
    ? caseOf({ ...clause, relative: [] }, context, clause.relative)
    : null;
};

/** A relative clause about the subject: whom it singles out, or what it tells. */
export const relativeCase: SubjectRule = (clause, context) => {
  const wished = wisher(clause, context);
  if (wished || context.lexicon.language !== 'en') return wished ?? stateOfSome(clause, context);
  const chosen = chooser(clause, context);
  if (chosen) return chosen;
  const acts = verbForm(clause.relative[0]?.low ?? '');
  if (acts?.form === 's' && !['be', 'have', 'do'].includes(acts.base) && !isMany(clause.subject))
    return storyteller(clause, context);
  return denier(clause, context) ?? stateOfSome(clause, context);
};
