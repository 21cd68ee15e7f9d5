import type { Clause, Modal, Part } from '../clause.ts';
import { findPhrase, isMark, phraseAt, type Token } from '../text/tokens.ts';
import { findVerb, isAux } from './find-verb.ts';
import { guessBase, NOUN_TOO, verbForm } from './verbs.ts';
import * as w from './words.ts';

const INFINITIVE_CARRIERS = new Set([
  'need',
  'have',
  'want',
  'wish',
  'like',
  'try',
  'start',
  'begin',
  'continue',
  'decide',
  'choose',
  'opt',
  'agree',
  'go',
  'happen',
  'prefer',
  'intend',
  'plan',
  'remember',
  'forget',
  'refuse',
  'fail',
]);
const WANTS = new Set(['want', 'wish', 'like', 'decide', 'choose', 'opt', 'prefer', 'intend', 'plan']);
/** "We ask the user to do X": X is the step. */
const CAUSERS = new Set([
  'ask',
  'prompt',
  'invite',
  'request',
  'require',
  'tell',
  'allow',
  'let',
  'help',
  'enable',
  'force',
  'encourage',
  'instruct',
  'urge',
  'remind',
  'expect',
  'suppose',
  'permit',
  'oblige',
]);
/** Words after "to be" that are asked of a person. */
const PASSIVE_CAUSERS = new Set([
  'ask',
  'prompt',
  'invite',
  'request',
  'require',
  'tell',
  'allow',
  'expect',
  'suppose',
  'permit',
  'force',
  'instruct',
  'enable',
  'encourage',
  'remind',
  'make',
  'oblige',
]);
const TIME_PREPOSITIONS = new Set(['within', 'after', 'before', 'during', 'until', 'till', 'since']);
const OPTIONAL_WORDS = new Set(['optionally', 'optional']);

/** Takes phrases of a list out of tokens; true if there was one. */
function drop(tokens: Token[], list: readonly (readonly string[])[]): boolean {
  let found = false;
  for (let hit = findPhrase(tokens, list); hit; hit = findPhrase(tokens, list)) {
    tokens.splice(hit.at, hit.length);
    found = true;
  }
  return found;
}

/** "the customer a notification" → "a notification". */
function withoutRecipient(rest: Token[], verb: string): Token[] {
  if (
    !/^(?:send|show|give|offer|mail|email|e-mail|tell|text|hand|grant|bring|charge|assign|present|issue|ask|forward|lend)$/.test(
      verb,
    )
  )
    return rest;
  if (
    w.OBJECT_PRONOUNS.has(rest[0]?.low ?? '') &&
    rest.length > 1 &&
    rest[0]?.low !== 'it' &&
    !w.PREPOSITIONS.has(rest[1]?.low ?? '') &&
    !['this', 'that', 'these', 'those'].includes(rest[0]?.low ?? '')
  )
    return rest.slice(1);
  if (!w.DETERMINERS.has(rest[0]?.low ?? '')) return rest;
  for (let i = 2; i < Math.min(rest.length, 5); i++) {
    const token = rest[i];
    if (
      !token ||
      (token.kind !== 'word' && token.kind !== 'quote') ||
      w.PREPOSITIONS.has(token.low) ||
      ['and', 'or'].includes(token.low)
    )
      return rest;
    if (w.DETERMINERS.has(token.low) || token.kind === 'quote') return rest.slice(i);
  }
  return rest;
}

