import type { Clause, Modal, Part } from '../clause.ts';
import { findPhrase, isMark, phraseAt, type Token } from '../text/tokens.ts';
import { endsInInfinitive, endsInParticiple, findFinal, findFinite, isNoun } from './find-verb.ts';
import { fromParticiple, infinitive, isAuxiliary, isFunctionWord, verbLike } from './verbs.ts';
import * as w from './words.ts';

function drop(tokens: Token[], list: readonly (readonly string[])[]): boolean {
  let found = false;
  for (let hit = findPhrase(tokens, list); hit; hit = findPhrase(tokens, list)) {
    tokens.splice(hit.at, hit.length);
    found = true;
  }
  return found;
}

/** Index behind the noun phrase that begins at `at`; `at` itself if none does. */
function phraseEnd(tokens: readonly Token[], at: number): number {
  let i = at;
  if (
    w.PRONOUNS.has(tokens[i]?.low ?? '') &&
    !isNoun(tokens[i + 1]) &&
    !(w.ARTICLES.has(tokens[i]?.low ?? '') && leadsToNoun(tokens, i + 1))
  )
    return i + 1;
  while (i < tokens.length) {
    const token = tokens[i] as Token;
    if (isNoun(token) || token.kind === 'quote') {
      i++;
      if (tokens[i]?.kind === 'quote') i++;
      // "Profil einer Praxis", "Start, Ziel und Datum".
      if (
        ['des', 'der', 'eines', 'einer', 'ihres', 'seiner', 'unseres'].includes(tokens[i]?.low ?? '') &&
        leadsToNoun(tokens, i + 1)
      ) {
        i++;
        continue;
      }
      if (
        (isMark(tokens[i], ',') || ['und', 'oder'].includes(tokens[i]?.low ?? '')) &&
        leadsToNoun(tokens, i + 1)
      ) {
        i++;
        continue;
      }
      if (isNoun(tokens[i])) continue;
      return i;
    }
    const attribute =
      token.kind === 'number' ||
      w.ARTICLES.has(token.low) ||
      (token.kind === 'word' && !isFunctionWord(token.low) && leadsToNoun(tokens, i + 1)) ||
      w.NEGATIONS.has(token.low);
    if (!attribute) return i > at && isNoun(tokens[i - 1]) ? i : at;
    i++;
  }
  return i > at && isNoun(tokens[i - 1]) ? i : at;
}

function leadsToNoun(tokens: readonly Token[], at: number): boolean {
  for (let i = at; i < Math.min(at + 4, tokens.length); i++) {
    const token = tokens[i];
    if (!token) return false;
    if (isNoun(token) || token.kind === 'quote') return true;
    if (
      token.kind === 'number' ||
      (token.kind === 'word' &&
        /(?:e|en|er|es|em|r)$/.test(token.low) &&
        !w.PREPOSITIONS.has(token.low) &&
        !isAuxiliary(token.low) &&
        !['und', 'oder', 'wir', 'er', 'sie'].includes(token.low))
    )
      continue;
    return false;
  }
  return false;
}

interface Predicate {
  verb: string;
  passive: boolean;
  modal: Modal;
  perfect: boolean;
  state: boolean;
  used: Set<Token>;
  finite: Token | null;
}

