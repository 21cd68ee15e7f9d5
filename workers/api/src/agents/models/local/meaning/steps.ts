import type { Clause } from '../clause.ts';
import { infinitive } from '../de/verbs.ts';
import type { Token } from '../text/tokens.ts';
import {
  capital,
  type Context,
  headOf,
  kindOf,
  nounPhrase,
  plain,
  remember,
  shorten,
  textOf,
  withPeople,
} from './context.ts';
import { verbForm } from '../en/verbs.ts';
import { contentStems, stem } from './likeness.ts';
import type { StepDraft, StepType } from './statement.ts';

export function draftOf(
  type: StepType,
  title: string,
  clause: Clause | null,
  more: Partial<StepDraft> = {},
): StepDraft {
  return {
    type,
    title: shorten(capital(title)) || '…',
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
    ...more,
  };
}

function aheadOf(clause: Clause | null): 'instead' | 'before' | null {
  const words = clause?.tokens.map(({ low }) => low) ?? [];
  if (words.some((low) => /^(?:stattdessen|ersatzweise|instead)$/.test(low))) return 'instead';
  return words.some((low) => /^(?:vorher|zuvor|beforehand)$/.test(low)) ? 'before' : null;
}

const SHOW = { en: 'Show', de: 'anzeigen' } as const;
const SEND = { en: 'Send', de: 'senden' } as const;

function worded(verb: 'show' | 'send', rest: readonly Token[], context: Context): string {
  const { language } = context.lexicon;
  const text = textOf(plain(rest, context));
  const word = (verb === 'show' ? SHOW : SEND)[language];
  return language === 'en' ? `${word} ${text}` : `${text} ${word}`;
}

/** A bare noun phrase between marks: "error", "welcome page", "one reminder". */
function fragment(clause: Clause, context: Context): StepDraft | null {
  const { lexicon } = context;
  const rest = plain(clause.tokens, context).filter(
    (token) => token.kind !== 'mark' || ['/', '%', '&'].includes(token.text),
  );
  if (rest.length === 0 || rest.length > 14) return null;
  const phrase = nounPhrase(rest, lexicon);
  const head = headOf(phrase, lexicon);
  const button = rest.length === 1 && rest[0]?.kind === 'quote';
  if (button)
    return draftOf('action', lexicon.compose(lexicon.language === 'en' ? 'click' : 'klicken', rest), clause, {
      verb: lexicon.language === 'en' ? 'click' : 'klicken',
    });
  if (head === '') return null;
  // "The evening before the trip".
  if (
    rest
      .slice(0, 2)
      .some(
        ({ low }, i) =>
          /^(?:evening|morning|night|days?|hours?|weeks?|months?|minutes?)$/.test(low) &&
          ['before', 'after', 'later'].includes(rest[i + 1]?.low ?? ''),
      )
  )
    return null;
  context.thing = phrase;
  if (lexicon.place.test(head)) return draftOf('screen', textOf(rest), clause);
  if (rest.some(({ low }) => lexicon.sent.test(low)))
    return draftOf('system', worded('send', rest, context), clause, { verb: 'send' });
  if (lexicon.message.test(head))
    return draftOf('system', worded('show', rest, context), clause, { verb: 'show' });
  return draftOf(
    clause.link === 'arrow' || clause.link === 'first' ? 'screen' : 'system',
    textOf(rest),
    clause,
  );
}

const RENEWED = new Set(
  'new different another other fresh neu neue neuen neues neuer anderer andere anderen anderes weitere weiteren'.split(
    ' ',
  ),
);

/** The noun phrase that a verb of motion or showing leads to. */
function goal(rest: readonly Token[], verb: string, context: Context): Token[] {
  const at = rest.findIndex(({ low }) =>
    [
      'to',
      'on',
      'at',
      'into',
      'in',
      'onto',
      'zu',
      'zur',
      'zum',
      'auf',
      'im',
      'ins',
      'in',
      'bei',
      'beim',
      'an',
    ].includes(low),
  );
  const moves =
    /^(?:redirect|take|send|forward|lead|bring|transfer|weiterleiten|leiten|führen|umleiten|bringen)$/.test(
      verb,
    );
  const from = at === 0 || (at > 0 && moves) ? rest.slice(at + 1) : rest;
  return plain(from, context);
}