/** Cuts what only explains: relative clauses, purposes, means. */
function trimmed(rest: Token[]): Token[] {
  for (let i = 1; i < rest.length; i++) {
    const token = rest[i] as Token;
    const next = rest[i + 1];
    const previous = rest[i - 1] as Token;
    if (token.kind !== 'word') continue;
    const low = token.low;
    if (
      ['who', 'which', 'whose', 'where', 'that'].includes(low) &&
      next &&
      (isAux(next.low) ||
        verbForm(next.low) ||
        (low === 'that' && w.DETERMINERS.has(next.low)) ||
        ['he', 'she', 'they', 'we', 'it', 'the', 'not'].includes(next.low))
    )
      return rest.slice(0, i);
    if (['he', 'she', 'they', 'we', 'i'].includes(low) && next && previous.kind === 'word')
      return rest.slice(0, i);
    if (
      low === 'to' &&
      next &&
      verbForm(next.low)?.form === 'base' &&
      !(NOUN_TOO.has(next.low) && rest[i + 2] === undefined) &&
      i > 0
    )
      return rest.slice(0, i);
    if (
      ['by', 'using', 'without'].includes(low) &&
      (low === 'using' || verbForm(next?.low ?? '')?.form === 'ing')
    )
      return rest.slice(0, i);
    if (low === 'how' || low === 'what' || low === 'why') return rest.slice(0, i);
  }
  return rest[0]?.low === 'using' ? [] : rest;
}