/** Joins a separated prefix, a participle or an infinitive at the end to the finite verb. */
function predicate(tokens: readonly Token[], at: number, main: boolean): Predicate {
  const finite = tokens[at] as Token;
  const used = new Set<Token>([finite]);
  const result: Predicate = {
    verb: '',
    passive: false,
    modal: null,
    perfect: false,
    state: false,
    used,
    finite,
  };
  const others = main ? tokens.slice(at + 1) : tokens.slice(0, at);
  const low = finite.low;
  let end = others.length - 1;
  while (
    end >= 0 &&
    (isMark(others[end], ',') ||
      ([
        'dürfen',
        'können',
        'müssen',
        'sollen',
        'wollen',
        'lassen',
        'werden',
        'worden',
        'haben',
        'sein',
      ].includes(others[end]?.low ?? '') &&
        end > 0 &&
        isAuxiliary(low) &&
        isVerbal(others[end - 1])))
  ) {
    if (others[end]?.low === 'werden') result.passive = true;
    used.add(others[end] as Token);
    end--;
  }
  const last = others[end];
  if (isAuxiliary(low)) {
    result.modal = w.MODALS.get(low) ?? null;
    // The verb of the clause need not be its last word: "wird angezeigt auf der Seite".
    let found = end;
    while (found >= 0 && !isVerbal(others[found])) found--;
    const verbal = found >= 0 && (found === end || main) ? others[found] : undefined;
    if (verbal && last) {
      const participle = fromParticiple(verbal.low);
      const base = w.MODALS.has(low) || (w.WERDEN.has(low) && !participle);
      if (base && !result.passive) {
        result.verb = infinitive(verbal.low);
        used.add(verbal);
      } else if (participle && (w.WERDEN.has(low) || result.passive)) {
        result.verb = participle;
        result.passive = true;
        used.add(verbal);
      } else if (participle && w.HAVE.has(low)) {
        result.verb = participle;
        result.perfect = true;
        used.add(verbal);
      } else if (participle && w.BE.has(low)) {
        result.verb = participle;
        result.state = true;
        result.perfect = true;
        used.add(verbal);
      }
      const zu = others[others.indexOf(verbal) - 1];
      if (zu?.low === 'zu') used.add(zu);
    }
    if (result.verb === '') {
      if (w.HAVE.has(low) || (result.modal === 'want' && others.some((token) => token.low === 'haben'))) {
        result.verb = 'haben';
        for (const token of others) if (token.low === 'haben') used.add(token);
      } else {
        result.verb = w.BE.has(low) || w.WERDEN.has(low) ? 'sein' : '';
        result.state = result.verb === 'sein';
      }
      if (w.WERDEN.has(low)) {
        result.verb = 'werden';
        result.state = true;
      }
    }
    return result;
  }
  const separate = main ? separablePrefix(others, end) : null;
  if (separate) used.add(separate);
  result.verb = (separate?.low ?? '') + infinitive(low);
  // "bekommt eine Warnung zu sehen".
  const beforeLast = others[end - 1];
  if (
    last &&
    main &&
    /^(?:bekommen|kriegen|erhalten)$/.test(result.verb) &&
    last.low === 'sehen' &&
    beforeLast?.low === 'zu'
  ) {
    result.verb = 'sehen';
    used.add(last);
    used.add(beforeLast);
  }
  // "lässt sich setzen", "bekommt angezeigt", "bittet, den X zu wählen".
  if (
    last &&
    last !== separate &&
    main &&
    ['lassen', 'bekommen', 'erhalten', 'gehen', 'helfen'].includes(result.verb) &&
    isVerbal(last)
  ) {
    const participle =
      result.verb === 'lassen' || result.verb === 'gehen' || result.verb === 'helfen'
        ? infinitive(last.low)
        : fromParticiple(last.low);
    if (participle) {
      result.verb = participle;
      used.add(last);
      if (['bekommen', 'erhalten'].includes(infinitive(low))) result.verb = participle;
    }
  }
  return result;
}

const isVerbal = (token: Token | undefined): boolean =>
  token !== undefined &&
  token.kind === 'word' &&
  !isNoun(token) &&
  verbLike(token.low) &&
  !isAuxiliary(token.low) &&
  /(?:en|ern|eln|t|n)$/.test(token.low) &&
  !w.ADVERBS.has(token.low);

function separablePrefix(others: readonly Token[], end: number): Token | null {
  for (let i = end; i >= 0 && i >= end - 8; i--) {
    const token = others[i] as Token;
    const next = others[i + 1];
    if (!w.SEPARABLE_SET.has(token.low)) continue;
    const closes =
      next === undefined ||
      isMark(next, ',') ||
      i === end ||
      ['und', 'oder'].includes(next.low) ||
      w.PREPOSITIONS.has(next.low);
    if (
      closes &&
      !(w.PREPOSITIONS.has(token.low) && next !== undefined && i !== end && leadsToNoun(others, i + 1))
    )
      return token;
    if (i === end) return token;
  }
  return null;
}

