import type { Token } from '../../text/tokens.ts';
import { type Context, shorten, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { Statement } from '../statement.ts';

const ATTEMPTS =
  /^(?:attempts?|mistakes?|errors?|tries|try|times|failures?|mal|versuch\w*|fehlversuch\w*|anläufe\w*|fehleingaben?|fehler\w*)$/;
const SMALL = new Set(
  'after nach dem der if wenn the it is ist at on bei more than dann beim sie es'.split(' '),
);

/** Retry limits (ANNOTATION 5.5): "three wrong codes", "after the third failed attempt", "max. 3x". */
export function isLimit(tokens: readonly Token[], context: Context): boolean {
  const { lexicon } = context;
  return tokens.some((token, i) => {
    if (/^(?:dreimal|zweimal|viermal|fünfmal|sechsmal|zehnmal|twice|thrice|\d+x)$/.test(token.low))
      return tokens.some(({ low }) => lexicon.bad.test(low)) || /x$|mal$/.test(token.low);
    if (!lexicon.numbers.test(token.low)) return false;
    const next = tokens[i + 1]?.low ?? '';
    const second = tokens[i + 2]?.low ?? '';
    return ATTEMPTS.test(next) || ATTEMPTS.test(second) || lexicon.bad.test(next);
  });
}

/** "after three wrong codes": the limit in the text's words, and what a single failure is called. */
export function limitOf(tokens: readonly Token[], body: Statement[], context: Context): Statement {
  const { lexicon } = context;
  const words = tokens.filter(({ low, kind }) => kind !== 'mark' && !SMALL.has(low));
  const title = `${shorten(
    textOf(words)
      .replace(/(versuche|mal)n$/, '$1')
      .replace(/(?<=\p{Ll}e)n(?= \p{Lu}\p{L}+n?$)/u, '')
      .replace(/^\p{L}/u, (c) => c.toUpperCase()),
    58,
  )}?`;
  const rest = words.filter(
    ({ low }) =>
      !lexicon.numbers.test(low) &&
      !/^(?:times|attempts?|tries|mal|versuch\w*|\w*fehlversuch\w*|in|a|row|max|max\.|maximal)$/.test(low),
  );
  const nouns = rest.filter(({ low }) => !lexicon.bad.test(low));
  const lemma = (word: string): string =>
    lexicon.language === 'de' ? word.replace(/(?<=\p{L}{3})(?:en|e|er|es|em)$/u, '') : word;
  const singular = nouns.map((token) =>
    lexicon.language === 'en' ? token.text.replace(/(?<=[a-z]{2})s$/, '') : token.text,
  );
  const bad = rest.find(({ low }) => lexicon.bad.test(low));
  const single = singular.length > 0 && bad ? `${singular.join(' ')} ${lemma(bad.text)}` : '';
  return { kind: 'limit', title, single, stems: contentStems(title), body };
}