export function parseEnglish(part: Part): Clause {
  const tokens = part.tokens.filter((token) => token.low !== 'please');
  const optional = drop(tokens, w.OPTIONAL) || tokens.some(({ low }) => OPTIONAL_WORDS.has(low));
  const inBranch = drop(tokens, w.IN_CASE);
  const latter = drop(tokens, w.LATTER);
  const parallel = drop(tokens, w.PARALLEL) || tokens.some(({ low }) => low === 'meanwhile');
  const sometimes = /^(?:sometimes|occasionally)$/.test(tokens[0]?.low ?? '');
  // "by mail and in the app at the same time" is about the two, not about the step before.
  const own =
    parallel &&
    phraseAt(part.tokens, w.PARALLEL, Math.max(0, part.tokens.length - 4)) > 0 &&
    tokens.some(({ low }) => low === 'and');
  const again = drop(tokens, w.AGAIN);
  const direct = drop(tokens, w.DIRECT);
  while (tokens.length > 0) {
    const tail = w.LEADS.find(
      (phrase) =>
        phrase.length > 1 &&
        phrase.length < tokens.length &&
        phrase.every((word, i) => tokens[tokens.length - phrase.length + i]?.low === word),
    );
    if (tail) tokens.splice(tokens.length - tail.length, tail.length);
    const lead = phraseAt(tokens, w.LEADS);
    if (lead > 0) tokens.splice(0, lead);
    else if (
      (w.ADVERBS.has(tokens[0]?.low ?? '') && !['yet', 'once'].includes(tokens[0]?.low ?? '')) ||
      isMark(tokens[0], ',') ||
      ['and', 'but', 'so', 'then', 'both', 'either', 'or'].includes(tokens[0]?.low ?? '')
    )
      tokens.splice(0, 1);
    else break;
  }
  // "After the call, the agent …": a phrase ahead of the subject.
  let lead: Token[] = [];
  if (w.PREPOSITIONS.has(tokens[0]?.low ?? '') || tokens[0]?.low === 'depending') {
    const cut = leadEnd(tokens);
    if (cut > 0) lead = tokens.splice(0, cut).filter((token) => !isMark(token, ','));
  }
  let at = findVerb(tokens, true);
  if (at < 0 && part.link === 'if')
    at = tokens.findIndex(
      ({ low }, i) =>
        i > 0 &&
        verbForm(low)?.form === 'base' &&
        !w.PREPOSITIONS.has(low) &&
        !w.DETERMINERS.has(tokens[i - 1]?.low ?? ''),
    );
  // "… is accepted or rejected": the auxiliary stands in the clause before.
  if (at < 0 && ['and', 'or'].includes(part.link) && verbForm(tokens[0]?.low ?? '')?.form === 'past') at = 0;
  const relative = at > 0 ? relativeOf(tokens.slice(0, at)) : [];
  const none = () => ({
    link: part.link,
    colon: part.colon ?? false,
    word: part.word ?? '',
    inBranch,
    latter,
    relative,
    tokens,
    lead,
    agent: [],
    perfect: false,
    again,
    optional,
    parallel: parallel && !own,
    direct,
    question: (part.question ?? false) || sometimes,
    postposed: part.postposed ?? false,
  });
  if (at < 0) {
    const negated = tokens.some(({ low }) => w.NEGATIONS.has(low));
    return {
      ...none(),
      subject: [],
      verb: '',
      rest: tokens,
      passive: false,
      modal: null,
      negated,
      state: false,
    };
  }
  let subject = relativeOut(
    tokens.slice(0, at).filter((token) => !w.ADVERBS.has(token.low) || token.low === 'first'),
  );
  const pronoun = subject.length > 1 ? (subject.at(-1)?.low ?? '') : '';
  if (
    ['we', 'they', 'he', 'she', 'it', 'i', 'you'].includes(pronoun) &&
    !subject.some(({ low }) => low === 'and' || low === 'or')
  ) {
    if (lead.length === 0) lead = subject.slice(0, -1);
    subject = subject.slice(-1);
  }
  // "The next morning the parcel …"
  const timed = subject.findIndex(
    ({ low }, i) =>
      i > 1 &&
      ['the', 'a', 'an', 'our', 'their', 'his', 'her'].includes(low) &&
      /^(?:morning|evening|afternoon|night|day|week|month|year|time|moment|later|minutes?|hours?|days?|weeks?)$/.test(
        subject[i - 1]?.low ?? '',
      ),
  );
  if (timed > 0) {
    lead = subject.slice(0, timed);
    subject = subject.slice(timed);
  }
  const group = verbGroup(tokens, at);
  let rest = tokens.slice(group.end);
  let { verb, passive } = group;
  if (part.link === 'relative' && part.antecedent) {
    const noun = lastNoun(part.antecedent);
    if (['which', 'who'].includes(subject[0]?.low ?? '') && subject.length === 1) subject = noun;
    else if (['which', 'whom'].includes(subject[0]?.low ?? '')) {
      subject = subject.slice(1);
      rest = [...noun, ...rest];
    }
  }
  const anew = /^re-?(?=enter|type|scan|submit|upload|take|select|choose|do|try|fill)/.exec(verb);
  if (anew) verb = verb.slice(anew[0].length);
  // "We ask the user to confirm the address", "we let them pay".
  let caused = group.caused;
  if (!passive && CAUSERS.has(verb)) {
    const to = rest.findIndex((token, i) =>
      verb === 'let' || verb === 'make' || verb === 'help' || verb === 'have'
        ? (i > 0 && verbForm(token.low)?.form === 'base' && !NOUN_TOO.has(token.low)) ||
          (i > 0 && i < 4 && verbForm(token.low)?.form === 'base' && ['let'].includes(verb))
        : token.low === 'to' &&
          i > 0 &&
          verbForm(rest[i + 1]?.low ?? '')?.form === 'base' &&
          !w.DETERMINERS.has(rest[i + 1]?.low ?? ''),
    );
    if (to > 0 && to < 8) {
      const inner = rest[to]?.low === 'to' ? to + 1 : to;
      subject = rest.slice(0, to);
      verb = verbForm(rest[inner]?.low ?? '')?.base ?? '';
      rest = rest.slice(inner + 1);
      caused = true;
    }
  }
  const agentAt = passive
    ? rest.findIndex(
        ({ low }, i) =>
          low === 'by' &&
          !w.OBJECT_PRONOUNS.has(rest[i + 1]?.low ?? '') &&
          w.DETERMINERS.has(rest[i + 1]?.low ?? ''),
      )
    : -1;
  let agent: Token[] = [];
  if (agentAt >= 0) {
    agent = rest.slice(agentAt + 1);
    rest = rest.slice(0, agentAt);
  }
  rest = trimmed(
    withoutRecipient(
      rest.filter((token) => !isSoftAdverb(token)),
      verb,
    ),
  );
  const timeAt = rest.findIndex(({ low }, i) => i > 0 && TIME_PREPOSITIONS.has(low));
  const negated =
    group.negated ||
    [...subject, ...rest].some(({ low }) =>
      ['no', 'nobody', 'none', 'nothing', 'neither', 'never'].includes(low),
    );
  if (timeAt > 0 && !['if', 'unless', 'when'].includes(part.link)) rest = rest.slice(0, timeAt);
  while (
    rest.length > 0 &&
    (isMark(rest.at(-1), ',') || ['and', 'or', 'then', 'but'].includes(rest.at(-1)?.low ?? ''))
  )
    rest.pop();
  return {
    ...none(),
    ...(anew && { again: true }),
    subject,
    verb,
    rest,
    agent,
    passive,
    modal: group.modal ?? (caused ? 'must' : null),
    negated,
    perfect: group.perfect,
    state: group.state,
    optional: optional || group.modal === 'may',
  };
}