export function parseGerman(part: Part): Clause {
  const tokens = withoutCauser(part.tokens.filter((token) => token.low !== 'bitte'));
  const full = tokens.length;
  if (namesCases(part)) return namedCases(tokens, part);
  const optional = drop(tokens, w.OPTIONAL);
  const inBranch = drop(tokens, w.IN_BRANCH);
  const latter = drop(tokens, w.LATTER);
  const parallel = drop(tokens, w.PARALLEL);
  const state = tokens.some(({ low }) => w.BE.has(low));
  const again = drop(tokens, state ? w.AGAIN.filter(([first]) => first !== 'neu') : w.AGAIN);
  const direct =
    !tokens.every(({ low }) => w.DIRECT.some(([word]) => word === low)) && drop(tokens, w.DIRECT);
  drop(tokens, LONG_LEADS);
  const explained = tokens.findIndex(
    (token, i) => isMark(token, ',') && ['also', 'nämlich', 'sprich'].includes(tokens[i + 1]?.low ?? ''),
  );
  const resumed = explained < 0 ? -1 : tokens.findIndex((token, i) => i > explained && isMark(token, ','));
  if (resumed > 0) tokens.splice(explained, resumed - explained + 1);
  let relativeNoun: Token[] = [];
  let lead: Token[] = [];
  while (tokens.length > 0) {
    const length = phraseAt(tokens, w.LEADS);
    if (length > 0) tokens.splice(0, length);
    else if (
      (w.ADVERBS.has(tokens[0]?.low ?? '') &&
        tokens[0]?.low !== 'zurück' &&
        tokens[0]?.low !== 'weiter' &&
        tokens[0]?.low !== 'maximal' &&
        tokens[0]?.low !== 'max.') ||
      isMark(tokens[0], ',') ||
      ['und', 'aber', 'oder'].includes(tokens[0]?.low ?? '')
    )
      tokens.splice(0, 1);
    else break;
  }
  const base = () => ({
    link: part.link,
    colon: part.colon ?? false,
    word: part.word ?? '',
    tokens,
    lead,
    agent: [] as Token[],
    again,
    optional,
    parallel,
    direct,
    inBranch,
    latter,
    relative: relativeNoun.length < 0 ? [] : ([] as Token[]),
    question:
      (part.question ?? false) || /^(?:manchmal|gelegentlich|mitunter)$/.test(part.tokens[0]?.low ?? ''),
    postposed: part.postposed ?? false,
  });
  const bare = (): Clause => ({
    ...base(),
    subject: [],
    verb: '',
    rest: tokens,
    passive: false,
    modal: null,
    negated: tokens.some(({ low }) => w.NEGATIONS.has(low)),
    perfect: false,
    state: false,
  });
  const final =
    part.link === 'relative' ||
    (['if', 'unless', 'when', 'until', 'reason', 'whether'].includes(part.link) &&
      findFinite(tokens, true) !== 0);
  if (part.link === 'relative' && part.antecedent) relativeNoun = lastNoun(part.antecedent);
  if (part.shares) return infinitiveClause(tokens, base(), part);
  let at = final ? findFinal(tokens) : findFinite(tokens, part.link !== 'and' && part.link !== 'or');
  if (final && at >= 0 && at < tokens.length - 3 && part.link !== 'relative') at = -1;
  if (final && at < 0) at = findFinite(tokens, true);
  if (at < 0) {
    if (endsInInfinitive(tokens) || endsInParticiple(tokens)) return infinitiveClause(tokens, base(), part);
    return bare();
  }
  const main = !final || (at < tokens.length - 1 && findFinal(tokens) !== at);
  const what = predicate(tokens, at, main);
  const words = tokens.filter((token) => !what.used.has(token));
  const before = main ? tokens.slice(0, at).filter((token) => !what.used.has(token)) : [];
  let subject: Token[] = [];
  let rest: Token[];
  const after = words.filter((token) => !before.includes(token));
  if (main && before.length > 0 && !isLead(before) && !objectFirst(before, after, tokens[at] as Token)) {
    subject = before;
    rest = after;
  } else if (
    main &&
    before.length === 0 &&
    !['then', 'else', 'when', 'meanwhile', 'if', 'unless'].includes(part.link) &&
    (part.link === 'and' ||
      part.link === 'or' ||
      (tokens.length === full && parallel === false && inBranch === false && !part.question)) &&
    !NOMINATIVE_ONLY.has(after[0]?.low ?? '')
  ) {
    rest = after;
  } else {
    if (main) lead = isLead(before) ? before : [];
    let from = 0;
    const pool = part.link === 'relative' ? words.slice(1) : after;
    while (
      from < pool.length &&
      (['ihn', 'einander'].includes(pool[from]?.low ?? '') ||
        (w.RECIPIENTS.has(pool[from]?.low ?? '') && pool[from]?.low !== 'ihr') ||
        w.ADVERBS.has(pool[from]?.low ?? '') ||
        (pool[from]?.low === 'ihr' && !leadsToNoun(pool, from + 1)) ||
        pool[from]?.low === 'nicht')
    )
      from++;
    if (part.link === 'relative') {
      const nominative =
        NOMINATIVE_ONLY.has(pool[from]?.low ?? '') ||
        (pool[from]?.low === 'sie' && !leadsToNoun(pool, from + 1));
      const pronoun = words[0]?.low ?? '';
      const objective =
        nominative ||
        ['den', 'dem'].includes(pronoun) ||
        (['die', 'das'].includes(pronoun) &&
          phraseEnd(pool, from) > from &&
          ['der', 'die', 'das', 'ein', 'eine', 'unser', 'unsere'].includes(pool[from]?.low ?? ''));
      if (objective) {
        const end = phraseEnd(pool, from);
        subject = pool.slice(from, end);
        rest = [...relativeNoun, ...pool.slice(0, from), ...pool.slice(end)];
      } else if (pronoun.startsWith('wo')) {
        const led = w.PREPOSITIONS.has(pool[from]?.low ?? '') ? phraseEnd(pool, from + 1) : from;
        if (led > from + 1) {
          lead = pool.slice(from, led);
          pool.splice(from, led - from);
        }
        const end = phraseEnd(pool, from);
        subject = pool.slice(from, end);
        rest = [...pool.slice(0, from), ...pool.slice(end)];
      } else {
        subject = relativeNoun;
        rest = pool;
      }
    } else {
      const end = phraseEnd(pool, from);
      subject = pool.slice(from, end);
      rest = [...pool.slice(0, from), ...pool.slice(end)];
      if (before.length > 0 && !isLead(before)) rest = [...before, ...rest];
    }
  }
  const agentAt = what.passive
    ? rest.findIndex(
        ({ low }, i) => (low === 'von' || low === 'vom' || low === 'durch') && leadsToNoun(rest, i + 1),
      )
    : -1;
  let agent: Token[] = [];
  if (agentAt >= 0) {
    const end = phraseEnd(rest, agentAt + 1);
    agent = rest.slice(agentAt + 1, end);
    rest = [...rest.slice(0, agentAt), ...rest.slice(end)];
  }
  const negated = [...tokens].some(({ low }) => w.NEGATIONS.has(low));
  rest = cleaned(rest, part.link);
  const es = subject.length === 1 && subject[0]?.low === 'es' && what.verb !== '';
  const order =
    main && at === 0
      ? [
          ...subject,
          lowered(what.finite as Token),
          ...tokens.filter((token) => token !== what.finite && !subject.includes(token)),
        ]
      : tokens;
  return {
    ...base(),
    tokens: ['if', 'unless', 'when'].includes(part.link) || part.question ? order : tokens,
    subject: es && what.state ? [] : subject.filter((token) => !isMark(token, ',')),
    verb: what.verb,
    rest,
    lead,
    agent,
    passive: what.passive,
    modal: what.modal,
    negated,
    perfect: what.perfect,
    state: what.state,
  };
}

