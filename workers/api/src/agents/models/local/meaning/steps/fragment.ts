import type { Clause } from '../../clause.ts';
import { type Context, headOf, nounPhrase, plain, textOf } from '../context.ts';
import type { StepDraft } from '../statement.ts';
import { draftOf, worded } from './draft.ts';

/**
 * Notes without a verb: "error", "welcome page", "one reminder". The noun says whether it is a place, a message or
 * something sent (ANNOTATION 2.3).
 */
export function fragment(clause: Clause, context: Context): StepDraft | null {
  const { lexicon } = context;
  const all = plain(clause.tokens, context).filter(
    (token) => token.kind !== 'mark' || ['/', '%', '&'].includes(token.text),
  );
  // "hint that it is over"
  const explained = lexicon.language === 'en' ? all.findIndex(({ low }, i) => i > 0 && low === 'that') : -1;
  const rest = explained < 0 ? all : all.slice(0, explained);
  if (rest.length === 0 || rest.length > 14) return null;
  const phrase = nounPhrase(rest, lexicon);
  const head = headOf(phrase, lexicon);
  const isButton = rest.length === 1 && rest[0]?.kind === 'quote';
  if (isButton) {
    const verb = lexicon.language === 'en' ? 'click' : 'klicken';
    return draftOf('action', lexicon.compose(verb, rest), clause, { verb });
  }
  if (head === '') return null;
  // "The evening before the trip".
  if (
    rest
      .slice(0, 2)
      .some(
        ({ low }, i) =>
          /^(?:evening|morning|night|days?|hours?|weeks?|months?|minutes?)$/.test(low) &&
          ['before', 'after', 'later'].includes(rest[i + 1]?.low ?? ''),
      )
  )
    return null;
  context.thing = phrase;
  if (lexicon.place.test(head)) return draftOf('screen', textOf(rest), clause);
  if (rest.some(({ low }) => lexicon.sent.test(low)))
    return draftOf('system', worded('send', rest, context), clause, { verb: 'send' });
  if (lexicon.message.test(head))
    return draftOf('system', worded('show', rest, context), clause, { verb: 'show' });
  return draftOf(
    clause.link === 'arrow' || clause.link === 'first' ? 'screen' : 'system',
    textOf(rest),
    clause,
  );
}