export function stepOf(clause: Clause, context: Context): StepDraft | null {
  const { lexicon } = context;
  if (clause.verb === '') return fragment(clause, context);
  const who = kindOf(clause.subject, context);
  const { verb } = clause;
  const rest = clause.rest;
  const subjectPlain = plain(clause.subject, context);
  const objectHead = headOf(rest, lexicon);
  const subjectHead = headOf(clause.subject, lexicon);
  const actor = clause.agent.length > 0 ? kindOf(clause.agent, context) : clause.passive ? 'system' : who;
  if (
    who === 'person' &&
    context.hero === '' &&
    !clause.passive &&
    clause.subject.length > 0 &&
    !lexicon.personPronouns.has(clause.subject[0]?.low ?? '')
  )
    context.hero = subjectHead;

  // Places that are opened, reached or shown.
  if (clause.passive || who === 'thing' || (who === 'none' && rest.length === 0)) {
    const shown = lexicon.show.has(verb) || lexicon.open.has(verb);
    if (shown && (who === 'person' || who === 'none') && rest.length > 0)
      return placeOrMessage(rest, clause, context);
    if (shown) {
      const what = subjectPlain.length > 0 ? subjectPlain : plain(rest, context);
      if (what.length > 0 && lexicon.open.has(verb) && !clause.passive) {
        context.thing = nounPhrase(what, lexicon);
        if (!lexicon.message.test(subjectHead))
          return draftOf('screen', textOf(nounPhrase(what, lexicon).length > 0 ? what : what), clause, {
            object: contentStems(textOf(what)),
          });
      }
      return placeOrMessage(
        subjectPlain.length > 0 &&
          (clause.passive ||
            nounPhrase(rest, lexicon).length === 0 ||
            (lexicon.isFunction(rest[0] as Token) && !lexicon.articles.has(rest[0]?.low ?? '')))
          ? subjectPlain
          : rest,
        clause,
        context,
      );
    }
    // "is sent a code": what is sent is the object.
    if (
      clause.passive &&
      who === 'person' &&
      lexicon.articles.has(rest[0]?.low ?? '') &&
      /^(?:send|give|show|offer|grant|hand|issue|assign|email|mail|text)$/.test(verb)
    ) {
      remember(context, nounPhrase(rest, lexicon));
      return draftOf('system', lexicon.compose(verb, plain(rest, context)), clause, {
        verb,
        object: contentStems(textOf(plain(rest, context))),
      });
    }
    if (
      clause.passive &&
      lexicon.reach.has(verb) &&
      rest.length > 0 &&
      (who === 'person' || who === 'none') &&
      lexicon.isFunction(rest[0] as Token)
    ) {
      const target = goal(rest, verb, context);
      if (lexicon.place.test(headOf(target, lexicon)) || who === 'person') {
        context.thing = nounPhrase(target, lexicon);
        return draftOf('screen', textOf(target), clause);
      }
    }
  } else if (
    lexicon.open.has(verb) &&
    !/^(?:start|load|launch|starten|laden)$/.test(verb) &&
    who !== 'system' &&
    rest.length > 0
  ) {
    context.thing = nounPhrase(rest, lexicon);
    return draftOf('screen', textOf(plain(rest, context)), clause, { person: true });
  } else if ((lexicon.reach.has(verb) || lexicon.show.has(verb)) && rest.length > 0) {
    const target = goal(rest, verb, context);
    const placed = nounPhrase(target, lexicon);
    if (
      placed.some(({ low }) => lexicon.place.test(low)) ||
      (lexicon.reach.has(verb) &&
        (/^(?:land|reach|visit|gelangen|landen|zurückkommen|zurückkehren|zurückgehen)$/.test(verb) ||
          (/^(?:go|gehen)$/.test(verb) &&
            who === 'person' &&
            /^(?:to|onto|into|zu|zur|zum|auf|in|ins)$/.test(rest[0]?.low ?? ''))) &&
        placed.length > 0 &&
        rest[0] !== undefined &&
        lexicon.isFunction(rest[0]))
    ) {
      if (
        !(
          verb === 'send' ||
          (verb === 'enter' && !placed.some(({ low }) => /room|lobby|raum/.test(low))) ||
          verb === 'bring'
        )
      ) {
        context.thing = placed;
        return draftOf('screen', textOf(target), clause, { person: who === 'person' });
      }
    }
    if (lexicon.show.has(verb) && who !== 'system' && verb !== 'present')
      return placeOrMessage(rest, clause, context);
  }
  const received = headOf(rest, lexicon);
  if (
    lexicon.receive.has(verb) &&
    !clause.passive &&
    who !== 'system' &&
    /^(?:notification|refund|reminder|benachrichtigung|erstattung|erinnerung|invitation|einladung)s?$/.test(
      received,
    ) &&
    nounPhrase(rest, lexicon).length === 1
  ) {
    const verbs: Readonly<Record<string, string>> = {
      notification: 'notify',
      refund: 'refund',
      reminder: 'remind',
      benachrichtigung: 'benachrichtigen',
      erstattung: 'erstatten',
      erinnerung: 'erinnern',
      invitation: 'invite',
      einladung: 'einladen',
    };
    const act = verbs[received.replace(/s$/, '')] ?? 'send';
    return draftOf('system', lexicon.compose(act, subjectPlain), clause, {
      verb: act,
      closing: lexicon.closing.has(act),
    });
  }
  if (
    lexicon.receive.has(verb) &&
    !clause.passive &&
    who !== 'system' &&
    nounPhrase(rest, lexicon).length > 0 &&
    !/^(?:in|on|out|up|off|to|back)$/.test(rest[0]?.low ?? '')
  ) {
    context.thing = nounPhrase(rest, lexicon);
    return draftOf('system', worded('send', rest, context), clause, {
      verb: 'send',
      renewed: rest.some(({ low }) => RENEWED.has(low)),
    });
  }
  if (/^(?:raus|hinaus|heraus)gehen$/.test(verb) && (who === 'thing' || lexicon.sent.test(subjectHead))) {
    context.thing = nounPhrase(clause.subject, lexicon);
    return draftOf('system', worded('send', [...subjectPlain, ...rest], context), clause, { verb: 'send' });
  }
  return verbStep(clause, context, actor, { subjectPlain, objectHead, subjectHead, who });
}

