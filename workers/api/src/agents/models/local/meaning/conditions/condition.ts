import type { Clause } from '../../clause.ts';
import type { Token } from '../../text/tokens.ts';
import { type Context, nounPhrase, remember, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { Condition } from '../statement.ts';
import { isLimit } from './limits.ts';
import { isNegation, questionOf } from './question.ts';

const DEADLINE = new Set('within innerhalb binnen rechtzeitig'.split(' '));
const EMPTY = new Set(
  `so not yes no they he she it this that those the case one do does did has have is are if nobody none so, also dies das der fall ist sind nicht ja nein sie er es wir ich man du dem chosen that's case say says said sagt sagen
  möchte möchten will wollen mag wünscht tut tun macht hat haben schon any`.split(/\s+/),
);
const QUANTIFIED = new Set('no none nothing kein keine keinen keiner keines keinem nichts'.split(' '));
const SAYS = /^(?:says?|sagt|sagen)$/;

const SCALE = {
  low: /(?<!\p{L})(?:below|under|less|fewer|lower|smaller|inside|unter|unterhalb|weniger|niedriger|kleiner|höchstens|innerhalb)(?!\p{L})/u,
  high: /(?<!\p{L})(?:above|over|more|higher|greater|larger|outside|at least|exceeds?|über|oberhalb|mehr|höher|größer|mindestens|ab|außerhalb)(?!\p{L})/u,
};

/**
 * A condition in the text's words (ANNOTATION 4.1), its polarity (4.2), and what later steps ask of it: whether it is a
 * failure (5.3), a deadline (4.7), a retry limit (5.5), an answer to what stands before ("if so").
 */
export function conditionOf(
  clause: Clause,
  context: Context,
  source: Condition['source'] = 'if',
  from: readonly Token[] = clause.tokens,
): Condition {
  const { lexicon } = context;
  const words = from.filter((token) => token.kind !== 'mark' || ['/', '%', '&'].includes(token.text));
  const lows = words.map(({ low }) => low);
  const text = lows.join(' ');
  // "says no" is an answer.
  const negations = words.filter((token, i) => isNegation(token) && !SAYS.test(lows[i - 1] ?? '')).length;
  const two = isTwoClauses(lows);
  const flip = (negations === 1 && !two) || clause.link === 'unless';
  const bad = lows.some(
    (low, i) => lexicon.bad.test(low) || (/^(?:no|nein)$/.test(low) && SAYS.test(lows[i - 1] ?? '')),
  );
  const good = lows.some((low) => lexicon.good.test(low));
  const fails = bad || (lexicon.badVerb.test(clause.verb) && !/^(?:ausfallen|abbrechen)$/.test(clause.verb));
  const elliptic = lows.every((low) => EMPTY.has(low));
  const subject = nounPhrase(clause.subject, lexicon);
  const title = questionOf(clause, words, flip, context);
  if (source === 'if' && !elliptic) remember(context, topicOf(clause, subject, context));
  return {
    title,
    positive: !flip,
    stems: contentStems(title),
    subject: contentStems(textOf(subject)),
    verb: clause.verb,
    outcome: two && negations > 0 ? null : outcomeOf(fails, good, negations),
    failure: (fails && negations === 0) || (negations === 1 && good),
    deadline: isDeadline(lows, text),
    limit: isLimit(words, context),
    elliptic,
    state: clause.state,
    unusable: isUnusable(lows, negations),
    scale: SCALE.low.test(text) ? 'low' : SCALE.high.test(text) ? 'high' : null,
    core: contentStems(textOf(coreOf(clause))),
    pronoun:
      clause.subject.length === 1 &&
      (lexicon.personPronouns.has(clause.subject[0]?.low ?? '') ||
        lexicon.pronouns.has(clause.subject[0]?.low ?? '') ||
        /^(?:alles|everything|all)$/.test(clause.subject[0]?.low ?? '')),
    wish: clause.modal === 'want',
    denies: words.some(
      ({ low }, i) =>
        ['none', 'nothing', 'nichts', 'keines', 'keiner'].includes(low) ||
        (low === 'keine' && !/^\p{Lu}|(?:e|en)$/u.test(words[i + 1]?.text ?? '')),
    ),
    negated: flip || (elliptic && (bad || lows.some((low) => /^(?:no|nein)$/.test(low)))),
    source,
    quantified: lows.some((low) => QUANTIFIED.has(low)),
  };
}

/** A condition that a phrase states without a verb: "for teams", "rejected", "wrong codes". */
export function verblessCondition(
  clause: Clause,
  context: Context,
  source: 'phrase' | 'subject',
  words: readonly Token[],
  subject: readonly Token[] = [],
): Condition {
  const rest = words.filter((token) => !subject.includes(token));
  return conditionOf(
    { ...clause, subject, tokens: words, rest, verb: '', modal: null },
    context,
    source,
    words,
  );
}

function outcomeOf(fails: boolean, good: boolean, negations: number): Condition['outcome'] {
  if (negations === 1) return fails ? 'good' : 'bad';
  return fails ? 'bad' : good ? 'good' : null;
}

const isDeadline = (lows: readonly string[], text: string): boolean =>
  lows.some((low) => DEADLINE.has(low)) ||
  /\b(?:tage|stunden|wochen|monate) lang\b|\bfor (?:\w+) (?:days|hours|weeks|minutes|months)\b/.test(text) ||
  /\b(?:in time|after \d+|nach \d+)\b/.test(text);

/** What "it" means behind the condition: its object, if it has one, or what it is about. */
function topicOf(clause: Clause, subject: readonly Token[], context: Context): readonly Token[] {
  const { lexicon } = context;
  const there = /^(?:there|es)$/.test(clause.subject[0]?.low ?? '') && clause.subject.length <= 1;
  if (there)
    return nounPhrase(
      clause.rest.filter((token) => !isNegation(token) && token.low !== 'still'),
      lexicon,
    );
  const object = nounPhrase(clause.rest, lexicon);
  return object.length > 0 && !clause.state && !clause.passive ? object : subject;
}

/** What is said, without whom it is said of. */
function coreOf(clause: Clause): Token[] {
  const { verb } = clause;
  const rest = clause.rest.filter((token) => !isNegation(token));
  return ['', 'be', 'sein'].includes(verb) ? rest : [...rest, { text: verb, low: verb, kind: 'word' }];
}

/** What keeps somebody from doing the thing at all, as against what comes of it. */
const isUnusable = (lows: readonly string[], negations: number): boolean =>
  lows.some(
    (low) =>
      /^(?:klemmt|klemmen|streikt|hakt|unleserlich\w*|unlesbar\w*|jammed|jams|stuck|unreadable|illegible)$/.test(
        low,
      ) ||
      (negations === 1 &&
        /^(?:lesbar|leserlich|auffindbar|erreichbar|readable|legible|scannable)\w*$/.test(low)),
  );

/** Two clauses in one condition keep their negation (ANNOTATION 4.2, 4.5). */
function isTwoClauses(lows: readonly string[]): boolean {
  const joints = [...lows.keys()].filter((i) => ['and', 'und', 'or', 'oder'].includes(lows[i] ?? ''));
  return joints.some((i) => i > 2) && joints.some((i) => i > 1 && lows.length - i > 2);
}
