import type { Clause } from '../../clause.ts';
import type { Lexicon } from '../../lexicon.ts';
import { type Context, headOf, nounPhrase } from '../context.ts';

const ENDS =
  /^(?:(?:and )?(?:(?:end|done|over|stop|finished)(?: (?:as well|too|here|there))?|that is (?:that|final)|nothing \w+ed|(?:others|the others|all others|everybody else|everyone else|the rest) (?:is|are) (?:done|finished|through)|(?:that|it|this) is (?:it|all|the end(?: of .*)?|that)|(?:we|they) are (?:done|finished|through)|done|end|the end|finished|finish|stop|that is all there is|ende|schluss|fertig|das (?:war|ist) (?:es|alles|'?s)|that is where (?:it|everything) (?:ends|stops)|nothing (?:else |more |further )?(?:happens|is \w+)(?: .*)?|(?:there is )?nothing (?:else |more |further )?(?:left )?to do|end of .*|(?:dann|danach|damit|hier)? ?(?:ist|sind) (?:hier |dann |damit |wir )*(?:schluss|ende|fertig|alles erledigt|vorbei)|ende der geschichte|das ende|ist .* (?:zu ende|vorbei|beendet)|nichts (?:weiter|weiteres).*|(?:es )?passiert nichts.*|mehr passiert nicht|weiter passiert nichts))$/;

const HERE = new Set('right just here there then now hier dort dann damit'.split(' '));

const OVER = /^(?:over|done|finished|complete|ende|vorbei|beendet|abgeschlossen|fertig|schluss)$/;

/** A word for all that happens; "we stop the session" is an act. */
const isWhole = (low: string, { process }: Lexicon): boolean =>
  process.test(low) && !/^(?:case|session|order|game)$/.test(low);

/** "That's it", "the process ends": an edge to `End` (ANNOTATION 1.1). */
export function isEnd(clause: Clause, { lexicon }: Context, all: readonly Clause[] = []): boolean {
  const text = clause.tokens
    .filter(({ kind }) => kind === 'word')
    .map(({ low }) => low)
    .join(' ');
  if (ENDS.test(text)) return true;
  const { verb, subject, rest } = clause;
  const isNamed = subject.length > 0;
  // "…, and the application ends": what a sentence closes with.
  if (
    /^(?:end|stop|enden|aufhören)$/.test(verb) &&
    rest.every(({ low }) => HERE.has(low)) &&
    isNamed &&
    clause.link === 'and' &&
    all.at(-1) === clause &&
    all.length > 1
  )
    return true;
  const isProcess = lexicon.process.test(headOf(subject, lexicon));
  const about = !isNamed || isProcess;
  if (lexicon.end.has(verb)) {
    const content = rest.filter(({ low }) => !lexicon.isFunction({ low, text: low, kind: 'word' }));
    const isOnlyProcess = content.length === 1 && isWhole(content[0]?.low ?? '', lexicon);
    if (isOnlyProcess && (about || clause.link === 'relative')) return true;
    const isForSomeone = ['für', 'for'].includes(rest[0]?.low ?? '');
    if (about && (content.length === 0 || isForSomeone) && verb !== 'complete') return true;
  }
  if (!isNamed) return lexicon.language === 'de' && clause.state && OVER.test(rest.at(-1)?.low ?? '');
  if (about && clause.state && rest.some(({ low }) => OVER.test(low))) return true;
  if (
    (clause.state || clause.passive) &&
    rest.length === 0 &&
    /^(?:do|finish)$/.test(verb) &&
    !clause.negated
  )
    return true;
  return isProcess && clause.passive && /^(?:finish|do|end|beenden)$/.test(verb);
}

const CONTINUES = /^(?:continue|proceed|resume|weitermachen|weitergehen|fortfahren|fortsetzen|weiterlaufen)$/;
const ONWARDS = new Set(
  'on ahead forward as normal weiter usual normally direkt directly einfach'.split(' '),
);

/** "goes on as usual", "continue with": the main line takes over (ANNOTATION 2.9). */
export function isResume(clause: Clause, { lexicon }: Context): boolean {
  const { verb, rest } = clause;
  if (!lexicon.resume.has(verb)) return false;
  if (CONTINUES.test(verb))
    return nounPhrase(rest, lexicon).length === 0 || ['with', 'to', 'mit'].includes(rest[0]?.low ?? '');
  return rest.length > 0 && rest.every(({ low }) => ONWARDS.has(low));
}
