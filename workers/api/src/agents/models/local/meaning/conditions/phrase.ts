import type { Clause } from '../../clause.ts';
import type { Token } from '../../text/tokens.ts';
import { asQuestion, type Context, nounPhrase, plain, remember, textOf } from '../context.ts';
import { contentStems, coverage } from '../likeness.ts';
import type { Condition } from '../statement.ts';
import { verblessCondition } from './condition.ts';

const CONDITIONAL = new Set(
  'for with without above below over under beyond inside outside at on bei mit für ohne über unter ab bis auf außerhalb'.split(
    ' ',
  ),
);
const DEFINITE =
  /^(?:the|this|that|these|those|d(?:er|ie|as|en|em|es)|dies(?:e[rmns]?)?|(?:ihr|sein|mein|unser|jen)e?[rmns]?|their|his|her|its|my|our|beiden|both|uns|mir|ihnen|us|me|them)$/;
const ANY = /^(?:einem|einer|eine|einen|another|each|every|jede\w*|fall|case|cases|fällen)$/;

/**
 * "With a correct code she …", "Bei Telefon: …": a phrase ahead of the clause that names a case (ANNOTATION 4.4). Null
 * for a phrase that only says where, when or how.
 */
export function phraseCondition(clause: Clause, context: Context): Condition | null {
  const { lexicon } = context;
  const { lead } = clause;
  const head = lead[0]?.low ?? '';
  if ((!CONDITIONAL.has(head) && !namesCase(lead, context)) || lead.length > 9) return null;
  // "Outside the opening hours" is never sure, however well known the hours are.
  const isSure = head !== 'outside' && head !== 'außerhalb';
  if (isSure && !namesCase(lead, context) && lead.some(({ low }) => isKnownThing(low, head))) return null;
  if (lead.length === 2 && !namesCase(lead, context) && isManner(lead, context)) return null;
  const above = ['above', 'below', 'over', 'under', 'über', 'unter', 'außerhalb', 'outside'].includes(head);
  const words = above ? lead : lead.slice(1);
  const condition = verblessCondition(clause, context, 'phrase', words);
  if (!above) remember(context, nounPhrase(words, lexicon));
  const phrase = textOf(plain(words, context));
  const title = asQuestion(lexicon.language === 'en' ? phrase.replace(/s$/, '') : phrase);
  return {
    ...condition,
    ...(!isSure && { outcome: null, failure: false }),
    title,
    stems: contentStems(title),
    positive: head !== 'without' && head !== 'ohne',
  };
}

/** Whether the phrase is about one of the cases that the last choice left open. */
const namesCase = (lead: readonly Token[], context: Context): boolean =>
  context.caseLabels.some(
    (label) => label.length > 0 && coverage(contentStems(textOf(lead.slice(1))), label) >= 0.9,
  );

/** A definite thing is there already, and one of each is no case; "bei einem Fehler" is. */
const isKnownThing = (low: string, head: string): boolean =>
  DEFINITE.test(low) || (ANY.test(low) && !(head === 'bei' && low.startsWith('ein')));

/** "with care", "bis Freitag" say how or when; names and plurals ("with Stripe", "for teams") may be cases. */
function isManner([preposition, word]: readonly Token[], context: Context): boolean {
  const { bad, good } = context.lexicon;
  const head = preposition?.low ?? '';
  const low = word?.low ?? '';
  if (['bis', 'ab', 'über'].includes(head)) return true;
  return (
    ['at', 'on', 'auf', 'mit', 'with', 'bei', 'für', 'for'].includes(head) &&
    !bad.test(low) &&
    !good.test(low) &&
    !/s$|^\p{Lu}/u.test(word?.text ?? '')
  );
}
