import type { Clause } from '../clause.ts';
import type { Token } from '../text/tokens.ts';
import { capital, type Context, headOf, nounPhrase, plain, remember, shorten, textOf } from './context.ts';
import { contentStems } from './likeness.ts';
import type { Condition } from './statement.ts';

const AUXILIARY = new Set(
  `is are was were be been being am has have had do does did will would shall should can could may might must
  ist sind war wird werden wurde wurden sei hat haben hatte kann können könnte muss müssen soll sollen sollte sollten möchte möchten will wollen würde würden darf dürfen worden lässt lassen sich`.split(
    /\s+/,
  ),
);
const NEGATION = new Set(
  'not no never nobody none nothing neither nicht kein keine keinen keinem keiner keines nie niemand niemanden nichts niemals'.split(
    ' ',
  ),
);
const DEADLINE = new Set('within innerhalb binnen rechtzeitig'.split(' '));
const EMPTY = new Set(
  `so not yes no they he she it this that those the case one do does did has have is are if nobody none so, also dies das der fall ist sind nicht ja nein sie er es wir dem chosen that's case say says said sagt sagen
  möchte möchten will wollen mag wünscht tut tun macht hat haben schon any`.split(/\s+/),
);

/** "three wrong codes", "after the third failed attempt", "max. 3x". */
export function isLimit(tokens: readonly Token[], context: Context): boolean {
  const { lexicon } = context;
  return tokens.some((token, i) => {
    if (/^(?:dreimal|zweimal|viermal|fünfmal|sechsmal|zehnmal|twice|thrice|\d+x)$/.test(token.low))
      return tokens.some(({ low }) => lexicon.bad.test(low)) || /x$|mal$/.test(token.low);
    if (!lexicon.numbers.test(token.low)) return false;
    const next = tokens[i + 1]?.low ?? '';
    const second = tokens[i + 2]?.low ?? '';
    const attempts =
      /^(?:attempts?|mistakes?|errors?|tries|try|times|failures?|mal|versuch\w*|fehlversuch\w*|anläufe\w*|fehleingaben?|fehler\w*)$/;
    return (
      attempts.test(next) ||
      (attempts.test(second) && (lexicon.bad.test(next) || next !== '')) ||
      lexicon.bad.test(next) ||
      attempts.test(next)
    );
  });
}

const SCALE = {
  low: /\b(?:below|under|less|fewer|lower|smaller|unter|unterhalb|weniger|niedriger|kleiner|höchstens)\b/,
  high: /\b(?:above|over|more|higher|greater|larger|at least|exceeds?|über|oberhalb|mehr|höher|größer|mindestens|ab)\b/,
};

