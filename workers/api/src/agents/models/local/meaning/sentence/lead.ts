import type { Clause } from '../../clause.ts';
import { isLimit, limitOf } from '../conditions/limits.ts';
import { phraseCondition } from '../conditions/phrase.ts';
import { actOfLead, placeOfLead } from '../steps/lead.ts';
import { tellDeed } from './deed.ts';
import type { ClauseRule, Sentence } from './sentence.ts';

const COMPARISON =
  /^(?:higher|larger|smaller|lower|bigger|longer|shorter|höheren|größeren|niedrigeren|kleineren|teureren|other|anderen)$/;
const OTHERS =
  /^(?:for (?:everyone|everybody|anyone) else|for all others|for the others|für alle (?:anderen|übrigen)|bei allen anderen)$/;

/** A phrase ahead of the clause: the other case, an act, a place, a limit, or the name of a case. */
export const readLead: ClauseRule = (clause, sentence) => {
  const { context } = sentence;
  if (isOtherCase(clause)) {
    sentence.open((body) => ({ kind: 'else', body }));
    tellDeed({ ...clause, lead: [] }, sentence);
    return true;
  }
  const act = actOfLead(clause, context);
  if (act) sentence.scope.push({ kind: 'step', draft: { ...act, onlyNew: true } });
  const place = placeOfLead(clause, context);
  if (place) sentence.scope.push({ kind: 'step', draft: { ...place, onlyNew: true } });
  if (clause.lead.length === 0) return false;
  if (isLimit(clause.lead, context) || givesUp(clause, sentence)) {
    sentence.open((body) => limitOf(clause.lead, body, context));
    tellDeed({ ...clause, lead: [] }, sentence);
    return true;
  }
  const condition = phraseCondition(clause, context);
  if (!condition) return false;
  sentence.open((body) => ({ kind: 'if', condition, body }));
  if (clause.tokens.length > 0) tellDeed({ ...clause, lead: [] }, sentence);
  return true;
};

/** "Above, …", "for larger amounts", "for everyone else": the other side of the condition before. */
function isOtherCase({ lead }: Clause): boolean {
  const [first, second] = lead;
  const alone =
    lead.length === 1 && /^(?:above|below|over|under|more|less|darüber|darunter)$/.test(first?.low ?? '');
  return (
    alone ||
    OTHERS.test(lead.map(({ low }) => low).join(' ')) ||
    (/^(?:for|für|bei|with|mit|at|auf)$/.test(first?.low ?? '') && COMPARISON.test(second?.low ?? ''))
  );
}

/** "we retry every minute; after an hour we give up": a limit in time. */
function givesUp(clause: Clause, { scope }: Sentence): boolean {
  const last = scope.at(-1);
  return last?.kind === 'goto' && last.again && /^(?:after|nach)$/.test(clause.lead[0]?.low ?? '');
}
