import type { Clause } from '../../clause.ts';
import { conditionOf } from '../conditions/condition.ts';
import { subjectCondition } from '../conditions/subject.ts';
import { kindOf } from '../context.ts';
import { isRemark } from '../remarks.ts';
import { tellDeed } from './deed.ts';
import { readLead } from './lead.ts';
import type { Sentence } from './sentence.ts';

/** A clause that tells something: what it does, unless a phrase ahead of it or its subject makes a case of it. */
export function tell(clause: Clause, sentence: Sentence): void {
  const { context, next, clauses } = sentence;
  if (clause.latter && clause.tokens.length > 0) {
    sentence.open((body) => ({ kind: 'latter', which: 'last', body }));
    tellDeed({ ...clause, latter: false }, sentence);
    return;
  }
  if (isRequirement(clause, sentence)) {
    const condition = { ...conditionOf(clause, context), positive: true };
    sentence.top.push({ kind: 'if', condition, body: [] });
    sentence.close();
    return;
  }
  const beforeColon = next?.colon === true;
  const isAnswer = clause.tokens.length === 1 && /^(?:yes|no|ja|nein)$/.test(clause.tokens[0]?.low ?? '');
  if (isAnswer && (beforeColon || next?.link === 'arrow')) {
    sentence.open((body) => ({ kind: 'if', condition: conditionOf(clause, context), body }));
    return;
  }
  // "For teams: …", "Bei Verspätung: …"
  const isPhrase = clause.verb === '' && beforeColon && clause.tokens.length > 1;
  if (isPhrase && isTime(clause)) return;
  if (isPhrase && readLead({ ...clause, lead: clause.tokens, tokens: [] }, sentence)) return;
  if (readLead(clause, sentence)) return;
  // "First-time guests sign up and may add a picture": singled out once.
  const isSame = clause.subject.length > 0 && clause.subject === sentence.previous?.subject;
  const found = isSame && sentence.scope !== sentence.top ? null : subjectCondition(clause, context);
  if (!found) {
    tellDeed(clause, sentence);
    return;
  }
  if (found.kind === 'step') {
    sentence.scope.push({ kind: 'step', draft: found.draft });
    tellDeed({ ...clause, relative: [] }, sentence);
    return;
  }
  sentence.open((body) =>
    found.kind === 'else' ? { kind: 'else', body } : { kind: 'if', condition: found.condition, body },
  );
  if (next?.link !== 'colon' || !isRemark(clause, context, clauses)) tellDeed(found.clause, sentence);
}

const TIME =
  /^(?:(?:minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|minutes?|hours?|days?|weeks?|months?|years?)|\p{L}*(?:tag|abend|morgen|day|evening|morning)s?)$/u;

/** "After a week: …", "am Vortag: …" says when (ANNOTATION 3.2). */
const isTime = ({ tokens }: Clause): boolean =>
  /^(?:nach|am|vor|after|on|in)$/.test(tokens[0]?.low ?? '') &&
  tokens.length <= 5 &&
  TIME.test(tokens.at(-1)?.low ?? '');

/** "The amount must match, otherwise …" (ANNOTATION 4.2). */
const isRequirement = (clause: Clause, { next, context }: Sentence): boolean =>
  clause.modal === 'must' &&
  next?.link === 'else' &&
  next.tokens.length > 0 &&
  kindOf(clause.subject, context) === 'thing' &&
  !clause.passive;
