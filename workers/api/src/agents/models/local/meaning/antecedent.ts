import { agrees } from '../de/gender.ts';
import type { Token } from '../text/tokens.ts';
import type { Context } from './context.ts';

const SINGULAR = new Set('it this that one'.split(' '));
const PLURAL = new Set('they them these those ones'.split(' '));

export const isPlural = (noun: string): boolean => /[^sui']s$/.test(noun);

/** What a pronoun stands for: of the things named last, the latest that agrees with it in gender or number. */
export function antecedent(pronoun: string, context: Context): readonly Token[] {
  const fits = (thing: readonly Token[]): boolean => {
    const noun = thing.at(-1)?.low ?? '';
    if (noun === '') return false;
    if (context.lexicon.language === 'de') return agrees(pronoun, noun, context.genders);
    return SINGULAR.has(pronoun) ? !isPlural(noun) : PLURAL.has(pronoun) ? isPlural(noun) : true;
  };
  return context.things.findLast(fits) ?? context.thing;
}