/** A condition in the text's words. */
export function conditionOf(
  clause: Clause,
  context: Context,
  source: Condition['source'] = 'if',
  from: readonly Token[] = clause.tokens,
): Condition {
  const { lexicon } = context;
  const words = from.filter((token) => token.kind !== 'mark' || ['/', '%', '&'].includes(token.text));
  // "says no" is an answer.
  const negations = words.filter(
    ({ low }, i) => NEGATION.has(low) && !/^(?:says?|sagt|sagen)$/.test(words[i - 1]?.low ?? ''),
  ).length;
  const compound = words.some(({ low }, i) => ['and', 'und', 'or', 'oder'].includes(low) && i > 2);
  const elliptic = words.every(({ low }) => EMPTY.has(low));
  const two = compound && isTwoClauses(words);
  const flip = (negations === 1 && !two) || clause.link === 'unless';
  const outcomeWords = words.map(({ low }) => low);
  const bad = outcomeWords.some(
    (low, i) =>
      lexicon.bad.test(low) ||
      (/^(?:no|nein)$/.test(low) && /^(?:says?|sagt|sagen)$/.test(outcomeWords[i - 1] ?? '')),
  );
  const good = outcomeWords.some((low) => lexicon.good.test(low));
  const fails = bad || (lexicon.badVerb.test(clause.verb) && !/^(?:ausfallen|abbrechen)$/.test(clause.verb));
  let outcome: Condition['outcome'] = fails ? 'bad' : good ? 'good' : null;
  if (two && negations > 0) outcome = null;
  else if (negations === 1 && outcome !== null) outcome = outcome === 'bad' ? 'good' : 'bad';
  else if (negations === 1) outcome = 'bad';
  const lasting =
    /\b(?:tage|stunden|wochen|monate) lang\b|\bfor (?:\w+) (?:days|hours|weeks|minutes|months)\b/.test(
      outcomeWords.join(' '),
    );
  const deadline =
    lasting ||
    outcomeWords.some((low) => DEADLINE.has(low)) ||
    /\b(?:in time|after \d+|nach \d+)\b/.test(outcomeWords.join(' '));
  const subject = nounPhrase(clause.subject, lexicon);
  const title = titleOf(clause, words, flip, context);
  const pronoun = words.some(
    ({ low }, i) =>
      ['none', 'nothing', 'nichts', 'keines', 'keiner'].includes(low) ||
      (low === 'keine' && !/^\p{Lu}|(?:e|en)$/u.test(words[i + 1]?.text ?? '')),
  );
  const quantified = words.some(({ low }) =>
    ['no', 'none', 'nothing', 'kein', 'keine', 'keinen', 'keiner', 'keines', 'keinem', 'nichts'].includes(
      low,
    ),
  );
  const there = /^(?:there|es)$/.test(clause.subject[0]?.low ?? '') && clause.subject.length <= 1;
  if (source === 'if' && !elliptic)
    remember(
      context,
      there
        ? nounPhrase(
            clause.rest.filter(({ low }) => !NEGATION.has(low) && low !== 'still'),
            lexicon,
          )
        : nounPhrase(clause.rest, lexicon).length > 0 && !clause.state && !clause.passive
          ? nounPhrase(clause.rest, lexicon)
          : subject,
    );
  return {
    title,
    positive: !flip,
    stems: contentStems(title),
    subject: contentStems(textOf(subject)),
    verb: clause.verb,
    outcome,
    failure: (fails && negations === 0) || (negations === 1 && good),
    deadline,
    limit: isLimit(words, context),
    elliptic,
    state: clause.state,
    unusable: isUnusable(words, negations),
    scale: SCALE.low.test(outcomeWords.join(' '))
      ? 'low'
      : SCALE.high.test(outcomeWords.join(' '))
        ? 'high'
        : null,
    core: contentStems(
      textOf([
        ...clause.rest.filter(({ low }) => !NEGATION.has(low)),
        ...(clause.verb !== '' && clause.verb !== 'be' && clause.verb !== 'sein'
          ? [{ text: clause.verb, low: clause.verb, kind: 'word' as const }]
          : []),
      ]),
    ),
    pronoun:
      clause.subject.length === 1 &&
      (lexicon.personPronouns.has(clause.subject[0]?.low ?? '') ||
        lexicon.pronouns.has(clause.subject[0]?.low ?? '')),
    wish: clause.modal === 'want',
    denies: pronoun,
    negated: flip || (elliptic && (bad || outcomeWords.some((low) => /^(?:no|nein)$/.test(low)))),
    source,
    quantified,
  };
}

/** What keeps somebody from doing the thing at all, as against what comes of it. */
function isUnusable(words: readonly Token[], negations: number): boolean {
  return words.some(
    ({ low }) =>
      /^(?:klemmt|klemmen|streikt|hakt|unleserlich\w*|unlesbar\w*|jammed|jams|stuck|unreadable|illegible)$/.test(
        low,
      ) ||
      (negations === 1 &&
        /^(?:lesbar|leserlich|auffindbar|erreichbar|readable|legible|scannable)\w*$/.test(low)),
  );
}

/** Two clauses in one condition keep their negation. */
function isTwoClauses(words: readonly Token[]): boolean {
  return words.some(
    ({ low }, i) => ['and', 'und', 'or', 'oder'].includes(low) && i > 1 && words.length - i > 2,
  );
}

