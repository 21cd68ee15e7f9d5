/** Words that only name the flow: titles, captions, openers. */
import type { Block } from '../text/blocks.ts';
import type { Grammar } from './grammar.ts';

const NOTES =
  /(?:^|, )(?:quick )?(?:notes?|notizen|minutes|protokoll|stichworte|stichpunkte|entwurf|draft)\b/i;

const OPENER =
  /^(?:ablauf|flow|process|prozess|steps|schritte|main flow|hauptablauf|beschreibung|description|workflow)\s*:\s+/i;

const CAPTION = /^(?:(?:how|wie|so)\s[^:.,]{3,60}|[^:.,?!\s]+(?:\s[^:.,?!\s]+){0,4}):\s+(?=\S+\s+\S+\s)/iu;

const SUBJECT = /^(?:the|a|an|der|die|das|ein|eine|we|wir|he|she|they|sie|er|it|es)\s/i;

const ARROW = /->|→|=>/;

const wordsIn = (text: string): number => text.split(/\s+/).length;

/** Somebody does something to something: no title. */
const tells = (line: string, grammar: Grammar): boolean => {
  const [clause] = grammar.clausesOf(line);
  return (
    clause !== undefined &&
    clause.verb !== '' &&
    clause.subject.length > 0 &&
    clause.rest.length > 0 &&
    !clause.passive
  );
};

/** Whether a block is a heading, or a first line without a verb that only names the flow. */
export function isTitle(blocks: readonly Block[], at: number, grammar: Grammar): boolean {
  const block = blocks[at];
  if (block?.kind === 'heading') return true;
  if (!block) return false;
  if (isSection(blocks, at)) return true;
  if (at !== 0 || block.sentences.length > 1) return false;
  const [only = ''] = block.sentences;
  if (block.kind === 'item' || blocks.length < 2)
    return block.sentences.length === 1 && block.kind === 'line' && only.endsWith(':');
  if (ARROW.test(only) || tells(only, grammar)) return false;
  const words = wordsIn(only);
  if (NOTES.test(only) && words <= 10) return true;
  const listed = blocks.some(({ kind }) => kind === 'item');
  return words <= 8 && !/[.!?]$/.test(only) && (listed || words <= 5 || /\s[–—-]\s/.test(only));
}

/** A word or two above list items, without a verb or a mark: the name of a section. */
function isSection(blocks: readonly Block[], at: number): boolean {
  const [only = '', ...further] = blocks[at]?.sentences ?? [];
  return (
    blocks[at]?.kind !== 'item' &&
    blocks[at + 1]?.kind === 'item' &&
    further.length === 0 &&
    /^\p{Lu}[^.!?,;:→>]*$/u.test(only) &&
    wordsIn(only) <= 3
  );
}

const ASIDE =
  /^(?:(?:out of|not in) scope|non-goals|nicht (?:im (?:umfang|scope)|enthalten|teil .*)|nicht-ziele|(?:success )?(?:metrics?|criteri(?:on|a))|erfolgs(?:messung|kriteri(?:um|en))|kennzahl(?:en)?|goals?|ziele?|background|hintergrund|motivation|open questions|offene (?:fragen|punkte)|later|später)$/i;

/** Whether what stands below a heading is no part of the flow (ANNOTATION.md, 2.9). */
export const isAsideHeading = (heading: string): boolean => ASIDE.test(heading);

/** Whether the first of some sentences of prose only says what the prose is about. */
export function isCaption(sentences: readonly string[], grammar: Grammar): boolean {
  const [first = ''] = sentences;
  if (sentences.length < 3 || !first.endsWith('.')) return false;
  const words = wordsIn(first);
  // "Send money."
  if (words <= 4 && !SUBJECT.test(first)) return true;
  // "Two signatures for large payments."
  if (words > 9) return false;
  const [clause, ...further] = grammar.clausesOf(first);
  return further.length === 0 && clause?.verb === '' && clause.link === 'first';
}

/** "How she pays: She …": the caption that a sentence begins with, with its colon. */
export function captionOf(sentence: string): string | null {
  return CAPTION.exec(sentence)?.[0] ?? null;
}

/** "Flow: She …" */
export const withoutOpener = (sentence: string): string => sentence.replace(OPENER, '');