function placeOrMessage(tokens: readonly Token[], clause: Clause, context: Context): StepDraft {
  const { lexicon } = context;
  const what = plain(tokens, context);
  const phrase = nounPhrase(what, lexicon);
  if (!/(?:error|message|hint|fehler|meldung|hinweis)$/.test(headOf(phrase, lexicon))) context.thing = phrase;
  if (phrase.some(({ low }) => lexicon.place.test(low)) && !lexicon.message.test(headOf(phrase, lexicon)))
    return draftOf('screen', textOf(what), clause);
  return draftOf('system', worded('show', what, context), clause, { verb: 'show' });
}

interface Parts {
  subjectPlain: Token[];
  objectHead: string;
  subjectHead: string;
  who: string;
}

function verbStep(clause: Clause, context: Context, actor: string, parts: Parts): StepDraft {
  const { lexicon } = context;
  const { verb } = clause;
  let rest = plain(withPeople(clause.rest, verb, context), context);
  if (
    /^(?:click|tap|press|klicken|tippen|drücken)$/.test(verb) &&
    ['on', 'auf'].includes(rest[0]?.low ?? '') &&
    rest.length > 1
  )
    rest = rest.slice(1);
  const named = clause.rest.length > 0 && !['about', 'nach', 'um', 'for'].includes(clause.rest[0]?.low ?? '');
  const asks = lexicon.ask.has(verb) && !clause.passive && !(named && clause.rest[0]?.kind !== 'quote');
  const pronounObject = clause.rest.length <= 2 && clause.rest.some(({ low }) => lexicon.pronouns.has(low));
  // "she is invited": nobody new is named.
  const someone = clause.subject.length === 1 && lexicon.personPronouns.has(clause.subject[0]?.low ?? '');
  const things =
    clause.subject[0]?.low === 'they' && context.thing.at(-1)?.low.endsWith('s') === true
      ? [...context.thing]
      : [];
  if (clause.passive && clause.subject.length > 0)
    rest = [...(someone ? things : parts.subjectPlain), ...rest];
  const keepsSubject =
    !clause.passive &&
    parts.who === 'thing' &&
    !pronounObject &&
    (verb === 'werden' ||
      verb === 'become' ||
      clause.rest.length === 0 ||
      !nounPhrase(clause.rest, lexicon).length ||
      isAdjectival(clause.rest, context));
  const object = nounPhrase(rest, lexicon);
  const acted = nounPhrase(parts.subjectPlain, lexicon);
  if (clause.passive && acted.length > 0) remember(context, acted);
  else if (object.length > 0 && !pronounObject) remember(context, object);
  else if (keepsSubject) remember(context, acted);
  const type: StepType =
    actor === 'person'
      ? 'action'
      : actor === 'none' && !clause.passive
        ? 'action'
        : actor === 'thing' &&
            !keepsSubject &&
            !/^\p{Lu}/u.test(clause.subject.at(-1)?.text ?? '') &&
            lexicon.language === 'en'
          ? 'action'
          : actor === 'thing' && !keepsSubject && lexicon.language === 'de'
            ? 'action'
            : 'system';
  const common = {
    verb,
    can: clause.modal === 'can' || clause.modal === 'may',
    person: type === 'action',
    closing: lexicon.closing.has(verb) && !(type === 'action' && /^(?:close|schließen)$/.test(verb)),
    pronounObject,
    renewed:
      clause.rest.some(({ low }) => RENEWED.has(low)) ||
      (clause.passive && clause.subject.some(({ low }) => RENEWED.has(low))),
  };
  if (
    lexicon.ask.has(verb) &&
    !clause.passive &&
    clause.rest[0] &&
    ['for', 'nach', 'um'].includes(clause.rest[0].low) &&
    parts.who !== 'person'
  ) {
    const again =
      clause.rest.length <= 2 && (clause.again || clause.rest.some(({ low }) => lexicon.pronouns.has(low)));
    const asked = plain(clause.rest.slice(1), context);
    if (again)
      return draftOf('action', textOf(asked), clause, {
        ...common,
        verb: '',
        object: [],
        pronounObject: true,
        again: true,
      });
    context.thing = nounPhrase(asked, lexicon);
    const title = lexicon.language === 'en' ? `Enter ${textOf(asked)}` : `${textOf(asked)} angeben`;
    return draftOf('action', title, clause, {
      ...common,
      verb: lexicon.language === 'en' ? 'enter' : 'angeben',
      asked: true,
      object: contentStems(textOf(asked)),
    });
  }
  const title = keepsSubject
    ? textOf([...parts.subjectPlain, ...finiteForm(clause, context)])
    : lexicon.compose(verb, rest);
  return draftOf(type, title, clause, {
    ...common,
    object:
      rest.length > 0
        ? contentStems(textOf(rest))
        : parts.who === 'thing'
          ? contentStems(textOf(parts.subjectPlain))
          : [],
    keepsSubject,
    asks: asks || lexicon.offer.has(verb),
    asked: clause.modal === 'must' && parts.who !== 'thing' && false,
  });
}

