import type { Clause } from '../clause.ts';
import { backTo, backToTarget, type Jump, stepNumber } from '../jump.ts';
import { findPhrase, join, phrases, type Token } from '../text/tokens.ts';

const FROM_START = phrases(
  'start over|starts over|begin again|begins again|start again|starts again|starting over|from the beginning|from scratch|from the start|all over again|back to the start|back to the beginning|back to square one',
);
const TRY_AGAIN = phrases(
  'try again|tries again|retry|retries|try once more|another attempt|another try|one more try|start again|do so again|do it again|try it again|have another go|tries once more|new attempt',
);
const BACK = phrases('back to|back at|back on|back in|back into|back onto');
const RETURN = new Set(['return', 'revert']);
const FORWARD = new Set([
  'skip',
  'continue',
  'proceed',
  'jump',
  'get',
  'go',
  'move',
  'carry',
  'straight',
  'resume',
  'head',
  'directly',
]);

/** Words for an item of a numbered list. */
const ITEMS = new Set(['step', 'point', 'item', 'no.', 'number', '#']);
const ITEM_NUMBER = /^(?:\d+[a-z]?|[a-z])$/i;

const words = (tokens: readonly Token[]): string =>
  join(tokens.filter(({ low }) => !['again', 'to', 'with', 'step', 'the'].includes(low)));

/** Where a clause says that the flow goes on; null if it says nothing of the kind. */
export function englishJump(clause: Clause): Jump | null {
  const all = clause.tokens;
  const number = stepNumber(all, ITEMS, ITEM_NUMBER);
  const anew = findPhrase(all, FROM_START);
  const from = anew
    ? all.findIndex(({ low }, i) => i >= anew.at + anew.length && ['with', 'at', 'from', 'by'].includes(low))
    : -1;
  if (from > 0) return backTo(words(all.slice(from + 1)));
  if (anew) return backTo('', 'first');
  const back = findPhrase(all, BACK);
  // "Open page number 1" names no step.
  const isStep = all.some(({ low }) => ITEMS.has(low) && !/^(?:number|no\.|#)$/.test(low));
  if (
    number !== undefined &&
    (all.length < 14 || clause.rest.length < 6) &&
    (isStep || back || clause.verb === '' || FORWARD.has(clause.verb))
  )
    return { words: '', number, forward: false, again: clause.again };
  if (back) {
    return backToTarget(words(all.slice(back.at + back.length)), /^(?:number |no\. )?(\d+[a-z]?)$/);
  }
  if (findPhrase(all, TRY_AGAIN) || (clause.again && clause.verb === 'try')) return backTo('');
  // "a wrong PIN may be corrected"
  if (
    (clause.modal === 'may' || clause.modal === 'can') &&
    clause.passive &&
    /^(?:correct|retry|repeat|redo|retype)$/.test(clause.verb)
  )
    return backTo('');
  const thing = clause.rest.slice(0, -1);
  const handsBack =
    !clause.passive && thing.length > 0 && !/^(?:them|him|her|us|me|you)$/.test(thing[0]?.low ?? '');
  if (
    !handsBack &&
    all.at(-1)?.low === 'back' &&
    ['go', 'come', 'send', 'take', 'bring', 'jump', ''].includes(clause.verb)
  )
    return backTo('');
  if (RETURN.has(clause.verb) && clause.rest[0]?.low === 'to') return backTo(words(clause.rest));
  if (clause.verb === 'repeat') return backTo(words(clause.rest));
  const to = clause.rest.findIndex(({ low }) => low === 'to' || low === 'with');
  const gerund = to >= 0 && clause.rest[to + 1]?.low.endsWith('ing') === true;
  if (
    FORWARD.has(clause.verb) &&
    to >= 0 &&
    (gerund ||
      clause.direct ||
      ['continue', 'proceed', 'skip', 'resume', 'jump', 'carry'].includes(clause.verb) ||
      (clause.verb === 'go' && clause.rest[0]?.low === 'on')) &&
    to <= 2
  ) {
    const target = words(clause.rest.slice(to + 1));
    if (/^\d{1,2}[a-z]?$/.test(target)) return { words: '', number: target, forward: true, again: false };
    return { words: target, forward: true, again: clause.again };
  }
  if (clause.verb === '' && clause.direct && all[0]?.low === 'to')
    return { words: words(all.slice(1)), forward: true, again: false };
  return null;
}