function titleOf(clause: Clause, words: readonly Token[], flip: boolean, context: Context): string {
  const { lexicon } = context;
  const english = lexicon.language === 'en';
  const bare =
    clause.subject.length > 0 &&
    clause.subject.every(
      ({ low }) =>
        (NEGATION.has(low) && !/^(?:nobody|niemand|niemanden)$/.test(low)) || low === 'of' || low === 'them',
    );
  const subject =
    bare && flip
      ? context.thing.slice(-1)
      : plain(clause.subject, context).filter(({ low }) => !NEGATION.has(low));
  const head = headOf(clause.subject, lexicon);
  const impersonal =
    clause.state &&
    clause.subject.length === 1 &&
    /^(?:it|es)$/.test(clause.subject[0]?.low ?? '') &&
    words.some(({ low }) =>
      /^(?:early|late|possible|necessary|required|needed|möglich|nötig|erforderlich|früh|spät)$/.test(low),
    );
  const quality =
    clause.state &&
    clause.rest.some(({ low }) => lexicon.bad.test(low) || lexicon.good.test(low) || low === 'zu');
  const thingly =
    (!english || clause.subject[0]?.low === 'they') &&
    quality &&
    clause.subject.length === 1 &&
    /^(?:er|sie|es|diese[rs]?|they)$/.test(clause.subject[0]?.low ?? '') &&
    context.thing.length > 0;
  if (thingly)
    return question(
      textOf([
        ...context.thing,
        ...plain(clause.rest, context).filter(({ low }) => !NEGATION.has(low) || !flip),
      ]),
    );
  const dropSubject =
    impersonal ||
    clause.subject.length === 0 ||
    (head === context.hero && (clause.state || clause.modal === 'want' || english)) ||
    (clause.subject.length === 1 &&
      (lexicon.personPronouns.has(clause.subject[0]?.low ?? '') ||
        (/^(?:wer|we|wir|man|es|jemand|somebody|someone|it)$/.test(clause.subject[0]?.low ?? '') &&
          !(clause.subject[0]?.low === 'it'))));
  const rest = plain(clause.rest, context).filter(({ low }) => !NEGATION.has(low) || !flip);
  const someone =
    clause.subject.length === 1 &&
    /^(?:somebody|someone|nobody|anybody|anyone|jemand|niemand)$/.test(clause.subject[0]?.low ?? '');
  if (english && someone && !clause.passive && !clause.state && clause.rest.length > 0) {
    const object = nounPhrase(clause.rest, lexicon);
    if (object.length > 0 && lexicon.articles.has(clause.rest[0]?.low ?? '')) {
      const tail = rest.filter((token) => !object.includes(token));
      return question(
        textOf([...object, { text: lexicon.participle(clause.verb), low: '', kind: 'word' }, ...tail]),
      );
    }
  }
  if (/^(?:geben|be)$/.test(clause.verb) && /^(?:es|there)$/.test(clause.subject[0]?.low ?? '')) {
    const there = rest.filter(({ low }) => !AUXILIARY.has(low));
    return question(textOf(there.length > 0 ? there : [...context.thing]));
  }
  if (
    english &&
    !clause.passive &&
    clause.rest.length > 0 &&
    clause.rest.every(({ low }) => /^(?:any|some|one|up)$/.test(low))
  )
    return question(
      textOf([...context.thing, { text: lexicon.participle(clause.verb), low: '', kind: 'word' }]),
    );
  if (clause.modal === 'want' && clause.verb === 'haben' && rest.length === 0)
    return question(textOf([...context.thing, { text: 'gewünscht', low: 'gewünscht', kind: 'word' }]));
  if (clause.verb !== '' && clause.modal === 'want') return question(lexicon.compose(clause.verb, rest));
  if (english && clause.verb !== '') {
    const who = clause.subject[0]?.low ?? '';
    if (
      !clause.passive &&
      !clause.state &&
      rest.length > 0 &&
      /^(?:we|they|system|you)$/.test(clause.subject.length === 1 ? who : '') &&
      ['we'].includes(who)
    ) {
      return question(textOf([...rest, { text: lexicon.participle(clause.verb), low: '', kind: 'word' }]));
    }
    if (!clause.passive && !clause.state && clause.modal === 'can' && who.length > 0)
      return question(
        `can ${lexicon.compose(clause.verb, rest).toLowerCase() === '' ? clause.verb : lower(lexicon.compose(clause.verb, rest))}`,
      );
  }
  const kept = words.filter((token, i) => {
    if (flip && NEGATION.has(token.low)) return false;
    if (
      lexicon.articles.has(token.low) &&
      !(token.low === 'ein' && i > 0 && i === words.length - 1) &&
      !(token.low === 'no' && i > 0 && /^says?$/.test(words[i - 1]?.low ?? ''))
    )
      return false;
    if (AUXILIARY.has(token.low) && !(token.low === 'has' && clause.verb === 'have')) return false;
    return (
      !(
        ['dann', 'so', 'schon', 'noch', 'yet', 'already', 'there', 'es', 'then', 'dabei', 'bereits'].includes(
          token.low,
        ) && i >= 0
      ) ||
      token.low === 'schon' ||
      token.low === 'already' ||
      token.low === 'noch'
    );
  });
  const subjectWords = new Set(clause.subject);
  const body = kept
    .filter((token) => !subjectWords.has(token))
    .flatMap((token) =>
      lexicon.pronouns.has(token.low) &&
      clause.rest.length === 1 &&
      clause.rest[0] === token &&
      context.thing.length > 0
        ? [...context.thing]
        : [token],
    );
  const finite = english ? body.map((token) => conjugated(token, clause, words)) : body;
  return question(textOf([...(dropSubject ? [] : subject), ...finite]));
}

/** "does not answer" loses its "does": the verb takes the ending over. */
function conjugated(token: Token, clause: Clause, words: readonly Token[]): Token {
  if (token.low !== clause.verb || !words.some(({ low }) => low === 'does')) return token;
  const text = /(?:s|x|z|ch|sh|o)$/.test(token.text)
    ? `${token.text}es`
    : /[^aeiou]y$/.test(token.text)
      ? `${token.text.slice(0, -1)}ies`
      : `${token.text}s`;
  return { ...token, text };
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const question = (text: string): string => `${shorten(capital(text), 58) || '…'}?`;