const isSoftAdverb = ({ low }: Token): boolean =>
  w.ADVERBS.has(low) &&
  !['first', 'up', 'once', 'twice', 'here', 'there', 'automatically', 'manually', 'yet', 'only'].includes(
    low,
  );

function relativeOut(subject: readonly Token[]): Token[] {
  const at = subject.findIndex(({ low }, i) => i > 0 && ['who', 'which', 'that', 'whose'].includes(low));
  return at > 0
    ? subject.slice(0, at).filter((token) => !isMark(token, ','))
    : subject.filter((token) => !isMark(token, ','));
}

/** The words of a relative clause about the subject. */
function relativeOf(subject: readonly Token[]): Token[] {
  const at = subject.findIndex(({ low }, i) => i > 0 && ['who', 'which', 'that', 'whose'].includes(low));
  return at > 0 ? subject.slice(at + 1) : [];
}

function leadEnd(tokens: readonly Token[]): number {
  const comma = tokens.findIndex((token) => isMark(token, ','));
  if (comma > 0 && comma < 12) return comma + 1;
  let found = 0;
  for (let i = 1; i < Math.min(tokens.length - 1, 12); i++) {
    const token = tokens[i] as Token;
    const previous = tokens[i - 1] as Token;
    if (
      w.PREPOSITIONS.has(previous.low) ||
      w.DETERMINERS.has(previous.low) ||
      ['and', 'or'].includes(previous.low)
    )
      continue;
    const starts =
      w.DETERMINERS.has(token.low) || ['he', 'she', 'they', 'we', 'it', 'i', 'you'].includes(token.low);
    if (starts && findVerb(tokens.slice(i), false) > 0) found = i;
  }
  return found;
}

/** The head noun phrase at the end of a clause. */
function lastNoun(tokens: readonly Token[]): Token[] {
  let start = tokens.length - 1;
  while (
    start > 0 &&
    !w.PREPOSITIONS.has(tokens[start - 1]?.low ?? '') &&
    !w.DETERMINERS.has(tokens[start]?.low ?? '') &&
    !isAux(tokens[start - 1]?.low ?? '') &&
    !(verbForm(tokens[start - 1]?.low ?? '') && !NOUN_TOO.has(tokens[start - 1]?.low ?? '')) &&
    !isMark(tokens[start - 1], ',')
  )
    start--;
  return tokens.slice(Math.max(0, start));
}

interface Group {
  verb: string;
  end: number;
  passive: boolean;
  modal: Modal;
  negated: boolean;
  perfect: boolean;
  state: boolean;
  caused: boolean;
}