/** "sofort / geplant / Entwurf": bare names between strokes behind a colon. */
function namesCases(part: Part): boolean {
  if (
    (part.link !== 'colon' && part.link !== 'equals' && part.link !== 'first') ||
    !part.tokens.some((token) => isMark(token, '/'))
  )
    return false;
  let length = 0;
  for (const token of part.tokens) {
    length = isMark(token, '/') ? 0 : length + 1;
    if (length > 2 || (token.kind === 'mark' && !isMark(token, '/'))) return false;
  }
  return true;
}

function namedCases(tokens: readonly Token[], part: Part): Clause {
  return {
    link: part.link,
    colon: part.colon ?? false,
    word: part.word ?? '',
    tokens,
    subject: [],
    verb: '',
    rest: tokens,
    lead: [],
    agent: [],
    passive: false,
    modal: null,
    negated: false,
    perfect: false,
    state: false,
    again: false,
    optional: false,
    parallel: false,
    direct: false,
    question: part.question ?? false,
    postposed: false,
    inBranch: false,
    latter: false,
    relative: [],
  };
}

/** The verb of "Schlägt die …" moves behind its subject. */
const lowered = (token: Token): Token => ({ ...token, text: token.low });

const LONG_LEADS = w.LEADS.filter((phrase) => phrase.length > 1);
const NOMINATIVE_ONLY = new Set(['er', 'wir', 'ich', 'man', 'es', 'der']);

