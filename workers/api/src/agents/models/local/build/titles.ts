/** Titles made of other titles (ANNOTATION.md, section 3). */
import type { Language } from '../text/language.ts';
import { clip } from '@uxflow/flow';
import { capital } from '../text/tokens.ts';

/** A text as the title of a decision. */
export const questionOf = (text: string): string => `${clip(text, 58)}?`;

/** What a title is about: English titles begin with the verb, German ones end in it. */
export function withoutVerb(title: string, language: Language): string {
  const words = title.split(' ');
  return (language === 'en' ? words.slice(1) : words.slice(0, -1)).join(' ');
}

/** The same object with another verb. */
export function withVerb(title: string, verb: string, language: Language): string {
  const words = title.split(' ');
  return language === 'en'
    ? [capital(verb), ...words.slice(1)].join(' ')
    : [...words.slice(0, -1), verb].join(' ');
}
