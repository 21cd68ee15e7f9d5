import type { Clause } from '../../clause.ts';
import { capital, type Token } from '../../text/tokens.ts';
import { type Context, plain, shorten, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { StepDraft, StepType } from '../statement.ts';

/** A step as a clause tells it, with everything unsaid at its default; titles follow ANNOTATION 3. */
export function draftOf(
  type: StepType,
  title: string,
  clause: Clause | null,
  more: Partial<StepDraft> = {},
): StepDraft {
  return {
    type,
    title: shorten(capital(title.replace(/(?<=\S) first$/, ''))) || '…',
    verb: '',
    object: contentStems(title),
    can: false,
    person: type === 'action',
    again: clause?.again ?? false,
    renewed: false,
    asked: false,
    asks: false,
    closing: false,
    parallel: clause?.parallel ?? false,
    optional: clause?.optional ?? false,
    ahead: aheadOf(clause),
    direct: clause?.direct ?? false,
    inBranch: clause?.inBranch ?? false,
    pronounObject: false,
    anyway: clause?.anyway ?? false,
    ...more,
  };
}

function aheadOf(clause: Clause | null): 'instead' | 'before' | null {
  const words = clause?.tokens.map(({ low }) => low) ?? [];
  if (words.some((low) => /^(?:stattdessen|ersatzweise|instead)$/.test(low))) return 'instead';
  return words.some((low) => /^(?:vorher|zuvor|beforehand)$/.test(low)) || words.at(-1) === 'first'
    ? 'before'
    : null;
}

const WORDING = {
  show: { en: 'Show', de: 'anzeigen' },
  send: { en: 'Send', de: 'senden' },
} as const;

/** A title for what the product shows or sends, whatever the text calls the showing (ANNOTATION 2.3, 2.6). */
export function worded(verb: 'show' | 'send', rest: readonly Token[], context: Context): string {
  const { language } = context.lexicon;
  const text = textOf(plain(rest, context));
  const word = WORDING[verb][language];
  return language === 'en' ? `${word} ${text}` : `${text} ${word}`;
}

const RENEWED = new Set(
  'new different another other fresh neu neue neuen neues neuer anderer andere anderen anderes weitere weiteren'.split(
    ' ',
  ),
);

/** "a new code": names something that replaces what was there. */
export const isRenewed = (tokens: readonly Token[]): boolean => tokens.some(({ low }) => RENEWED.has(low));