function infinitiveClause(
  tokens: readonly Token[],
  base: Pick<
    Clause,
    | 'link'
    | 'colon'
    | 'word'
    | 'tokens'
    | 'lead'
    | 'agent'
    | 'again'
    | 'optional'
    | 'parallel'
    | 'direct'
    | 'inBranch'
    | 'latter'
    | 'relative'
    | 'question'
    | 'postposed'
  >,
  part: Part,
): Clause {
  const last = tokens.at(-1) as Token;
  if (w.PREPOSITIONS.has(tokens[0]?.low ?? '') && tokens.length > 3) {
    const end = phraseEnd(tokens, 1);
    if (end > 1 && w.ARTICLES.has(tokens[end]?.low ?? ''))
      return infinitiveClause(tokens.slice(end), { ...base, lead: tokens.slice(0, end) }, part);
  }
  const helper = tokens.at(-2);
  if (last.low === 'lassen' && helper && isVerbal(helper)) {
    const rest = cleaned(tokens.slice(0, -2), part.link);
    return {
      ...base,
      subject: [],
      verb: `${helper.low} lassen`,
      rest,
      passive: false,
      modal: null,
      negated: false,
      perfect: false,
      state: false,
    };
  }
  const participle =
    part.shares === 'infinitive' ||
    (endsInInfinitive(tokens) && !/^ge|.ge/.test(last.low) && part.shares !== 'participle')
      ? null
      : fromParticiple(last.low);
  const words = tokens.slice(0, -1);
  const end = participle ? phraseEnd(words, 0) : 0;
  return {
    ...base,
    subject: words.slice(0, end),
    verb: participle ?? infinitive(last.low),
    rest: cleaned(words.slice(end), part.link),
    passive: participle !== null,
    modal: null,
    negated: tokens.some(({ low }) => w.NEGATIONS.has(low)),
    perfect: participle !== null,
    state: false,
  };
}

/** A phrase ahead of the verb that is no subject. */
function isLead(before: readonly Token[]): boolean {
  const head = before[0];
  if (head?.low === 'zu' && /^\p{Ll}+e[nrs]?$/u.test(before[1]?.text ?? '') && isNoun(before[2]))
    return false;
  return (
    head === undefined ||
    w.PREPOSITIONS.has(head.low) ||
    w.ADVERBS.has(head.low) ||
    ['dem', 'ihm', 'ihnen', 'mir', 'uns'].includes(head.low) ||
    (head.kind === 'number' && before.length < 3) ||
    ((head.kind === 'number' || w.NUMBERS.has(head.low)) &&
      /^(?:stunden?|minuten?|tage?|wochen?|monate?|jahre?|sekunden?)$/.test(before[1]?.low ?? ''))
  );
}

/** "Höhere Beträge prüft ein Mitarbeiter": the object stands first. */
function objectFirst(before: readonly Token[], after: readonly Token[], finite: Token): boolean {
  const next = after[0]?.low ?? '';
  if (['den', 'einen', 'dem', 'einem', 'keinen', 'diesen'].includes(before[0]?.low ?? '')) return true;
  if (['wir', 'er', 'ich', 'man'].includes(next)) return true;
  const noun = before.find((token) => isNoun(token));
  const many =
    !w.ARTICLES.has(before[0]?.low ?? '') && /(?:en|e|s)$/.test(noun?.low ?? '') && before.length > 1;
  return (
    many && finite.low.endsWith('t') && ['ein', 'eine', 'der', 'die', 'das', 'unser', 'unsere'].includes(next)
  );
}

/** "wird gebeten, den Router neu zu starten": what is asked for is the step. */
function withoutCauser(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(({ low }) =>
    /^(?:gebeten|aufgefordert|angewiesen|eingeladen|ermutigt|verpflichtet|bittet|bitten|fordert|fordern|empfohlen)$/.test(
      low,
    ),
  );
  if (at < 0) return [...tokens];
  const comma = tokens.findIndex((token, i) => i > at && isMark(token, ','));
  const last = tokens.at(-1);
  if (comma < 0 || comma - at > 5 || !last) return [...tokens];
  const zu = tokens.at(-2)?.low === 'zu';
  const bare = zu ? last.low : last.low.replace(/^(\p{L}{2,7}?)zu(?=\p{L}{3,}n$)/u, '$1');
  if (!zu && bare === last.low) return [...tokens];
  const subject = tokens.find(({ low }) => ['sie', 'er', 'ich', 'wir'].includes(low)) ?? {
    text: 'sie',
    low: 'sie',
    kind: 'word' as const,
  };
  const must: Token = { text: 'muss', low: 'muss', kind: 'word' };
  return [subject, must, ...tokens.slice(comma + 1, zu ? -2 : -1), { text: bare, low: bare, kind: 'word' }];
}

