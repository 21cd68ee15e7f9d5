import { isWord, lowAt, type Token } from '../text/tokens.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { isAux, nominal, opensPhrase, plural, skippable, SUBJECT_PRONOUNS } from './word-classes.ts';
import { DETERMINERS, PREPOSITIONS, PRONOUNS } from './words.ts';

/** Where a second subject with its verb begins inside a clause; -1 without one. */
export function secondSubject(tokens: readonly Token[], from: number): number {
  for (let i = from; i < tokens.length - 1; i++) {
    const token = tokens[i];
    if (!isWord(token)) continue;
    const previous = tokens[i - 1];
    if (
      isWord(previous) &&
      (PREPOSITIONS.has(previous.low) ||
        ['that', 'who', 'which', 'whether', 'and', 'or'].includes(previous.low))
    )
      continue;
    if (SUBJECT_PRONOUNS.has(token.low)) {
      let j = i + 1;
      while (j < tokens.length && skippable(tokens[j] as Token)) j++;
      const verb = tokens[j];
      if (isWord(verb) && (isAux(verb.low) || (verbForm(verb.low) && verbForm(verb.low)?.form !== 'ing')))
        return i;
    }
    if (['the', 'a', 'an', 'our', 'your', 'my', 'their', 'his'].includes(token.low)) {
      for (let j = i + 2; j < Math.min(i + 6, tokens.length); j++) {
        const verb = tokens[j];
        if (
          !isWord(verb) ||
          PREPOSITIONS.has(verb.low) ||
          DETERMINERS.has(verb.low) ||
          PRONOUNS.has(verb.low)
        )
          break;
        const form = verbForm(verb.low);
        if (
          (isAux(verb.low) ||
            (form?.form === 's' && !NOUN_TOO.has(form.base)) ||
            (form?.form === 's' && opensPhrase(tokens[j + 1])) ||
            // "if it is wrong the lock beeps"
            (form === null &&
              j === tokens.length - 1 &&
              /[^sui]s$/.test(verb.low) &&
              !plural(lowAt(tokens, j - 1)))) &&
          nominal(tokens[j - 1])
        )
          return i;
      }
    }
  }
  return -1;
}
