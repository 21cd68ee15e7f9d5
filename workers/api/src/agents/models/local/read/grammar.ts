import type { Clause } from '../clause.ts';
import { germanJump } from '../de/jumps.ts';
import { GERMAN } from '../de/lexicon.ts';
import { parseGerman } from '../de/parse.ts';
import { splitGerman } from '../de/split.ts';
import { englishJump } from '../en/jumps.ts';
import { ENGLISH } from '../en/lexicon.ts';
import { parseEnglish } from '../en/parse.ts';
import { splitEnglish } from '../en/split.ts';
import { type Context, newContext } from '../meaning/context.ts';
import type { Language } from '../text/language.ts';
import { type Token, tokenize } from '../text/tokens.ts';

/** What reading takes from a language. */
export interface Grammar {
  tokensOf(sentence: string): Token[];
  clausesOf(sentence: string): Clause[];
  newContext(): Context;
}

const english: Grammar = {
  tokensOf: (sentence) => tokenize(sentence, false),
  clausesOf: (sentence) => splitEnglish(english.tokensOf(sentence)).map(parseEnglish),
  newContext: () => newContext(ENGLISH, englishJump),
};

const german: Grammar = {
  tokensOf: (sentence) => tokenize(sentence, true),
  clausesOf: (sentence) => splitGerman(german.tokensOf(sentence)).map(parseGerman),
  newContext: () => newContext(GERMAN, germanJump),
};

export const GRAMMARS: Readonly<Record<Language, Grammar>> = { en: english, de: german };
