import type { Clause } from '../clause.ts';
import { backTo, backToTarget, type Jump, stepNumber } from '../jump.ts';
import { findPhrase, join, phrases, type Token } from '../text/tokens.ts';

const FROM_START = phrases(
  'von vorne|von vorn|ganz von neuem|zurück zum anfang|zurück an den anfang|wieder am anfang|zum anfang zurück|von anfang an|zurück zum start',
);
const BACK = phrases(
  'zurück zu|zurück zur|zurück zum|zurück auf|zurück in|zurück ins|zurück an|wieder zu|wieder zur|wieder zum|wieder auf|wieder bei|wieder beim|zurück nach',
);
const RETRY = new Set([
  'versuchen',
  'probieren',
  'wiederholen',
  'anfangen',
  'beginnen',
  'starten',
  'durchlaufen',
]);
const TO = new Set(['zu', 'zur', 'zum', 'auf', 'in', 'ins', 'an', 'bei', 'beim', 'mit', 'nach', 'im']);
const ARTICLE = new Set([
  'der',
  'die',
  'das',
  'den',
  'dem',
  'seine',
  'seiner',
  'ihre',
  'ihrer',
  'seinem',
  'ihrem',
]);

/** Words for an item of a numbered list. */
const ITEMS = new Set(['schritt', 'punkt', 'nummer', 'nr.', 'ziffer']);
const ITEM_NUMBER = /^\d+[a-z]?$/i;

const words = (tokens: readonly Token[]): string =>
  join(
    tokens.filter(
      ({ low }) =>
        !TO.has(low) &&
        !ARTICLE.has(low) &&
        !['zurück', 'weiter', 'wieder', 'direkt', 'schritt', 'sich'].includes(low),
    ),
  );

/** "weiter bei 1", "es geht mit 4 weiter" */
function onwardsTo(tokens: readonly Token[]): string | undefined {
  const at = tokens.findIndex(
    ({ low }, i) =>
      /^(?:bei|mit|zu|ab)$/.test(low) &&
      /^\d{1,2}[a-z]?$/i.test(tokens[i + 1]?.text ?? '') &&
      (tokens[i - 1]?.low === 'weiter' || tokens[i + 2]?.low === 'weiter'),
  );
  return at < 0 ? undefined : tokens[at + 1]?.text.toLowerCase();
}

/** Where a German clause says that the flow goes on; null if it says nothing of the kind. */
export function germanJump(clause: Clause): Jump | null {
  const all = clause.tokens;
  const anew = findPhrase(all, FROM_START);
  const by = all.findIndex(({ low }) => low === 'mit' || low === 'beim');
  // "fängt mit dem Ausfüllen von vorne an"
  if (anew && by >= 0) {
    const named = by < anew.at ? all.slice(by, anew.at) : all.slice(Math.max(by, anew.at + anew.length));
    return backTo(words(named.filter(({ low }) => low !== 'an')));
  }
  if (anew) return backTo('', 'first');
  if (clause.again && all.length === 0) return backTo('');
  const number = stepNumber(all, ITEMS, ITEM_NUMBER) ?? onwardsTo(all);
  if (number !== undefined && all.length < 12)
    return { words: '', number, forward: false, again: clause.again };
  const back = findPhrase(all, BACK);
  if (back) {
    return backToTarget(words(all.slice(back.at + back.length)), /^(\d+[a-z]?)\.?$/);
  }
  const [renewed, act, ...more] = all;
  // "neue Eingabe", "erneute Prüfung": the act is named by its noun.
  if (
    clause.verb === '' &&
    more.length === 0 &&
    /^(?:neue|erneute|nochmalige)r?$/.test(renewed?.low ?? '') &&
    /(?:ung|gabe|such)$/.test(act?.low ?? '')
  )
    return {
      words: /(?:gabe|such)$/.test(act?.low ?? '') ? '' : (act?.text ?? ''),
      forward: false,
      again: true,
    };
  const gone =
    clause.verb.startsWith('zurück') &&
    !/^zurück(?:erstatten|zahlen|setzen|geben|nehmen|weisen|ziehen|buchen|überweisen|rufen|legen|stellen|halten|bekommen|erhalten|schicken|senden|bringen|kaufen|fordern|melden)$/.test(
      clause.verb,
    );
  if (gone) return backTo(words(clause.rest));
  if (
    clause.rest.some(({ low }) => low === 'zurück') &&
    [
      'gehen',
      'kommen',
      'springen',
      'führen',
      'leiten',
      'kehren',
      'gelangen',
      'werden',
      'schicken',
      '',
    ].includes(clause.verb)
  ) {
    return backTo(words(clause.rest.filter(({ low }) => low !== 'zurück')));
  }
  if (clause.again && RETRY.has(clause.verb))
    return backTo(words(clause.rest.filter(({ low }) => low !== 'es')));
  if (
    /^(?:versuchen|probieren)$/.test(clause.verb) &&
    clause.rest.every(({ low }) => /^(?:es|das|dies|\d+|zweimal|dreimal|einmal|mal)$/.test(low))
  )
    return backTo('');
  if (clause.verb === 'wiederholen') return backTo(words(clause.rest));
  if (clause.again && /^(?:landen|gelangen|kommen|sein|stehen)$/.test(clause.verb))
    return backTo(words(clause.rest));
  const forward =
    /^(?:weitergehen|weitermachen|fortfahren|springen|weiterleiten|überspringen)$/.test(clause.verb) ||
    (clause.verb === '' && all[0]?.low === 'weiter');
  const to = (clause.verb === '' ? all : clause.rest).findIndex(({ low }) => TO.has(low));
  if (forward && to >= 0 && clause.verb !== 'überspringen' && !clause.passive) {
    const target = words((clause.verb === '' ? all : clause.rest).slice(to + 1));
    if (target !== '') return { words: target, forward: true, again: clause.again };
  }
  return null;
}
