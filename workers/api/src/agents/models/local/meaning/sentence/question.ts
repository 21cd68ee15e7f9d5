import type { Clause } from '../../clause.ts';
import { conditionOf } from '../conditions/condition.ts';
import { timeToAct } from '../conditions/deadline.ts';
import type { ClauseRule, Sentence } from './sentence.ts';

/** Questions whose answers follow: "we check whether …" merges with the decision (ANNOTATION 2.5). */
export const readQuestion: ClauseRule = (clause, sentence) => {
  const { context, scope } = sentence;
  if (repeatUntil(clause, sentence)) return true;
  if (isChecked(clause, sentence)) {
    const last = scope.at(-1);
    if (last?.kind === 'step' && checks(last.draft.verb, clause, sentence)) scope.pop();
    scope.push({ kind: 'ask', condition: conditionOf(clause, context) });
    return true;
  }
  const deadline = timeToAct(clause, context);
  if (deadline) {
    scope.push({ kind: 'ask', condition: deadline });
    return true;
  }
  // "Some … cost extra; if …"
  if (/^(?:some|einige|manche)$/.test(clause.subject[0]?.low ?? '') && sentence.next?.link === 'if') {
    const rest = { ...clause, subject: clause.subject.slice(1), tokens: clause.tokens.slice(1) };
    scope.push({ kind: 'ask', condition: conditionOf(rest, context) });
    return true;
  }
  return false;
};

/** "This repeats until X": back as long as it is not so. */
function repeatUntil(clause: Clause, sentence: Sentence): boolean {
  const { next: until, context } = sentence;
  if (clause.verb !== 'repeat' || until?.link !== 'until') return false;
  sentence.at++;
  const condition = { ...conditionOf(until, context), positive: false };
  sentence.open((body) => {
    body.push({ kind: 'goto', words: '', stems: [], forward: false, again: true });
    return { kind: 'if', condition, body };
  });
  return true;
}

function isChecked(clause: Clause, sentence: Sentence): boolean {
  if (clause.link === 'whether') return true;
  const before = sentence.previous;
  return (
    clause.link === 'if' &&
    clause.postposed &&
    before !== undefined &&
    before.rest.length === 0 &&
    checks(before.verb, clause, sentence)
  );
}

const checks = (verb: string, { link }: Clause, { context: { lexicon } }: Sentence): boolean =>
  lexicon.check.has(verb) || lexicon.ask.has(verb) || (link === 'whether' && lexicon.choose.has(verb));