/** The noun phrase at the end of a clause. */
function lastNoun(tokens: readonly Token[]): Token[] {
  let inPhrase = -1;
  for (let end = tokens.length; end > 0; end--) {
    if (!isNoun(tokens[end - 1])) continue;
    if (
      inPhrase < 0 &&
      insidePhrase(tokens, end - 1) &&
      tokens.slice(0, end - 1).some((token, i) => isNoun(token) && !insidePhrase(tokens, i))
    ) {
      inPhrase = end;
      while (end > 0 && (insidePhrase(tokens, end - 1) || !isNoun(tokens[end - 1]))) end--;
      end++;
      continue;
    }
    let start = end - 1;
    while (
      start > 0 &&
      !w.ARTICLES.has(tokens[start - 1]?.low ?? '') &&
      !w.PREPOSITIONS.has(tokens[start - 1]?.low ?? '') &&
      (/(?:e|en|er|es|em)$/.test(tokens[start - 1]?.low ?? '') || isNoun(tokens[start - 1])) &&
      !isAuxiliary(tokens[start - 1]?.low ?? '')
    )
      start--;
    return tokens.slice(start, end);
  }
  return [];
}

/** Whether a noun depends on a preposition. */
function insidePhrase(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    const low = tokens[i]?.low ?? '';
    if (w.PREPOSITIONS.has(low)) return true;
    if (!w.ARTICLES.has(low) && !/(?:e|en|er|es|em)$/.test(low)) return false;
    if (isNoun(tokens[i])) return false;
  }
  return false;
}

/** Without recipients that are pronouns, adverbs, and phrases of time. */
function cleaned(rest: readonly Token[], link: Part['link']): Token[] {
  let out = rest.filter(
    (token, i) =>
      !(
        w.RECIPIENTS.has(token.low) &&
        !(token.low === 'ihr' && leadsToNoun(rest, i + 1)) &&
        !(token.low === 'ihr' && false)
      ) &&
      !(
        w.ADVERBS.has(token.low) &&
        !['automatisch', 'zurück', 'weiter', 'manuell', 'online', 'rechtzeitig', 'nicht'].includes(token.low)
      ),
  );
  if (!['if', 'unless', 'when'].includes(link)) {
    const timed = out.findIndex(
      (token, i) =>
        ['nach', 'vor', 'seit', 'binnen', 'innerhalb'].includes(token.low) &&
        out
          .slice(i + 1, i + 4)
          .some(({ low }) =>
            /^(?:minuten?|stunden?|tage?n?|wochen?|monate?n?|sekunden?|jahre?n?)$/.test(low),
          ),
    );
    if (timed >= 0) {
      const unit = out.findIndex(
        ({ low }, i) =>
          i > timed && /^(?:minuten?|stunden?|tage?n?|wochen?|monate?n?|sekunden?|jahre?n?)$/.test(low),
      );
      // What stands behind the time still belongs to the verb: "binnen 5 Tagen Stellung nehmen".
      const behind = out.slice(unit + 1);
      out = [
        ...out.slice(0, timed),
        ...(timed === 0 && !w.PREPOSITIONS.has(behind[0]?.low ?? '') ? behind : []),
      ];
    }
    const time = out.findIndex(
      (token, i) =>
        ['nach', 'vor', 'seit', 'während', 'innerhalb', 'binnen', 'bis'].includes(token.low) &&
        i > 0 &&
        /^(?:\d.*|einer|einem|eine|zwei|drei|dem|der|wenigen|kurzer)$/.test(out[i + 1]?.low ?? ''),
    );
    if (time > 0) out = out.slice(0, time);
  }
  while (
    out.length > 0 &&
    (isMark(out.at(-1), ',') || ['und', 'oder', 'dann'].includes(out.at(-1)?.low ?? ''))
  )
    out.pop();
  while (out.length > 0 && isMark(out[0], ',')) out.shift();
  return out;
}
