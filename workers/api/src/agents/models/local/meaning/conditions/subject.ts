import { verbForm } from '../../en/verbs.ts';
import type { Clause } from '../../clause.ts';
import { type Context, plain, textOf } from '../context.ts';
import { contentStems, coverage } from '../likeness.ts';
import { verblessCondition } from './condition.ts';
import { caseOf, type SubjectCase, type SubjectRule } from './subject-case.ts';
import { QUALITY_RULES } from './subject-quality.ts';
import { relativeCase } from './subject-relative.ts';

const OTHERS =
  /^(?:everybody else|everyone else|all others|all the others|the others|others|anybody else|anyone else|the rest|(?:alle|die) (?:anderen|übrigen|restlichen)(?: .*)?|andere|(?:for )?(?:everyone|everybody) else|all other (?:people|users|cases|persons|participants|\w+ers|\w+ors|\w+ants)|the other (?:people|users|ones|\w+ers))$/;
const COMPARED =
  /^(?:höhere?|größere?|niedrigere?|kleinere?|teurere?|günstigere?|ältere?|jüngere?|higher|larger|smaller|lower|bigger|longer|shorter)[nrs]?$/;

/** "Everybody else …", "larger amounts …": the other side of the condition before. */
const others: SubjectRule = (clause) => {
  if (OTHERS.test(clause.subject.map(({ low }) => low).join(' ')))
    return { kind: 'else', clause: { ...clause, subject: [] } };
  const compares = [clause.subject[0], clause.rest[0]].some((token) => COMPARED.test(token?.low ?? ''));
  return compares && clause.link !== 'first' && clause.link !== 'or' ? { kind: 'else', clause } : null;
};

/** "Copying the link shows …": a case of the last choice, by what is done. */
const gerund: SubjectRule = (clause, context) => {
  const words = clause.subject;
  const [first] = words;
  if (context.lexicon.language !== 'en' || !first || verbForm(first.low)?.form !== 'ing' || clause.passive)
    return null;
  const stems = contentStems(textOf(plain(words, context)));
  if (!context.caseLabels.some((label) => coverage(label, stems) >= 0.6)) return null;
  return {
    kind: 'if',
    clause: { ...clause, subject: [] },
    condition: verblessCondition(clause, context, 'phrase', words),
  };
};

/** "A returned transfer is …", "the rejected one", "Approvals are …": a case that was named before. */
const namedCase: SubjectRule = (clause, context) => {
  const noun = clause.subject.filter(({ low }) => !context.lexicon.articles.has(low));
  const [quality] = noun;
  if (clause.relative.length > 0 || noun.length > 2 || clause.link === 'relative' || !quality) return null;
  const two = noun.length === 2;
  if (!two && !(clause.subject.length === 1 && /s$|ungen$/.test(quality.low))) return null;
  const label = contentStems(quality.text);
  if (!context.caseLabels.some((stems) => coverage(label, stems) >= 0.8)) return null;
  return caseOf(clause, context, [quality], two ? plain(noun.slice(1), context) : clause.subject);
};

/** "An incorrect password brings up …": one of several outcomes. */
const faultyThing: SubjectRule = (clause, context) => {
  const { lexicon } = context;
  const [article, quality] = clause.subject;
  if (
    !/^(?:an?|eine?)$/.test(article?.low ?? '') ||
    !quality ||
    clause.subject.length < 3 ||
    clause.relative.length > 0
  )
    return null;
  const told =
    lexicon.bad.test(quality.low) ||
    lexicon.good.test(quality.low) ||
    (clause.again && clause.modal === 'must') ||
    (clause.negated && clause.modal === 'can' && verbForm(quality.low)?.form === 'past');
  if (!told) return null;
  const words = clause.subject.slice(1);
  const thing = words.slice(1);
  return {
    kind: 'if',
    clause: { ...clause, subject: thing },
    condition: verblessCondition(clause, context, 'subject', words, thing),
  };
};

/**
 * Who acts may be the condition: "those who want one", "rejected applicants", "everybody else" (ANNOTATION 4.1, 4.4).
 * The first rule that fits decides; a relative clause says by itself whom it singles out.
 */
export function subjectCondition(clause: Clause, context: Context): SubjectCase | null {
  const rules = clause.relative.length > 0 ? [relativeCase] : QUALITY_RULES;
  for (const rule of [others, gerund, namedCase, faultyThing, ...rules]) {
    const found = rule(clause, context);
    if (found) return found;
  }
  return null;
}