/** "After checking the preview she …": an act that the text has not told yet. */
export function actOfLead(clause: Clause, context: Context): StepDraft | null {
  const [after, gerund] = clause.lead;
  if (after?.low !== 'after' || !gerund || context.lexicon.language !== 'en') return null;
  const form = verbForm(gerund.low);
  if (form?.form !== 'ing') return null;
  const draft = stepOf(
    {
      ...clause,
      verb: form.base,
      rest: clause.lead.slice(2),
      lead: [],
      passive: false,
      negated: false,
      again: false,
      parallel: false,
      modal: null,
      tokens: clause.lead.slice(1),
    },
    context,
  );
  return draft && draft.object.length > 0 && clause.lead.length > 2 ? draft : null;
}

/** "On the listing page she …": a place that the text has not shown yet. */
export function placeOfLead(clause: Clause, context: Context): StepDraft | null {
  const { lexicon } = context;
  if (clause.verb === '' || clause.negated || ['if', 'unless', 'when'].includes(clause.link)) return null;
  const inLead =
    clause.lead.length > 0 && /^(?:on|in|at|auf|in|im|am)$/.test(clause.lead[0]?.low ?? '')
      ? clause.lead.slice(1)
      : null;
  const at = inLead ? -1 : clause.rest.findIndex(({ low }) => ['on', 'auf', 'at'].includes(low));
  const words = inLead ?? (at > 0 ? clause.rest.slice(at + 1) : []);
  if (!lexicon.articles.has(words[0]?.low ?? '') && !['im', 'am'].includes(clause.lead[0]?.low ?? ''))
    return null;
  if (/^(?:a|an|ein|eine|einem|einer|each|every|any)$/.test(words[0]?.low ?? '')) return null;
  const phrase = nounPhrase(words, lexicon);
  const head = phrase.findLast(({ kind }) => kind !== 'quote')?.low ?? '';
  if (
    phrase.length === 0 ||
    phrase.length > 4 ||
    !/(?:page|screen|form|liste?|menü|menu|dialog|dashboard|overview|seite|maske|formular|übersicht|bildschirm|dialog|ansicht)$/.test(
      head,
    ) ||
    (phrase.length === 1 && /^(?:page|screen|form|dialog|seite)$/.test(head))
  )
    return null;
  return draftOf('screen', textOf(phrase), null);
}