function verbGroup(tokens: readonly Token[], at: number): Group {
  const group: Group = {
    verb: '',
    end: at,
    passive: false,
    modal: null,
    negated: false,
    perfect: false,
    state: false,
    caused: false,
  };
  let be = false;
  let i = at;
  for (; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const low = token.low;
    if (token.kind !== 'word') break;
    if (low === 'not' || low === 'never') {
      group.negated = true;
      continue;
    }
    const next = tokens[i + 1];
    if (w.ADVERBS.has(low) || ['both', 'either', 'all'].includes(low)) continue;
    if (w.MODALS.has(low)) {
      group.modal ??= w.MODALS.get(low) ?? null;
      continue;
    }
    if (w.BE.has(low)) {
      be = true;
      continue;
    }
    if (w.DO.has(low) && next && !w.DETERMINERS.has(next.low)) {
      if (verbForm(next.low) || next.low === 'not') continue;
    }
    if (w.HAVE.has(low) && next) {
      if (next.low === 'to') {
        group.modal ??= 'must';
        i++;
        continue;
      }
      const participle = next.low === 'not' || w.ADVERBS.has(next.low) ? tokens[i + 2] : next;
      if (
        participle &&
        (verbForm(participle.low)?.form === 'past' ||
          [
            'put',
            'set',
            'cut',
            'read',
            'reset',
            'shut',
            'split',
            'hit',
            'quit',
            'run',
            'come',
            'become',
          ].includes(participle.low) ||
          participle.low === 'been' ||
          (participle.low.endsWith('ed') && guessBase(participle.low).form === 'past'))
      ) {
        group.perfect = true;
        continue;
      }
    }
    if (low === 'able' && next?.low === 'to') {
      group.modal ??= 'can';
      be = false;
      i++;
      continue;
    }
    if ((low === 'going' && next?.low === 'to') || (low === 'about' && next?.low === 'to')) {
      be = false;
      i++;
      continue;
    }
    const form = guessBase(low);
    if (be) {
      const listed = verbForm(low);
      const causer =
        listed?.form === 'past' &&
        PASSIVE_CAUSERS.has(listed.base) &&
        next?.low === 'to' &&
        verbForm(tokens[i + 2]?.low ?? '')?.form === 'base';
      if (causer) {
        group.modal ??= 'must';
        group.caused = true;
        be = false;
        i++;
        continue;
      }
      if (
        (form.form === 'past' ||
          [
            'put',
            'set',
            'cut',
            'read',
            'reset',
            'shut',
            'split',
            'hit',
            'quit',
            'let',
            'overwritten',
            'run',
          ].includes(low)) &&
        (listed || low.length > 4)
      ) {
        group.passive = true;
        group.verb = form.base;
        i++;
      } else if (form.form === 'ing' && listed) {
        group.verb = form.base;
        i++;
      } else {
        group.verb = 'be';
        group.state = true;
      }
      group.end = i;
      return group;
    }
    if (i + 1 < tokens.length && next?.low === 'to' && INFINITIVE_CARRIERS.has(form.base)) {
      const target = tokens[i + 2];
      if (target && verbForm(target.low)?.form === 'base' && !w.DETERMINERS.has(target.low)) {
        if (WANTS.has(form.base)) group.modal = 'want';
        else if (form.base === 'need' || form.base === 'have') group.modal ??= 'must';
        if (form.base === 'refuse' || form.base === 'fail') group.negated = !group.negated;
        i++;
        continue;
      }
    }
    const listed = verbForm(low);
    // A bare participle: "refunded", coordinated with a passive, or "slot taken".
    if (listed?.form === 'past' && listed.base !== low && !group.modal && !group.perfect && i === at)
      group.passive = true;
    group.verb = form.base;
    if (
      form.base === 'get' &&
      next &&
      (verbForm(next.low)?.form === 'past' ||
        (next.low.endsWith('ed') && guessBase(next.low).form === 'past'))
    ) {
      group.verb = guessBase(next.low).base;
      group.passive = true;
      i++;
    }
    group.end = i + 1;
    return group;
  }
  group.verb = be ? 'be' : tokens[at] && w.HAVE.has(tokens[at].low) ? 'have' : '';
  group.state = be;
  group.end = i;
  return group;
}