/** "goes live", "wird frei": nothing that somebody could do to a thing. */
function isAdjectival(rest: readonly Token[], context: Context): boolean {
  const first = rest[0];
  return (
    first !== undefined &&
    first.kind === 'word' &&
    rest.length <= 2 &&
    !context.lexicon.articles.has(first.low) &&
    first.low.length > 2 &&
    ['live', 'out', 'up', 'automatically', 'automatisch', 'frei'].includes(first.low)
  );
}

function finiteForm(clause: Clause, context: Context): Token[] {
  const { tokens, verb } = clause;
  const at = tokens.findIndex(
    (token) =>
      (verb === 'werden' && /^(?:wird|werden)$/.test(token.low)) ||
      stem(token.low) === stem(verb) ||
      token.low.startsWith(verb),
  );
  const finite = at >= 0 ? tokens[at] : undefined;
  // "springt auf": a prefix that stands apart.
  const apart =
    finite || context.lexicon.language === 'en'
      ? undefined
      : tokens.find(
          ({ low, kind }) =>
            kind === 'word' &&
            verb.endsWith(infinitive(low)) &&
            verb.length > infinitive(low).length &&
            infinitive(low) !== low,
        );
  if (apart) {
    const prefix = verb.slice(0, -infinitive(apart.low).length);
    return [apart, ...plain(clause.rest, context), { text: prefix, low: prefix, kind: 'word' }];
  }
  const rest = plain(clause.rest, context);
  return [finite ?? { text: verb, low: verb, kind: 'word' as const }, ...rest];
}
